"""Cards about what several people could play together."""

from collections.abc import Mapping, Sequence

from commands.core.cards.games import game_link, price_now
from commands.core.cards.play_modes import ways_to_play
from commands.core.replies.card import Accent, Card
from commands.suggestions.together.found import GroupFound
from localization.markdown import NO_BREAK_SPACE, Markdown, bold, escape, join, quote
from localization.translations import Translations
from store.results import GroupSuggestion

_MODES = 2
# From which part of somebody's preference for the own favourite on a game is loved, or liked.
_LOVES, _LIKES = 0.5, 0.15


def group_card(
    found: GroupFound, people: Mapping[str, Markdown], translations: Translations, title: Markdown
) -> Card:
    """Show what all can play now and would enjoy, and what all would buy, each with who would love it.

    `people` are those who are shown, by the names that the answer has for them.
    """
    lists = found.lists
    return Card(
        title=title,
        lines=(
            bold(translations.gettext("You can all play now")),
            *_games(lists.play_now, 1, found, people, translations),
            Markdown(""),
            bold(translations.gettext("None of you owns these yet")),
            *_games(lists.to_buy, 1 + len(lists.play_now), found, people, translations),
        ),
        accent=Accent.SUGGESTIONS,
    )


def players_card(found: GroupFound, translations: Translations) -> Card:
    """Show the same for players of the data."""
    people = {player: escape(player) for player in found.lists.players}
    title = translations.gettext("Games for {players}", players=translations.listing(list(people.values())))
    return group_card(found, people, translations, title)


def _games(
    games: Sequence[GroupSuggestion],
    first: int,
    found: GroupFound,
    people: Mapping[str, Markdown],
    translations: Translations,
) -> tuple[Markdown, ...]:
    if not games:
        return (translations.gettext("Nothing to suggest here."),)
    return tuple(
        _game(
            place,
            entry,
            price_now(entry.game, found.pages.get(entry.game.id), translations),
            _hearts(entry, found.lists.players, people, translations),
            translations,
        )
        for place, entry in enumerate(games, start=first)
    )


def _game(
    place: int, entry: GroupSuggestion, price: Markdown, hearts: Markdown, translations: Translations
) -> Markdown:
    number = bold(Markdown(f"{place}."))
    modes = ways_to_play(entry.modes, translations)[:_MODES]
    line = join([Markdown(f"{number} {game_link(entry.game)}"), price, *modes])
    return Markdown(f"{line}\n{quote(hearts)}") if hearts else line


def _hearts(
    entry: GroupSuggestion, names: Sequence[str], people: Mapping[str, Markdown], translations: Translations
) -> Markdown:
    """Return who would love a game, and who would like it; of whom neither is known nothing is said."""
    lovers: list[Markdown] = []
    likers: list[Markdown] = []
    for name, preference in zip(names, entry.preferences, strict=True):
        if name in people and preference >= _LIKES:
            (lovers if preference >= _LOVES else likers).append(people[name])
    return join(
        [
            Markdown(f"{sign}{NO_BREAK_SPACE}{translations.listing(some)}")
            for sign, some in (("❤️", lovers), ("🙂", likers))
            if some
        ]
    )
