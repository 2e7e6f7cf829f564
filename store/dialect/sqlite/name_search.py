"""The full-text index over `names.key`, in pieces of three characters, and what is asked of it."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

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
    """Tell whether the table is part of the full-text index, which no model describes."""
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
# Words that more names contain are looked for by rank, among so many, rather than all found and sorted.
_COMMON_WORDS = 1_000
_HIGHEST_RANKS = 6_000


def names_with_words(connection: Connection, ids: range, words: Sequence[str], limit: int) -> list[NameRow]:
    """Return the names that contain all `words`, those where each begins a word first, then by rank.

    `ids` are the name ids to look among. At least one word needs `SHORTEST_PIECE` characters. Of words that
    very many names contain, only names of a high rank are found in which each begins a word.
    """
    matching = (" ".join(_phrase(word) for word in words if len(word) >= SHORTEST_PIECE), ids[0], ids[-1])
    starts = " AND ".join("instr(' ' || n.key, ?)" for _ in words)
    word_starts = tuple(f" {word}" for word in words)
    [(count,)] = driver_rows(
        connection,
        "SELECT count(*) FROM (SELECT 1 FROM names_fts"
        " WHERE names_fts MATCH ? AND rowid BETWEEN ? AND ? LIMIT ?)",
        (*matching, _COMMON_WORDS),
    )
    if not count:
        return []
    if count >= _COMMON_WORDS:
        rows = driver_rows(
            connection,
            "SELECT n.id, n.key, n.label, n.rank, 1 FROM names n"  # noqa: S608 - question marks alone
            f" WHERE n.kind = ? AND n.rank < ? AND {starts} ORDER BY n.rank LIMIT ?",
            (int(Name.kind_of(ids[0])), _HIGHEST_RANKS, *word_starts, limit),
        )
    else:
        contains = " AND ".join("instr(n.key, ?)" for _ in words)
        rows = driver_rows(
            connection,
            f"SELECT n.id, n.key, n.label, n.rank, ({starts}) AS by_words"  # noqa: S608 - question marks alone
            " FROM names_fts JOIN names n ON n.id = names_fts.rowid"
            f" WHERE names_fts MATCH ? AND names_fts.rowid BETWEEN ? AND ? AND {contains}"
            " ORDER BY by_words DESC, n.rank LIMIT ?",
            (*word_starts, *matching, *words, limit),
        )
    return [
        NameRow(name_id, key, label, rank, bool(by_words)) for name_id, key, label, rank, by_words in rows
    ]


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
        "SELECT n.id, n.key, n.label, n.rank FROM (SELECT id, count(*) AS pieces"  # noqa: S608 - question marks alone
        f" FROM ({' UNION ALL '.join([one] * len(pieces))}) GROUP BY id ORDER BY pieces DESC LIMIT ?) shared"
        " JOIN names n ON n.id = shared.id ORDER BY shared.pieces DESC, n.rank",
        (*(value for piece in pieces for value in (_phrase(piece), ids[0], ids[-1], most)), limit),
    )
    return [NameRow(*row) for row in rows]


def _phrase(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
