"""For whom a reply is: games for adults are shown only in age-restricted channels."""

from commands.core.services.places import Place
from store.people.audience import Audience
from store.user_data import Settings


def audience_of(place: Place, settings: Settings) -> Audience:
    """Return who sees a reply: adults where Discord restricts the place by age, and the admins allow it.

    In a direct message, and where nothing is known of the place, it is everyone.
    """
    if settings.hides_adult_games or not place.is_age_restricted:
        return Audience.EVERYONE
    return Audience.ADULTS
