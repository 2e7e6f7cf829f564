"""Who is counted in a round, and what is known of these people."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from commands.core.request.context import Context
from commands.core.request.profile import Profile
from commands.core.services.rounds import Round, Seat
from commands.core.services.user_data import UserDataRepository
from commands.suggestions.together.named import NamedPerson
from store.people.person import Person
from store.people.taste import Taste
from store.user_data import Sharing, lenders, own_libraries


@dataclass(frozen=True, slots=True)
class Counted:
    """Those of a round of whom something is known, and the games that some of them do not want."""

    people: tuple[Person, ...]
    unwanted: frozenset[int]


async def has_profile(repository: UserDataRepository, discord_id: int) -> bool:
    """Return whether anything is known of what a person would like. Raises DatabaseUnavailable."""
    return not (await _profile(repository, discord_id)).is_empty


async def is_counted_unasked(ctx: Context, person: NamedPerson) -> bool:
    """Return whether somebody may be counted without joining: by the own setting, and by where that is.

    Raises:
        DatabaseUnavailable: What people stored cannot be read.
    """
    sharing = await ctx.services.user_data.sharing(person.id)
    is_here = ctx.interaction.guild_id is not None and person.is_member
    may = sharing is Sharing.PUBLIC or (sharing is Sharing.GROUPS and is_here)
    return may and await has_profile(ctx.services.user_data, person.id)


async def counted(ctx: Context, begun: Round) -> Counted:
    """Look up the profiles of those who joined as they are now; empty ones are not counted.

    Raises:
        DatabaseUnavailable: What people stored cannot be read.
    """
    repository = ctx.services.user_data
    people: list[Person] = []
    unwanted: set[int] = set()
    players = {seat.name for seat in begun.seats.values() if seat.discord_id is None}
    for seat in tuple(begun.seats.values()):
        if seat.discord_id is None:
            people.append(Person(seat.name, seat.name))
        elif seat.picks is not None:
            people.append(Person(seat.name, taste=seat.picks))
        else:
            profile = await _profile(repository, seat.discord_id)
            if profile.user_id in players:  # who was named and then joined is counted once
                profile = profile.without_player()
            if not profile.is_empty:
                borrows = await _borrowed(repository, seat.discord_id, begun.voters)
                people.append(profile.person(seat.name, borrows))
                unwanted |= await repository.unwanted_games(seat.discord_id)
    return Counted(tuple(people), frozenset(unwanted))


async def _profile(repository: UserDataRepository, discord_id: int) -> Profile:
    """Return a person's profile, without a player who is somebody else's by now."""
    profile = await Profile.of(repository, discord_id)
    if profile.user_id is None or not (await repository.visibility(discord_id)).hides(profile.user_id):
        return profile
    return profile.without_player()


async def _borrowed(
    repository: UserDataRepository, discord_id: int, playing: Collection[int]
) -> frozenset[int]:
    """Return what the family lends to a person, but for those who play themselves: a copy is for one."""

    def read(session: Session) -> frozenset[int]:
        others = [lender for lender in lenders(session, discord_id) if lender not in playing]
        libraries = own_libraries(session, others).values()
        return frozenset(game for library in libraries for game in library.games)

    return await repository.read(read)


def seat_of(discord_id: int, picks: Sequence[int] = ()) -> Seat:
    """Return the seat of a Discord user, who is counted by `picks` only, if there are any."""
    return Seat(str(discord_id), discord_id, Taste(liked=tuple(picks)) if picks else None)
