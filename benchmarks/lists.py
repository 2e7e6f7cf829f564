"""Prints what is suggested for ten games and for ten players of a filled store, to be looked at by eye.

    python -m benchmarks.lists data/nextplay.sqlite3

The page is Markdown. Its players are drawn by a rule: of those who own 30 to 120 games and have played for
100 hours or more, one from each tenth in the order of their libraries' size; none is named.
"""

import argparse
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from store import Database, NotFound, queries
from store.models import Game, OwnedGame, Player, PlayerStats
from store.results import Recommendation

GAMES = (
    "Portal 2",
    "Counter-Strike: Global Offensive",
    "Terraria",
    "Euro Truck Simulator 2",
    "FTL: Faster Than Light",
    "DARK SOULS™ II",
    "Total War: SHOGUN 2",
    "The Walking Dead",
    "Super Meat Boy",
    "Europa Universalis IV",
)
SHOWN = 5
PLAYERS = 10
_LIBRARY = (30, 120)
_MINUTES = 100 * 60
_MOST_PLAYED = 5


def page(session: Session) -> Iterator[str]:
    """Yield the lines of the page."""
    yield f"| a game | the first {SHOWN} like it, with the tags that they share and how many own both |"
    yield "|---|---|"
    for title in GAMES:
        try:
            found = queries.recommend_game(session, title, SHOWN)
        except NotFound:
            continue
        yield f"| {title} | {'<br>'.join(map(_alike, found))} |"
    yield ""
    yield f"| a player's games, the {_MOST_PLAYED} played most | the first {SHOWN} for the player, and why |"
    yield "|---|---|"
    for user_id in _players(session):
        found = queries.recommend_user(session, user_id, SHOWN)
        yield f"| {_library(session, user_id)} | {'<br>'.join(map(_for_player, found))} |"


def _alike(entry: Recommendation) -> str:
    because = entry.because
    return f"**{entry.game.title}**: {', '.join(because.tags[:3])}; {because.common_owners:,}"


def _for_player(entry: Recommendation) -> str:
    reasons = (f"{reason.game.title} {reason.share:.0%}" for reason in entry.because.games)
    why = ", ".join(reasons)
    return f"**{entry.game.title}**: {why}" if why else f"**{entry.game.title}**"


def _players(session: Session) -> list[str]:
    statement = (
        select(Player.user_id)
        .join(PlayerStats, PlayerStats.player_id == Player.id)
        .where(PlayerStats.owned.between(*_LIBRARY), PlayerStats.minutes >= _MINUTES)
        .order_by(PlayerStats.owned, Player.user_id)
    )
    found = list(session.scalars(statement))
    return [found[(2 * tenth + 1) * len(found) // (2 * PLAYERS)] for tenth in range(PLAYERS)]


def _library(session: Session, user_id: str) -> str:
    owned = select(OwnedGame.minutes, Game.title).join(Game, Game.id == OwnedGame.game_id)
    of_player = owned.join(Player, Player.id == OwnedGame.player_id).where(Player.user_id == user_id)
    games = session.execute(of_player.order_by(OwnedGame.minutes.desc(), Game.id)).all()
    most = (f"{row.title} {row.minutes / 60:,.0f} h" for row in games[:_MOST_PLAYED])
    return f"{len(games)} games: {', '.join(most)}"


def main() -> None:
    """Read the arguments and print the page."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("database")
    with Database(parser.parse_args().database).reader(seconds=60) as session:
        print("\n".join(page(session)))


if __name__ == "__main__":
    main()
