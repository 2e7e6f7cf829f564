"""A card about what several people could play together."""

from commands.core.card import Card
from commands.games.card import linked
from localization.markdown import Markdown, bold, escape, join, quote
from localization.translations import Texts
from store.results import GroupRecommendations, GroupSuggestion

_MODES = 2


def play_together(found: GroupRecommendations, texts: Texts) -> Card:
    """What all own and would enjoy, and what all would want to buy, each with everybody's preference."""
    return Card(
        title=texts.gettext(
            "Games for {players}", players=texts.listing([escape(player) for player in found.players])
        ),
        lines=(
            bold(texts.gettext("You all own")),
            *_games(found.play_now, found.players, texts),
            Markdown(""),
            bold(texts.gettext("None of you owns yet")),
            *_games(found.to_buy, found.players, texts),
        ),
        notes=(
            texts.gettext(
                "Games to play together first. A percentage is how much one of you would like a game, "
                "measured by the game that this one would like most; what counts is halfway between the "
                "average of you and the least convinced, so that nobody is ignored"
            ),
        ),
    )


def _games(
    games: tuple[GroupSuggestion, ...], players: tuple[str, ...], texts: Texts
) -> tuple[Markdown, ...]:
    if not games:
        return (texts.gettext("Nothing to suggest here."),)
    return tuple(_game(rank, entry, players, texts) for rank, entry in enumerate(games, start=1))


def _game(rank: int, entry: GroupSuggestion, players: tuple[str, ...], texts: Texts) -> Markdown:
    number = bold(Markdown(f"{rank}."))
    modes = [escape(mode) for mode in entry.modes[:_MODES]]
    line = join([Markdown(f"{number} {linked(entry.game)}"), texts.price(entry.game.price), *modes])
    preferences = join(
        [
            Markdown(f"{escape(player)} {texts.percent(round(100 * preference))}")
            for player, preference in zip(players, entry.preferences, strict=True)
        ]
    )
    return Markdown(f"{line}\n{quote(preferences)}")
