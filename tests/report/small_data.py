"""Rows for small stores to report on: each function adds one kind of thing."""

from store.models import RunOutcome
from tests.store.builder import Builder

HOSTILE = (
    "</script><script>document.title='owned'</script>",
    "<img src=x onerror=\"document.title='owned'\">",
    '=HYPERLINK("http://example.invalid","x")',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\uff1d1+1",
    "${document.title='owned'}{{ 7 * 7 }}",
    "A \u2028 line",
    "'\" --> ]]>",
)


def applied(builder: Builder) -> None:
    """Say that a refresh filled the store."""
    builder.run(RunOutcome.APPLIED, day=1)


def owners(builder: Builder, libraries: list[dict[int, int]]) -> None:
    """Add players who own games, app ids to minutes, and the statistics of these games."""
    by_game: dict[int, list[int]] = {}
    for number, library in enumerate(libraries):
        user_id = f"owner{number}"
        builder.player(user_id, items=len(library), owned=len(library), minutes=sum(library.values()))
        builder.owns(user_id, library)
        for game, minutes in library.items():
            by_game.setdefault(game, []).append(minutes)
    for game, times in by_game.items():
        played = sorted(value for value in times if value)
        builder.game_stats(
            game,
            owners=len(times),
            players=len(played),
            minutes=sum(played),
            minutes_median=played[len(played) // 2] if played else None,
        )


def reviewed(builder: Builder, game: int, *, recommended: int, against: int, positive: int) -> None:
    """Add the statistics of a game with so many reviews, of which so many are positive in tone."""
    reviews = recommended + against
    builder.game_stats(
        game, reviews=reviews, recommended=recommended, positive=positive, negative=reviews - positive
    )


def hostile_store(builder: Builder) -> None:
    """Add games, developers and genres whose names would break out of a page, a script or a spreadsheet."""
    applied(builder)
    for number, name in enumerate(HOSTILE, start=1):
        builder.game(number, name, year=2010, cents=100 * number, developers=(name,), genres=(name,))
    owners(builder, [dict.fromkeys(range(1, len(HOSTILE) + 1), 60)] * 25)
