"""Which reviews can be shown to anybody: sentences in plain words, not shouts."""

import re

# Shorter ones say that somebody likes a game or does not, but not why.
SHORTEST = 25
# What a reader takes in beside a game's facts.
WELCOME = range(100, 401)

# More capitals than these, of all letters, are shouted.
_MOST_CAPITALS = 0.4
# Fewer letters than these, of all characters, are drawn rather than written.
_FEWEST_LETTERS = 0.6
# Marks in a row are shouted, and Steam puts hearts in the place of what it censors. The words are the
# beginnings of English, Spanish, Portuguese, French and German ones; where a word of another meaning begins
# alike, all of it is given.
_UNFIT = re.compile(
    r"[♥❤]{2}|\*{3}|[!?]{3}"
    r"|\b(?:m?[uo]*th[ea]r)?f+u+c*k+|\bf+[*#@]+c?k|\bs+h+[i!1*]+t+(?!ake)|\bbullsh|\bass(?:hole|es|hat)?\b"
    r"|\bdumb-?ass|\bbitch|\bc[u*]nt|\bcock(?:s|suck\w*)?\b|\bdicks?\b|\bdickhead|\bpuss(?:y|ies)\b|\bpenis"
    r"|\bvagina|\bboob|\btit(?:s|ties)\b|\bcum(?:s|ming|shot)?\b|\bporn|\bjerk(?:ing)? off|\bmasturbat|\bwank"
    r"|\bfapp?(?:ing)?\b|\bblow ?jobs?\b|\bhandjob|\borgasm|\banal\b|\brap(?:e[ds]?|ing|ists?)\b|\bwhor"
    r"|\bslut"
    r"|\bbastard|\btwat|\bprick\b|\bcrap(?:py|s)?\b|\bpiss|\bni+g+(?:er|a|uh)|\bfag(?:s|got)?|\bretard"
    r"|\btrann(?:y|ies)"
    r"|\bdyke|\bkike|\bspics?\b|\bchinks?\b|\bgook|\bautist|\bnazi|\bhitler|\bholocaust|\bsuicid"
    r"|\bkill (?:your|my)self"
    r"|\bkys\b|\bcancer|\baids\b|\bmierda|\bput[ao]s?\b|\bputamadre|\bjoder|\bcabr[oó]n|\bco[nñ]o\b|\bpolla\b"
    r"|\bgilipollas|\bmaric[aoó]n|\bpendej|\bcaralho|\bmerda|\bporra\b|\bfoda|\bviad|\bputain|\bmerde"
    r"|\bconnard"
    r"|\bencul|\bschei[sß]|\bfick|\bhurens|\barschloch",
    re.IGNORECASE,
)


def is_presentable(text: str) -> bool:
    """Tell whether a review says something, in words that can be shown to anybody."""
    letters = [character for character in text if character.isalpha()]
    if len(text.strip()) < SHORTEST or len(letters) < _FEWEST_LETTERS * len("".join(text.split())):
        return False
    capitals = sum(map(str.isupper, letters))
    return capitals <= _MOST_CAPITALS * len(letters) and not _UNFIT.search(text)
