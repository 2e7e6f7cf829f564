"""The card of one game to play now."""

from commands.core.cards.counts import recommended_in
from commands.core.cards.described import listed
from commands.core.cards.games import header_art, price_now, store_page
from commands.core.replies.card import Accent, Card
from commands.surprise.draw import Surprise
from localization.markdown import Markdown, escape, escape_title, join
from localization.translations import Translations

# How many tags and reasons are shown.
_TAGS = 4
_REASONS = 2


def surprise_card(found: Surprise, translations: Translations) -> Card:
    """Show one game, with a big picture and a reason."""
    game, page = found.game, found.game.page
    year = game.game.release_year
    released = Markdown("") if year is None else translations.year(year)
    facts = join([released, price_now(game.game, page, translations)])
    blurb = None if page is None else page.short_description
    return Card(
        title=escape_title(game.game.title),
        url=store_page(game.game),
        lines=(
            _reason(found, translations),
            *((escape(blurb, 300),) if blurb else ()),
            listed(game.tags[:_TAGS], translations),
            facts,
        ),
        accent=Accent.SUGGESTIONS,
        image=header_art(game.game, page, translations),
    )


def _reason(found: Surprise, translations: Translations) -> Markdown:
    if found.because:
        liked = translations.listing([escape_title(reason.game.title) for reason in found.because[:_REASONS]])
        return translations.gettext("Because you like {games}.", games=liked)
    if found.is_personal:
        return translations.gettext("It fits your taste.")
    game = found.game
    if not game.decided:
        return Markdown("")
    return recommended_in(game.recommended, game.decided, translations)
