"""What describes games, whether the data call it a genre or a tag; ways to play are tags."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from store.boundary.arguments import COUNT, NAME
from store.boundary.damage import naming_damage
from store.boundary.questions import question
from store.catalogue.data_dates import data_dates
from store.errors import DESCRIPTION, NotFound, NotInData
from store.models import NameKind
from store.names.complete import complete
from store.names.not_found import quotable
from store.names.resolve import understand
from store.names.search import NameSearch
from store.names.search_key import search_key
from store.names.vocabulary import names_called, stands_in
from store.results import Choice

_KINDS = (NameKind.GENRE, NameKind.TAG)
# Stands in for a name that is too long, and tells a genre from a tag.
_ID_VALUE = re.compile(r"(genre|tag):([0-9]{1,9})")
# Said around what is meant, in either language: "juegos de terror", "horror games".
_AROUND = re.compile(
    r"^(?:(?:video)?juegos? (?:del? |con |para )?|(?:video ?)?games? (?:with |for )?)"
    r"|[ -](?:video ?)?games?$",
    re.IGNORECASE,
)
# Said between several: "coop horror", "rol y estrategia".
_BETWEEN = frozenset(
    (
        *("and", "with", "for", "of", "the", "game", "games"),
        *("y", "e", "con", "de", "del", "para", "el", "la", "los", "las", "juego", "juegos", "videojuegos"),
    )
)
# No genre or tag is called by more words, and nobody names more in a row.
_LONGEST_NAME, _MOST_IN_A_ROW = 4, 8
# Pasted from a command as it is shown.
_OPTION = re.compile(r"^\s*(?:genre|tag|g[eé]nero|etiqueta)\s*:\s*(?![0-9]+\s*$)", re.IGNORECASE)
_MOST_SUGGESTIONS = 5


@dataclass(frozen=True, slots=True)
class Description:
    """A genre or tag, of the `kind`, that a text was understood to name; see `Understood`.

    What stands in for a younger tag is a guess too.
    """

    kind: NameKind
    id: int
    label: str
    guessed: bool


@naming_damage()
def understand_description(session: Session, text: str) -> Description:
    """Return the genre that `text` names, else the tag.

    Raises:
        NotInData: A genre or tag is called that, which no game of these data has.
        NotFound: Neither a genre nor a tag is called that; it has the closest of both.
    """
    try:
        # min() keeps the first of equals: what is both is meant as a genre.
        return min(_meanings(session, text), key=lambda description: description.guessed)
    except NotFound:
        in_a_row = _in_a_row(session, text)
        if len(in_a_row) != 1:
            raise
        return in_a_row[0]


@naming_damage()
def understand_descriptions(session: Session, text: str) -> tuple[Description, ...]:
    """Return what `text` names, or all that it names in a row: "coop horror", "rpg por turnos".

    Raises NotFound as `understand_description` does.
    """
    try:
        whole = understand_description(session, text)
    except NotFound:
        in_a_row = _in_a_row(session, text)
        if not in_a_row:
            raise
        return in_a_row
    return (whole,) if not whole.guessed else _in_a_row(session, text) or (whole,)


def _in_a_row(session: Session, text: str) -> tuple[Description, ...]:
    """Return the genres and tags of which a text says one after the other; none if it says anything else."""
    words = search_key(text).split()
    found: dict[str, Description] = {}
    at = 0
    while at < len(words) <= _MOST_IN_A_ROW:
        for end in range(min(len(words), at + _LONGEST_NAME), at, -1):
            said = " ".join(words[at:end])
            named = [one for one in _named(session, said) if not one.guessed or stands_in(one.label, said)]
            if named:
                found.setdefault(named[0].label, named[0])
                at = end
                break
        else:
            if words[at] not in _BETWEEN:
                return ()
            at += 1
    return tuple(found.values())


@naming_damage()
def all_so_described(session: Session, text: str) -> tuple[Description, ...]:
    """Return the genre and the tag of the name that `text` names, or the one of them that there is.

    Raises NotFound as `understand_description` does.
    """
    meant = understand_description(session, text)
    key = meant.label.casefold()
    return tuple(one for one in _meanings(session, text) if one.label.casefold() == key)


def _meanings(session: Session, text: str) -> tuple[Description, ...]:
    text = _OPTION.sub("", text).strip()
    bare = _AROUND.sub("", text)
    found = _named(session, text)
    if bare and bare != text and all(description.guessed for description in found):
        found = _named(session, bare) or found
    if not found:
        raise _unknown(session, text, bare or text)
    return tuple(found)


def _unknown(session: Session, text: str, bare: str) -> NotFound:
    closest = complete_descriptions(session, bare, _MOST_SUGGESTIONS)
    lacking = names_called(search_key(bare))
    if not lacking:
        return NotFound(DESCRIPTION, quotable(text), choices=closest, text=text)
    ends = data_dates(session).as_of
    return NotInData(
        quotable(text), lacking[0], on_steam=True, ends=ends, choices=closest, text=text, kind=DESCRIPTION
    )


def _named(session: Session, text: str) -> list[Description]:
    """Return the genre and the tag that a text names, as far as there are such."""
    found: list[Description] = []
    written = _ID_VALUE.fullmatch(text)
    for kind in _KINDS if written is None else (NameKind[written[1].upper()],):
        try:
            thing = understand(session, kind, text if written is None else f"id:{written[2]}")
        except NotFound:
            continue
        assert thing.label is not None
        guessed = thing.guessed or stands_in(thing.label, search_key(text))
        found.append(Description(kind, thing.id, thing.label, guessed))
    return found


@question(text=NAME, limit=COUNT)
@naming_damage()
def complete_descriptions(session: Session, text: str, limit: int = 25) -> tuple[Choice, ...]:
    """Return up to `limit` genres and tags for what was typed so far; see `complete`.

    What the text names comes first, then genres before tags.
    """
    named: dict[str, Choice] = {}
    text = _OPTION.sub("", text)
    meant: set[str] = set()
    for said in dict.fromkeys((text, _AROUND.sub("", text))):
        meant.update(one.label.casefold() for one in _named(session, said) if said and not one.guessed)
        for kind in _kinds_with(session, said) if said or not text else ():
            for choice in complete(session, kind, said, limit):
                named.setdefault(choice.label.casefold(), _of_kind(kind, choice))
    return tuple(sorted(named.values(), key=lambda choice: choice.label.casefold() not in meant)[:limit])


def _kinds_with(session: Session, text: str) -> Sequence[NameKind]:
    """Return the kinds that have names with the words of a text, or both where only like names are left."""
    searches = [NameSearch(session, kind, search_key(text)) for kind in _KINDS]
    having = [
        search.kind
        for search in searches
        if search.exact or search.called or any(row.by_words for row in search.by_words(1))
    ]
    return having if text and having else _KINDS


def _of_kind(kind: NameKind, choice: Choice) -> Choice:
    short_value = choice.short_value.replace("id", kind.name.lower(), 1)
    value = short_value if choice.value == choice.short_value else choice.value
    return replace(choice, value=value, short_value=short_value)
