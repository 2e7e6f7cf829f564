"""A store whose tables hold every kind of value, the missing ones and odd texts among them."""

from datetime import date

from store.models import GameKind, NeighbourBasis, RunOutcome
from tests.store.builder import SmallStore

# What breaks formats of text: its own signs, what looks like a missing value, what ends a line or a text.
TEXTS = (
    "",
    " ",
    "NA",
    "null",
    'He said "play, it"',
    "one\ntwo",
    "one\r\ntwo\rthree",
    "nothing\0 after",
    "🎮 ¡Olé! 点",
    "\ufeff=1+1;\t'",
    "[]",
)


def fill(store: SmallStore) -> None:
    """Fill a store with four games, two players with libraries, and a review for each of `TEXTS`."""
    with store.fill() as build:
        build.game(
            10,
            'Portal: "Still, Alive"',
            year=2007,
            cents=999,
            developers=("Valve, Inc.", "Ünï 🎮"),
            genres=("Action",),
            tags=("First\nPerson", "Puzzle"),
        )
        build.game(20, None)
        build.game(30, "NA", kind=GameKind.DLC, cents=0)
        build.game(40, "Free", year=2020, cents=0)
        build.owns("ada", {10: 0, 30: 90})
        build.owns('bob, "the\n2nd"', {10: 600, 20: 1_000_000_000})
        for number, text in enumerate(TEXTS):
            build.review(
                10 * (number % 4 + 1),
                f"critic {number}",
                text,
                recommend=number % 2 == 0,
                score=0.1 * number - 0.37,
                posted=date(2012, 2, 29) if number % 3 else None,
            )
        build.weights(10, {20: -0.5, 30: 0.25, 40: 1e-7}, common=3)
        build.weights(20, {10: 1 / 3}, basis=NeighbourBasis.CONTENT)
        build.run(RunOutcome.APPLIED, day=20, generated=True, games=4, owned_games=4, reviews=len(TEXTS))
