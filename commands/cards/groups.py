"""A card about what several people could play together."""

from commands.cards.card import Card, Field
from commands.cards.games import linked
from commands.text import Markdown, bold, escape, join, quote
from commands.texts import Texts
from store.results import GroupRecommendations, GroupSuggestion

_MODES = 2


def play_together(found: GroupRecommendations, texts: Texts) -> Card:
    """What all own and would enjoy, and what all would want to buy, each with everybody's liking."""
    fields = (
        Field(texts.gettext("You all own"), _games(found.play_now, found.players, texts)),
        Field(texts.gettext("None of you owns yet"), _games(found.to_buy, found.players, texts)),
    )
    return Card(
        title=texts.gettext(
            "Games for {players}", players=texts.listing([escape(player) for player in found.players])
        ),
        fields=tuple(field for field in fields if field.value),
        notes=(
            texts.gettext(
                "Games to play together first; then halfway between what you like on average and what the "
                "least convinced of you likes"
            ),
        ),
    )


def _games(games: tuple[GroupSuggestion, ...], players: tuple[str, ...], texts: Texts) -> Markdown:
    return Markdown(
        "\n".join(_game(rank, entry, players, texts) for rank, entry in enumerate(games, start=1))
    )


def _game(rank: int, entry: GroupSuggestion, players: tuple[str, ...], texts: Texts) -> Markdown:
    number = bold(Markdown(f"{rank}."))
    modes = [escape(mode) for mode in entry.modes[:_MODES]]
    line = join([Markdown(f"{number} {linked(entry.game)}"), texts.price(entry.game.price), *modes])
    likings = join(
        [
            Markdown(f"{escape(player)} {texts.percent(round(100 * liking))}")
            for player, liking in zip(players, entry.likings, strict=True)
        ]
    )
    return Markdown(f"{line}\n{quote(likings)}")
