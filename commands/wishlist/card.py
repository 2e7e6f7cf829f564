"""The card of a wishlist."""

from collections.abc import Sequence

from commands.core.cards.games import game_link, header_art, price_now
from commands.core.replies.card import Accent, Card
from commands.wishlist.sale import Sale, Wish
from localization.markdown import Markdown, bold, join
from localization.translations import Translations

# How many of those that are not on sale are shown.
_MOST_OTHERS = 5


def wishlist_card(sale: Sale, translations: Translations, *, is_personal: bool) -> Card:
    """Show what is on sale now, most liked first, then some of what is not."""
    if not (sale.on_sale or sale.others or sale.coming or sale.unknown):
        return Card(
            title=translations.gettext("Your wishlist"),
            lines=(translations.gettext("It is public, and empty."),),
            accent=Accent.PLAYER,
        )
    rows = list(_games(sale.on_sale, 1, translations))
    if not rows:
        rows.append(translations.gettext("Nothing on it is on sale right now."))
    if sale.others:
        rows += [Markdown(""), bold(translations.gettext("At the usual price"))]
        rows += _games(sale.others[:_MOST_OTHERS], len(sale.on_sale) + 1, translations)
    if sale.coming:
        shown = len(sale.on_sale) + len(sale.others[:_MOST_OTHERS])
        rows += [Markdown(""), bold(translations.gettext("Not out yet"))]
        rows += _games(sale.coming[:_MOST_OTHERS], shown + 1, translations)
    first = next(iter((*sale.on_sale, *sale.others, *sale.coming)), None)
    return Card(
        title=translations.gettext("On sale from your wishlist"),
        rows=tuple(rows),
        notes=_notes(sale, translations, is_personal=is_personal),
        accent=Accent.PLAYER,
        thumbnail=None if first is None else header_art(first.game, first.page, translations),
    )


def _games(wishes: Sequence[Wish], first: int, translations: Translations) -> list[Markdown]:
    return [
        join(
            [
                Markdown(f"{bold(Markdown(f'{place}.'))} {game_link(wish.game)}"),
                price_now(wish.game, wish.page, translations) if wish.has_price else Markdown(""),
            ]
        )
        for place, wish in enumerate(wishes, start=first)
    ]


def _notes(sale: Sale, translations: Translations, *, is_personal: bool) -> tuple[str, ...]:
    notes = []
    shown = (len(sale.on_sale), len(sale.others), len(sale.coming))
    if is_personal and max(shown) > 1:
        notes.append(translations.gettext("What you would like most comes first"))
    left_out = len(sale.others) - _MOST_OTHERS
    if left_out > 0:
        notes.append(
            translations.ngettext(
                "{count} more at the usual price", "{count} more at the usual price", left_out
            )
        )
    left_out = len(sale.coming) - _MOST_OTHERS
    if left_out > 0:
        notes.append(translations.ngettext("{count} more not out yet", "{count} more not out yet", left_out))
    if sale.unknown:
        notes.append(
            translations.ngettext(
                "{count} game on it is not in these data",
                "{count} games on it are not in these data",
                sale.unknown,
            )
        )
    return tuple(notes)
