"""The card of a player."""

from commands.core.card import Card, Field
from commands.core.counts import games, reviews
from localization.markdown import escape
from localization.translations import Translations
from store.results import UserData


def userdata_card(data: UserData, translations: Translations) -> Card:
    """What a player owns, has spent and recommends."""
    if data.recommend_percent is None:
        recommends = translations.gettext("no review written")
    else:
        recommends = translations.gettext(
            "{percent} of {reviews}",
            percent=translations.percent(data.recommend_percent),
            reviews=reviews(data.reviews, translations),
        )
    notes = []
    if data.unpriced_items:
        notes.append(
            translations.ngettext(
                "The price of {count} owned game is unknown and not counted",
                "The prices of {count} owned games are unknown and not counted",
                data.unpriced_items,
            )
        )
    return Card(
        title=escape(data.user_id),
        fields=(
            Field(translations.gettext("Library"), games(data.items, translations), inline=True),
            Field(
                translations.gettext("Spent, at list prices"),
                translations.money(data.money_spent),
                inline=True,
            ),
            Field(translations.gettext("Recommends"), recommends, inline=True),
        ),
        notes=tuple(notes),
    )
