"""Cards about players."""

from commands.core.card import Card, Field
from commands.core.counts import games, reviews
from localization.markdown import escape
from localization.translations import Texts
from store.results import UserData


def userdata(data: UserData, texts: Texts) -> Card:
    """What a player owns, has spent and recommends."""
    if data.recommend_percent is None:
        recommends = texts.gettext("no review written")
    else:
        recommends = texts.gettext(
            "{percent} of {reviews}",
            percent=texts.percent(data.recommend_percent),
            reviews=reviews(data.reviews, texts),
        )
    notes = []
    if data.unpriced_items:
        notes.append(
            texts.ngettext(
                "The price of {count} owned game is unknown and not counted",
                "The prices of {count} owned games are unknown and not counted",
                data.unpriced_items,
            )
        )
    return Card(
        title=escape(data.user_id),
        fields=(
            Field(texts.gettext("Library"), games(data.items, texts), inline=True),
            Field(texts.gettext("Spent, at list prices"), texts.money(data.money_spent), inline=True),
            Field(texts.gettext("Recommends"), recommends, inline=True),
        ),
        notes=tuple(notes),
    )
