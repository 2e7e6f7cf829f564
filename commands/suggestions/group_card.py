"""A card about what several people could play together."""

from commands.core.card import Accent, Card
from commands.core.games import game_link
from localization.markdown import Markdown, bold, escape, join, quote
from localization.translations import Translations
from store.results import GroupRecommendations, GroupSuggestion

_MODES = 2


def group_card(found: GroupRecommendations, translations: Translations) -> Card:
    """What all own and would enjoy, and what all would want to buy, each with everybody's preference."""
    return Card(
        title=translations.gettext(
            "Games for {players}", players=translations.listing([escape(player) for player in found.players])
        ),
        lines=(
            bold(translations.gettext("You all own")),
            *_games(found.play_now, found.players, translations),
            Markdown(""),
            bold(translations.gettext("None of you owns yet")),
            *_games(found.to_buy, found.players, translations),
        ),
        accent=Accent.SUGGESTIONS,
    )


def _games(
    games: tuple[GroupSuggestion, ...], players: tuple[str, ...], translations: Translations
) -> tuple[Markdown, ...]:
    if not games:
        return (translations.gettext("Nothing to suggest here."),)
    return tuple(_game(rank, entry, players, translations) for rank, entry in enumerate(games, start=1))


def _game(
    rank: int, entry: GroupSuggestion, players: tuple[str, ...], translations: Translations
) -> Markdown:
    number = bold(Markdown(f"{rank}."))
    modes = [escape(mode) for mode in entry.modes[:_MODES]]
    line = join([Markdown(f"{number} {game_link(entry.game)}"), translations.price(entry.game.price), *modes])
    preferences = join(
        [
            Markdown(f"{escape(player)} {translations.percent(round(100 * preference))}")
            for player, preference in zip(players, entry.preferences, strict=True)
        ]
    )
    return Markdown(f"{line}\n{quote(preferences)}")
