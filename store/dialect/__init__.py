"""All that depends on which database it is: engines, expressions, caches, searching names, copying files.

Everything else imports only from here: a second database would be a sibling of `sqlite` with the same names.
"""

from store.dialect.sqlite.audience import adult_games
from store.dialect.sqlite.engines import (
    analyze,
    file_of,
    page_damage,
    reader_engine,
    require_references,
    wipe,
    writer_engine,
)
from store.dialect.sqlite.expressions import (
    VALUES_TABLE,
    is_one_of,
    joined,
    least,
    values_param,
    values_table,
)
from store.dialect.sqlite.file_checks import PageCheck, try_writing
from store.dialect.sqlite.file_copy import (
    Damaged,
    DriverConnection,
    DriverError,
    Obstacle,
    compact_copy,
    copy_in,
    copy_out,
    is_damage,
    make_standalone,
    obstacle,
    page_size,
    require_sound,
    snapshot,
    stored_revision,
)
from store.dialect.sqlite.marks import LARGEST_MARK, count_up, counted, stored_mark, write_mark
from store.dialect.sqlite.name_search import (
    CREATE_NAME_SEARCH,
    DROP_NAME_SEARCH,
    SHORTEST_PIECE,
    NameRow,
    is_own_table,
    names_sharing_pieces,
    names_with_words,
    rebuild_name_search,
    update_name_search,
)
from store.dialect.sqlite.neighbour_rows import VIEWS, View, ViewColumn
from store.dialect.sqlite.prepared import Prepared
from store.dialect.sqlite.shared_cache import SharedCache, shared_cached
from store.dialect.sqlite.time_limit import TimeLimit, is_timeout, time_limit_of

__all__ = [
    "CREATE_NAME_SEARCH",
    "DROP_NAME_SEARCH",
    "LARGEST_MARK",
    "SHORTEST_PIECE",
    "VALUES_TABLE",
    "VIEWS",
    "Damaged",
    "DriverConnection",
    "DriverError",
    "NameRow",
    "Obstacle",
    "PageCheck",
    "Prepared",
    "SharedCache",
    "TimeLimit",
    "View",
    "ViewColumn",
    "adult_games",
    "analyze",
    "compact_copy",
    "copy_in",
    "copy_out",
    "count_up",
    "counted",
    "file_of",
    "is_damage",
    "is_one_of",
    "is_own_table",
    "is_timeout",
    "joined",
    "least",
    "make_standalone",
    "names_sharing_pieces",
    "names_with_words",
    "obstacle",
    "page_damage",
    "page_size",
    "reader_engine",
    "rebuild_name_search",
    "require_references",
    "require_sound",
    "shared_cached",
    "snapshot",
    "stored_mark",
    "stored_revision",
    "time_limit_of",
    "try_writing",
    "update_name_search",
    "values_param",
    "values_table",
    "wipe",
    "write_mark",
    "writer_engine",
]
