"""The card of a player."""

from commands.core.cards.counts import games, part_of_reviews, unknown
from commands.core.replies.card import Accent, Card, Field
from localization.markdown import Markdown, escape
from localization.translations import Translations
from store.results import UserData


def userdata_card(data: UserData, translations: Translations) -> Card:
    """Show what a player owns, has spent and recommends."""
    if data.recommend_percent is None:
        recommends = translations.gettext("no review in these data")
    else:
        recommended = data.recommend_percent * data.reviews / 100
        recommends = part_of_reviews(recommended, data.reviews, translations)
    notes = []
    if data.items is None:
        notes.append(translations.gettext("These data have reviews of this player, but no library"))
    if data.unpriced_items:
        notes.append(
            translations.ngettext(
                "The price of {count} owned game is unknown and not counted",
                "The prices of {count} owned games are unknown and not counted",
                data.unpriced_items,
            )
        )
    return Card(
        accent=Accent.PLAYER,
        title=escape(data.user_id),
        fields=(
            Field(translations.gettext("Library"), library_size(data, translations), inline=True),
            Field(translations.gettext("Spent, at list prices"), spent(data, translations), inline=True),
            Field(translations.gettext("Recommends"), recommends, inline=True),
        ),
        notes=tuple(notes),
    )


def library_size(data: UserData, translations: Translations) -> Markdown:
    """Return how many games a player owns, if that is known."""
    return unknown(translations) if data.items is None else games(data.items, translations)


def spent(data: UserData, translations: Translations) -> Markdown:
    """Return what a player's library cost at list prices, if that is known."""
    return unknown(translations) if data.money_spent is None else translations.money(data.money_spent)
