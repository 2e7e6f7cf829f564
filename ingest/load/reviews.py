"""Writing reviews."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import msgspec
from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.engine import Connection

from ingest.bulk_insert import fills_much, indexes_off, insert_columns, table_of
from ingest.clean.rows import CleanReview
from ingest.score.tone import Tone, classify
from store.models import Review
from store.runs import RowChanges

_COLUMNS = ("game_id", "recommend", "posted", "posted_inferred", "helpful", "helpful_of", "funny", "text")


@dataclass(frozen=True, slots=True)
class _Compared:
    """What differs from the store: rows to insert and to update, and the ids of reviews that are gone.

    `changed` of the updated rows differ; the others are rewritten as they are.
    """

    new: list[dict[str, Any]]
    updated: list[dict[str, Any]]
    changed: int
    gone: list[int]


def write_reviews(
    connection: Connection,
    reviews: Sequence[CleanReview],
    tones: Sequence[Tone],
    player_ids: Mapping[str, int],
    *,
    rewrite: bool,
) -> RowChanges:
    """Write all reviews with their tones; `player_ids` maps user ids to players.

    Those that do not differ are written too if `rewrite`.
    """
    table = table_of(Review)
    compared = _compare(connection, reviews, tones, player_ids, rewrite=rewrite)
    by_key = table.c.id == bindparam("key")
    if compared.gone:
        connection.execute(delete(table).where(by_key), [{"key": key} for key in compared.gone])
    if new := compared.new:
        with indexes_off(connection, (Review,), when=fills_much(len(new), len(reviews))):
            insert_columns(connection, Review, {name: [row[name] for row in new] for name in new[0]})
    if compared.updated:
        connection.execute(update(table).where(by_key), compared.updated)
    return RowChanges(added=len(new), changed=compared.changed, gone=len(compared.gone))


def _compare(
    connection: Connection,
    reviews: Sequence[CleanReview],
    tones: Sequence[Tone],
    player_ids: Mapping[str, int],
    *,
    rewrite: bool,
) -> _Compared:
    """Compare all reviews with those in the store, by their fingerprints."""
    stored = _read_stored(connection)
    next_id = max((key for key, _ in stored.values()), default=0) + 1
    new: list[dict[str, Any]] = []
    updated: list[dict[str, Any]] = []
    changed = 0
    for review, tone in zip(reviews, tones, strict=True):
        player = player_ids[review.user_id]
        fingerprint = blake2b(msgspec.msgpack.encode((review, tone)), digest_size=16).digest()
        before = stored.pop((player, review.game_id), None)
        if before is None:
            new.append({"id": next_id + len(new), **_row(review, tone, player, fingerprint)})
            continue
        key, old_fingerprint = before
        differs = fingerprint != old_fingerprint
        changed += differs
        if differs or rewrite:
            updated.append({"key": key, **_row(review, tone, player, fingerprint)})
    return _Compared(new, updated, changed, [key for key, _ in stored.values()])


def _read_stored(connection: Connection) -> dict[tuple[int, int], tuple[int, bytes | None]]:
    """Return the id and the fingerprint of each stored review, by player and game."""
    table = table_of(Review)
    rows = connection.execute(select(table.c.id, table.c.player_id, table.c.game_id, table.c.fingerprint))
    return {(player, game): (key, fingerprint) for key, player, game, fingerprint in rows}


def _row(review: CleanReview, tone: Tone, player_id: int, fingerprint: bytes) -> dict[str, Any]:
    row = {name: getattr(review, name) for name in _COLUMNS}
    return row | {
        "player_id": player_id,
        "language": tone.language,
        "sentiment_score": tone.score,
        "sentiment": classify(tone.score),
        "tone": tone.judged,
        "fingerprint": fingerprint,
    }
