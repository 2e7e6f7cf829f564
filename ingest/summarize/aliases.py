"""What players call a game besides its title, as far as the title itself tells it."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from typing import NamedTuple

from sqlalchemy import and_, delete, exists, select
from sqlalchemy.engine import Connection

from ingest.bulk_insert import fills_much, insert_columns, table_of
from ingest.runtime.aside import aside
from store.dialect import VALUES_TABLE, values_param
from store.models import Game, GameAlias, GameKind, GameStats, Name, NameKind, StorePage
from store.names.editions import edition_key
from store.names.fame import FAME
from store.names.numerals import in_digits, in_roman, is_numeral
from store.names.search_key import search_key, squashed

# What separates the name of a series from that of its part.
_PART = re.compile(r"\s*:\s+|\s+[-–—]\s+")
# What people leave out at the beginning of a title.
_UNSAID = re.compile(r"^(?:the|sid meiers|tom clancys) (?=\w)")
_FEWEST_CHARACTERS = 3
_YEAR = re.compile(r"20([0-9]{2})")

_BASE_GAMES = (
    select(
        Name.rank,
        Game.id,
        Name.label,
        FAME > 0,
    )
    .join(Game, and_(Name.kind == NameKind.GAME, Game.id == Name.ref_id))
    .outerjoin(GameStats, GameStats.game_id == Game.id)
    .outerjoin(StorePage, StorePage.game_id == Game.id)
    .where(Game.kind == GameKind.GAME)
)
_KNOWN_GAMES = (
    select(GameStats.game_id).outerjoin(StorePage, StorePage.game_id == GameStats.game_id).where(FAME > 0)
)


class _BaseGame(NamedTuple):
    """A game that has aliases; `is_known` says whether anybody knows it."""

    rank: int
    id: int
    title: str
    is_known: bool


# The columns of an alias: key, rank, game and whether it is a whole name.
_Row = tuple[str, int, int, bool]


def write_aliases(
    connection: Connection,
    renamed: Collection[int] | None = None,
    meanwhile: Callable[[], None] = lambda: None,
) -> None:
    """Bring the aliases of base games up to date with their names and counts; nobody shortens an add-on's.

    Args:
        connection: That of a writer.
        renamed: The games whose name, or whether anybody knows them, is another than before; None is all.
        meanwhile: Done once the names are read: while aliases are computed, if there are many.
    """
    table = table_of(GameAlias)
    games = {row.id: row for row in (_BaseGame(*row) for row in connection.execute(_BASE_GAMES))}
    if renamed is None or fills_much(len(renamed), len(games)):
        with aside(partial(_rows_of, games.values())) as rows:
            meanwhile()
            connection.execute(delete(table))
            _insert_rows(connection, rows.result())
        return
    meanwhile()
    written = set(connection.scalars(select(table.c.game_id).distinct()))
    stale = written - games.keys() | written.intersection(renamed)
    if stale:
        listed = select(VALUES_TABLE.c.value)
        connection.execute(delete(table).where(table.c.game_id.in_(listed)), values_param(sorted(stale)))
    _follow_ranks(connection)
    lacking = games.keys() - (written - stale)
    _insert_rows(connection, _rows_of([games[app] for app in lacking]))


def known_games(connection: Connection) -> set[int]:
    """Return the games that somebody owns, has reviewed or has rated on Steam."""
    return set(connection.scalars(_KNOWN_GAMES))


def _rows_of(games: Iterable[_BaseGame]) -> list[_Row]:
    """Return the aliases of games, with whose they are."""
    return [
        (alias, game.rank, game.id, whole)
        for game in games
        for alias, whole in title_aliases(game.title, is_known=game.is_known).items()
    ]


def _insert_rows(connection: Connection, rows: list[_Row]) -> None:
    rows.sort()
    names = ("key", "rank", "game_id", "whole")
    insert_columns(
        connection, GameAlias, {name: [row[place] for row in rows] for place, name in enumerate(names)}
    )


def _follow_ranks(connection: Connection) -> None:
    """Give aliases the ranks that their games have by now."""
    alias, name = table_of(GameAlias), table_of(Name)
    of_game = name.c.id == alias.c.game_id + Name.make_id(NameKind.GAME, 0)
    moved = [
        (key, rank, app, whole)
        for key, rank, app, whole in connection.execute(
            select(alias.c.key, name.c.rank, alias.c.game_id, alias.c.whole).where(
                of_game, name.c.rank != alias.c.rank
            )
        )
    ]
    if moved:
        connection.execute(delete(alias).where(exists().where(of_game, name.c.rank != alias.c.rank)))
        _insert_rows(connection, moved)


def title_aliases(title: str, *, is_known: bool) -> dict[str, bool]:
    """Return other names of the game with this title, as search keys without spaces, each once.

    The title itself and the title without the words of an edition are whole names, whose value is True.
    Parts are those without "The", the part before a colon and, where somebody `is_known` to know the game,
    initials, of what follows a colon too ("metro ll"): of this many titles that nobody plays, any three
    letters are some initials. All with numbers in digits and in Roman numerals.
    """
    key = search_key(title)
    head, *tail = _PART.split(title, maxsplit=1)
    whole = {key, edition_key(key)}
    full = set(whole)
    if tail:
        first = search_key(head)
        full |= {first, edition_key(first)}
    full |= {_UNSAID.sub("", name) for name in full}
    names = {squashed(form) for name in full for form in _both_numerals(name)}
    if is_known:
        parts = full | {edition_key(search_key(part)) for part in tail}
        names |= {initials for name in parts for initials in _initials(name)}
        names |= {squashed(form) for name in _with_initials(key, tail) for form in _both_numerals(name)}
    spelt = {squashed(form) for name in whole for form in _both_numerals(name)}
    return {name: name in spelt for name in names if len(name) >= _FEWEST_CHARACTERS or name in spelt - {""}}


def _both_numerals(key: str) -> tuple[str, str, str]:
    return key, in_digits(key), in_roman(key)


def _initials(key: str) -> Iterator[str]:
    """Yield the first letters of a name, with its number whole: "gta", "gta5", "gtav", "fm17"."""
    for form in filter(None, {in_digits(key), in_roman(key)}):  # none where nothing of the key is visible
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


def _with_initials(key: str, tail: Iterable[str]) -> Iterator[str]:
    """Yield a title, as a search key, with no more than the initials of what follows its first colon."""
    for part in map(search_key, tail):
        said = edition_key(part).split()
        if len(said) > 1 and not any(map(is_numeral, said)):
            head = key.removesuffix(part).rstrip()
            yield from (
                f"{name} {_letters([word[0] for word in said])}" for name in {head, _UNSAID.sub("", head)}
            )


def _letters(said: list[str]) -> str:
    """Join initials; a single word has none."""
    return "".join(said) if sum(len(part) == 1 and part.isalpha() for part in said) > 1 else ""
