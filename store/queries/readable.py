"""Which reviews can be shown to anybody: sentences in plain words, not shouts."""

import re

# Shorter ones say that somebody likes a game or does not, but not why.
SHORTEST = 25
# What a reader takes in beside a game's facts.
WELCOME = range(100, 401)

# More capitals than these, of all letters, are shouted.
_MOST_CAPITALS = 0.4
# Fewer letters than these, of all visible characters, are drawn rather than written.
_FEWEST_LETTERS = 0.6

_WORD = re.compile(r"[^\W\d_]+")
_SPACE = re.compile(r"\s+")
# Marks in a row are shouted, and Steam puts hearts in the place of what it censors.
_MARKS = re.compile(r"[♥❤]{2}|\*{3}|[!?]{3}|\b[a-z][*#@]{1,3}[a-z]{1,2}\b", re.IGNORECASE)
# Foul words, slurs and what they are said with, in English, Spanish, Portuguese, French and German.
_UNFIT_WORDS = frozenset(
    """
    ass asses asshat cum cums cock cocks dick dicks tit tits titty titties anal rape raped rapes raping rapist
    rapists prick crap crappy fap fapping kys aids fag fags spic spics chink chinks coon coons pussy pussies
    shite arse
    puta puto putas putos polla coño cono porra foda
    """.split()
)
_UNFIT_BEGINNINGS = tuple(
    """
    fuck fuuc fukk fcku motherf muthaf shit shitt bullsh asshole dumbass jackass bitch biatch cunt cocksuck
    dickhead peni vagina boob cumming cumshot porn jerkoff masturb wank blowjob handjob orgas whor slut
    bastard erection swasti swazti
    twat piss nigg nigga faggot retard trann dyke kike gook autist nazi hitler holoc suicid cancer
    mierda putamad joder cabron cabrón gilipoll maric pendej caralho merda viado putain merde connard encul
    scheiss fick hurens arschl
    """.split()
)
# Begin alike, and mean something else.
_FIT_WORDS = frozenset({"shitake", "shiitake", "penitent", "peninsula", "peninsular", "peniel", "cancerous"})
_HEAD = 4
_UNFIT_HEADS = frozenset(beginning[:_HEAD] for beginning in _UNFIT_BEGINNINGS)


def is_presentable(text: str) -> bool:
    """Return whether a review says something, in words that can be shown to anybody."""
    if len(text.strip()) < SHORTEST or _MARKS.search(text):
        return False
    letters = sum(map(str.isalpha, text))
    if letters < _FEWEST_LETTERS * len(_SPACE.sub("", text)):
        return False
    return sum(map(str.isupper, text)) <= _MOST_CAPITALS * letters and not _has_unfit_word(text)


def _has_unfit_word(text: str) -> bool:
    words = set(_WORD.findall(text.casefold()))
    if not words.isdisjoint(_UNFIT_WORDS):
        return True
    suspects = (word for word in words - _FIT_WORDS if word[:_HEAD] in _UNFIT_HEADS)
    return any(word.startswith(_UNFIT_BEGINNINGS) for word in suspects)
