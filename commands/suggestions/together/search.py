"""Finding the games of a round, for those who joined."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from commands.core.replies.deferral import run_or_defer
from commands.core.request.context import Context
from commands.core.request.refusal import CommandError
from commands.core.services.rounds import Round
from commands.suggestions.request import Constraints
from commands.suggestions.together.found import GroupFound, find_for_group
from commands.suggestions.together.people import counted
from store import queries
from store.errors import NothingToGoOn, Unknown
from store.people.person import Person
from store.results import Provenance

_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Found:
    """The games of a round, and the names of those of whom nothing is known that they could go by."""

    games: GroupFound
    left_out: tuple[str, ...]
    source: Provenance


async def find_games(ctx: Context, begun: Round, constraints: Constraints, limit: int) -> Found:
    """Find games for those who joined, by what is known of them now.

    Raises:
        CommandError: Something is known of fewer than two.
        NothingLeft: There is no game for them.
        DatabaseUnavailable: What people stored cannot be read.
    """
    who = await counted(ctx, begun)

    def find(session: Session) -> tuple[GroupFound, tuple[Person, ...], Provenance] | None:
        people = who.people
        while len(people) >= _FEWEST:
            try:
                games = find_for_group(
                    session,
                    people,
                    limit,
                    filters=constraints.filters,
                    discovery=constraints.discovery,
                    exclude=who.unwanted,
                )
            except NothingToGoOn as error:
                if error.unknown is Unknown.TRAINING:
                    raise
                people = tuple(person for person in people if person.name != error.asked)
            else:
                return games, people, queries.provenance(session)
        return None

    found = await run_or_defer(ctx, find, ephemeral=False)
    if found is None:
        raise CommandError(
            ctx.translations.gettext(
                "At least two of you need games that the bot knows; ask others to join, or join with games."
            )
        )
    games, people, source = found
    known = {person.name for person in people}
    return Found(games, tuple(name for name in begun.seats if name not in known), source)
