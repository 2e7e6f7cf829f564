"""The full-text index over `names.key`, in pieces of three characters, and what is asked of it."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy.engine import Connection

from store.dialect.sqlite.prepared import driver_rows
from store.models import Name

# The index holds no text of its own.
CREATE_NAME_SEARCH = (
    "CREATE VIRTUAL TABLE names_fts USING fts5("
    "key, content='names', content_rowid='id', tokenize='trigram', detail='full')"
)
DROP_NAME_SEARCH = "DROP TABLE names_fts"


def is_own_table(name: str) -> bool:
    """Return whether the table is part of the full-text index, which no model describes."""
    return name == "names_fts" or name.startswith("names_fts_")


def rebuild_name_search(connection: Connection) -> None:
    """Bring the full-text index up to date with the `names` table, within the caller's transaction."""
    # The command 'rebuild' would read the names from whichever index covers them, and take several times as
    # long: each row id that is lower than the one before it starts a new piece of the index.
    connection.exec_driver_sql("INSERT INTO names_fts(names_fts) VALUES ('delete-all')")
    connection.exec_driver_sql("INSERT INTO names_fts(rowid, key) SELECT id, key FROM names ORDER BY id")
    # One segment in place of several: searches take half the time.
    connection.exec_driver_sql("INSERT INTO names_fts(names_fts) VALUES ('optimize')")


def update_name_search(connection: Connection, *, gone: Mapping[int, str], new: Mapping[int, str]) -> None:
    """Bring the full-text index up to date with some names, within the caller's transaction.

    Args:
        connection: A writer's.
        gone: The keys of the names that went, by id; a name with another key went and is new.
        new: The keys of those that came.
    """
    for statement, names in (
        ("INSERT INTO names_fts(names_fts, rowid, key) VALUES ('delete', ?, ?)", gone),
        ("INSERT INTO names_fts(rowid, key) VALUES (?, ?)", new),
    ):
        if names:
            connection.exec_driver_sql(statement, sorted(names.items()))


class NameRow(NamedTuple):
    """A row of the names table as a search finds it; `by_words` if all that was typed begins words of it."""

    id: int
    key: str
    label: str
    rank: int
    by_words: bool = False

    @property
    def ref_id(self) -> int:
        """The id of the thing named."""
        return Name.ref_of(self.id)


# The trigram index finds pieces of at least this many characters.
SHORTEST_PIECE = 3
# How many names one piece of a misspelt name may find; common pieces distinguish little.
_NAMES_OF_ALL_PIECES = 1_200
# Words that more names contain are looked for by rank, among this many, rather than all found and sorted.
_COMMON_WORDS = 1_000
_HIGHEST_RANKS = 6_000
# How many words are tried one by one before all of them are looked for at once.
_MOST_TRIED = 3


def names_with_words(
    connection: Connection,
    ids: range,
    words: Sequence[str],
    limit: int,
) -> list[NameRow]:
    """Return the names that contain all `words`, those where each begins a word first, then by rank.

    Of words that very many names contain, only names of a high rank are found in which each begins a word.

    Args:
        connection: The connection to read with.
        ids: The name ids to look among.
        words: The words, of which at least one needs `SHORTEST_PIECE` characters.
        limit: How many names to return at most.
    """
    indexed = {word for word in words if len(word) >= SHORTEST_PIECE}
    # The few names that contain a rare word are sooner looked through than the index for all words at once.
    for word in sorted(indexed, key=_likely_rarity, reverse=True)[:_MOST_TRIED]:
        found = names_containing(connection, ids, [word])
        if len(found) < _COMMON_WORDS:
            return _with_words(connection, found, words, limit)
    best_known = _of_high_rank(connection, ids, words, limit)
    if len(best_known) == limit or len(indexed) == 1:
        return best_known
    # What contains their beginnings is found in a fraction of the time, and mostly little more.
    found = names_containing(connection, ids, {word[:SHORTEST_PIECE] for word in indexed})
    if len(found) >= _COMMON_WORDS:
        found = names_containing(connection, ids, indexed)
    return best_known if len(found) >= _COMMON_WORDS else _with_words(connection, found, words, limit)


def _likely_rarity(word: str) -> tuple[bool, int, str]:
    """Return what is greater the fewer names are likely to contain a word: numbers before long words."""
    return not word.isalpha(), len(word), word


def names_containing(connection: Connection, ids: range, words: Iterable[str]) -> Sequence[int]:
    """Return up to `_COMMON_WORDS` ids of names that contain all words, none shorter than a piece."""
    rows = driver_rows(
        connection,
        "SELECT rowid FROM names_fts WHERE names_fts MATCH ? AND rowid BETWEEN ? AND ? LIMIT ?",
        (" ".join(map(_phrase, words)), ids[0], ids[-1], _COMMON_WORDS),
    )
    return [name_id for (name_id,) in rows]


def _of_high_rank(connection: Connection, ids: range, words: Sequence[str], limit: int) -> list[NameRow]:
    starts, word_starts = _begin_words(words)
    rows = driver_rows(
        connection,
        "SELECT n.id, n.key, n.label, n.rank, 1 FROM names n"
        f" WHERE n.kind = ? AND n.rank < ? AND {starts} ORDER BY n.rank LIMIT ?",
        (int(Name.kind_of(ids[0])), _HIGHEST_RANKS, *word_starts, limit),
    )
    return _name_rows(rows)


def _with_words(
    connection: Connection, among: Sequence[int], words: Sequence[str], limit: int
) -> list[NameRow]:
    if not among:
        return []
    starts, word_starts = _begin_words(words)
    contains = " AND ".join("instr(n.key, ?)" for _ in words)
    rows = driver_rows(
        connection,
        f"SELECT n.id, n.key, n.label, n.rank, ({starts}) AS by_words"
        f" FROM names n WHERE n.id IN (SELECT value FROM json_each(?)) AND {contains}"
        " ORDER BY by_words DESC, n.rank LIMIT ?",
        (*word_starts, json.dumps(among), *words, limit),
    )
    return _name_rows(rows)


def _name_rows(rows: Iterable[tuple[Any, ...]]) -> list[NameRow]:
    return [
        NameRow(name_id, key, label, rank, bool(by_words)) for name_id, key, label, rank, by_words in rows
    ]


def _begin_words(words: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """Return the condition that each word begins one of a name, and its parameters."""
    return " AND ".join("instr(' ' || n.key, ?)" for _ in words), tuple(f" {word}" for word in words)


def names_sharing_pieces(
    connection: Connection, ids: range, pieces: Sequence[str], limit: int
) -> list[NameRow]:
    """Return the names that share most of `pieces`, each of at least `SHORTEST_PIECE` characters.

    A piece that very many names have counts for the first of them only, which bounds the time taken.
    """
    most = _NAMES_OF_ALL_PIECES // len(pieces)
    one = (
        "SELECT * FROM (SELECT rowid AS id FROM names_fts"
        " WHERE names_fts MATCH ? AND rowid BETWEEN ? AND ? LIMIT ?)"
    )
    rows = driver_rows(
        connection,
        "SELECT n.id, n.key, n.label, n.rank FROM (SELECT id, count(*) AS pieces"
        f" FROM ({' UNION ALL '.join([one] * len(pieces))}) GROUP BY id ORDER BY pieces DESC LIMIT ?) shared"
        " JOIN names n ON n.id = shared.id ORDER BY shared.pieces DESC, n.rank",
        (*(value for piece in pieces for value in (_phrase(piece), ids[0], ids[-1], most)), limit),
    )
    return [NameRow(*row) for row in rows]


def _phrase(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
