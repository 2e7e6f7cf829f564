"""Writing reviews."""

from collections.abc import Mapping, Sequence
from hashlib import blake2b
from typing import Any

import msgspec
from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.engine import Connection

from ingest.bulk_insert import fills_much, indexes_off, insert_columns, table_of
from ingest.clean.rows import CleanReview
from ingest.score.tone import Tone, classify
from store.models import Review
from store.runs import RowChanges

_COLUMNS = ("game_id", "recommend", "posted", "posted_inferred", "helpful", "helpful_of", "funny", "text")


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
    stored = {
        (player, game): (key, fingerprint)
        for key, player, game, fingerprint in connection.execute(
            select(table.c.id, table.c.player_id, table.c.game_id, table.c.fingerprint)
        )
    }
    next_id = connection.execute(select(func.coalesce(func.max(table.c.id), 0))).scalar_one() + 1
    new: list[dict[str, Any]] = []
    written: list[dict[str, Any]] = []
    changed = 0
    for review, tone in zip(reviews, tones, strict=True):
        player = player_ids[review.user_id]
        before = stored.pop((player, review.game_id), None)
        digest = blake2b(msgspec.msgpack.encode((review, tone)), digest_size=16).digest()
        differs = before is not None and before[1] != digest
        changed += differs
        if before is not None and not differs and not rewrite:
            continue
        row = {name: getattr(review, name) for name in _COLUMNS}
        row |= {
            "player_id": player,
            "language": tone.language,
            "sentiment_score": tone.score,
            "sentiment": classify(tone.score),
            "tone": tone.judged,
            "fingerprint": digest,
        }
        if before is None:
            new.append({"id": next_id + len(new), **row})
        else:
            written.append({"key": before[0], **row})
    if stored:
        connection.execute(
            delete(table).where(table.c.id == bindparam("key")), [{"key": key} for key, _ in stored.values()]
        )
    if new:
        with indexes_off(connection, (Review,), when=fills_much(len(new), len(reviews))):
            insert_columns(connection, Review, {name: [row[name] for row in new] for name in new[0]})
    if written:
        connection.execute(update(table).where(table.c.id == bindparam("key")), written)
    return RowChanges(added=len(new), changed=changed, gone=len(stored))
