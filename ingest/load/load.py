"""One pass over the tables of games, players, libraries and reviews."""

from dataclasses import dataclass

from sqlalchemy.engine import Connection

from ingest.changes import ChangeCounts
from ingest.load.anonymous import write_anonymous
from ingest.load.catalogue import write_catalogue
from ingest.load.libraries import are_references_sound, write_libraries
from ingest.load.players import StoredPlayers, remove_players, write_players
from ingest.load.reviews import write_reviews
from ingest.stage import Staged
from ingest.touched import EVERYTHING, Touched
from store.runs import Progress, RowChanges


@dataclass(frozen=True, slots=True, eq=False)
class Loaded:
    """What loading changed, which parts of the data that concerns, and which rows the players have now.

    `are_libraries_sound` says that all references of the table of owned games are known to be good.
    """

    changes: ChangeCounts
    touched: Touched
    players: StoredPlayers
    are_libraries_sound: bool


def _ids_of_writers(staged: Staged, players: StoredPlayers) -> dict[str, int]:
    """Return the ids of all who wrote a review, by user id."""
    writers = {review.user_id for review in staged.reviews}
    return {
        user_id: int(key)
        for user_id, key in zip(staged.players.user_ids, players.ids, strict=True)
        if user_id in writers
    }


def load(connection: Connection, staged: Staged, progress: Progress, *, rewrite: bool) -> Loaded:
    """Bring the tables to what was staged; rows that do not differ are written only if `rewrite`."""
    removed = remove_players(connection, staged.players)
    catalogue = write_catalogue(connection, staged.games, rewrite=rewrite)
    players = write_players(connection, staged.players, gone=removed.players, rewrite=rewrite)
    owned = write_libraries(connection, staged.libraries, players, progress)
    has_other_anonymous = write_anonymous(connection, staged.anonymous)
    player_ids = _ids_of_writers(staged, players)
    reviews = write_reviews(connection, staged.reviews, staged.tones(), player_ids, rewrite=rewrite)
    changes = ChangeCounts(
        games=catalogue.games,
        players=RowChanges(len(players.new), players.changed, len(removed.players)),
        owned_games=RowChanges(owned.added, owned.changed, owned.gone + removed.owned_games),
        reviews=RowChanges(reviews.added, reviews.changed, reviews.gone + removed.reviews),
    )
    touched = catalogue.touched
    if players.new or removed.players:
        touched |= Touched.PLAYERS
    if changes.owned_games:
        touched |= Touched.LIBRARIES
    if has_other_anonymous:
        touched |= Touched.ANONYMOUS
    if changes.reviews:
        touched |= Touched.REVIEWS
    is_sound = are_references_sound(connection, staged.libraries, players)
    return Loaded(changes, EVERYTHING if rewrite else touched, players, is_sound)
