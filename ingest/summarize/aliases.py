"""What players call a game besides its title, as far as the title itself tells it."""

import re
from collections.abc import Iterator

from sqlalchemy import and_, func, select
from sqlalchemy.engine import Connection

from ingest.bulk_insert import insert_columns
from store.models import Game, GameAlias, GameKind, GameStats, Name, NameKind
from store.names.numerals import in_digits, in_roman, is_numeral
from store.names.search_key import search_key, squashed
from store.scoring.editions import edition_key

# What parts a series from the name of its part.
_PART = re.compile(r"\s*:\s+|\s+[-–—]\s+")
# Nobody says these of a game; whose it is belongs to the store's shelf.
_UNSAID = re.compile(r"^(?:the|sid meiers|tom clancys) (?=\w)")
_FEWEST_CHARACTERS = 3
_YEAR = re.compile(r"20([0-9]{2})")

_BASE_GAMES = (
    select(
        Name.rank,
        Game.id,
        Name.label,
        func.coalesce(GameStats.owners + GameStats.negative + GameStats.neutral + GameStats.positive, 0) > 0,
    )
    .join(Game, and_(Name.kind == NameKind.GAME, Game.id == Name.ref_id))
    .outerjoin(GameStats, GameStats.game_id == Game.id)
    .where(Game.kind == GameKind.GAME)
)


def write_aliases(connection: Connection) -> None:
    """Fill the aliases of base games from their names and counts; nobody shortens an add-on's."""
    rows = sorted(
        (alias, rank, app_id, whole)
        for rank, app_id, title, is_known in connection.execute(_BASE_GAMES)
        for alias, whole in title_aliases(title, is_known=is_known).items()
    )
    insert_columns(
        connection,
        GameAlias,
        {
            "key": [alias for alias, _rank, _app_id, _whole in rows],
            "rank": [rank for _alias, rank, _app_id, _whole in rows],
            "game_id": [app_id for _alias, _rank, app_id, _whole in rows],
            "whole": [whole for _alias, _rank, _app_id, whole in rows],
        },
    )


def title_aliases(title: str, *, is_known: bool) -> dict[str, bool]:
    """Return other names of the game with this title, as search keys without spaces, each once.

    The title itself and the title without the words of an edition are whole names, whose value is True.
    Parts are those without "The", the part before a colon and, where somebody `is_known` to have the game,
    initials: of so many titles that nobody plays, any three letters are some initials. All with numbers in
    digits and in Roman numerals.
    """
    key = search_key(title)
    head, *tail = _PART.split(title, maxsplit=1)
    whole = {key, edition_key(key)}
    full = whole | {search_key(head), edition_key(search_key(head))}
    full |= {_UNSAID.sub("", name) for name in full}
    names = {squashed(form) for name in full for form in _both_numerals(name)}
    if is_known:
        parts = full | {edition_key(search_key(part)) for part in tail}
        names |= {initials for name in parts for initials in _initials(name)}
    spelt = {squashed(form) for name in whole for form in _both_numerals(name)}
    return {name: name in spelt for name in names if len(name) >= _FEWEST_CHARACTERS or name in spelt}


def _both_numerals(key: str) -> tuple[str, str, str]:
    return key, in_digits(key), in_roman(key)


def _initials(key: str) -> Iterator[str]:
    """Yield the first letters of a name, with its number whole: "gta", "gta5", "gtav", "fm17"."""
    for form in {in_digits(key), in_roman(key)}:
        first, *others = form.split()
        number = next((at for at, word in enumerate(others, start=1) if is_numeral(word)), None)
        letters = [first, *others]
        said = [word if at and is_numeral(word) else word[0] for at, word in enumerate(letters)]
        yield from (_letters(said), _letters(said[:number]))
        if number is not None:
            yield _letters(said[: number + 1])
            year = _YEAR.fullmatch(said[number])
            if year is not None:
                yield _letters([*said[:number], year[1]])


def _letters(said: list[str]) -> str:
    """Join initials; those of one word are none."""
    return "".join(said) if sum(len(part) == 1 and part.isalpha() for part in said) > 1 else ""
