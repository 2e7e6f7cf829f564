"""Giving somebody an own library, as Steam would."""

from collections.abc import Mapping
from datetime import UTC, datetime

from playground import SimulatedUser
from store import Database, user_data
from store.models import OwnedGame, Player
from store.user_data import LibraryAnswer, LibraryState

STEAM_ID = 76_561_197_960_300_000
PERSONA = "Quixotica"


def give_library(
    store: Database, person: SimulatedUser, games: Mapping[int, int | None], *, steam_id: int = STEAM_ID
) -> None:
    """Have a person own games by a Steam account that is not in the data."""
    answer = LibraryAnswer(LibraryState.OPEN, games, PERSONA)
    with store.user_data.writer() as session:
        user_data.link_account(session, person.user.id, steam_id, persona=PERSONA)
        user_data.store_answer(session, person.user.id, steam_id, answer, datetime.now(UTC))


def library_of(store: Database, player: str) -> dict[int, int | None]:
    """Return what a player of the data owns, as minutes by app id."""
    with store.reader() as session:
        rows = (
            session.query(OwnedGame.game_id, OwnedGame.minutes)
            .join(Player, Player.id == OwnedGame.player_id)
            .where(Player.user_id == player)
        )
        return {row.game_id: row.minutes for row in rows}
