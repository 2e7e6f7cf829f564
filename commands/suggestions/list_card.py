"""Cards about suggested games, each with the reasons for it."""

from collections.abc import Sequence
from dataclasses import replace

from commands.core.cards.described import listed
from commands.core.cards.games import game_link, kind_name, store_page
from commands.core.replies.card import Accent, Card
from localization.markdown import Markdown, bold, escape, escape_title, join, quote
from localization.translations import Translations
from store.results import GameKind, GameRef, Reason, Recommendation, Recommendations

# How many tags say what two games have in common, and how many other games explain a suggestion.
_TAGS = 8
_REASONS = 3
# Fewer common owners may be chance.
_LEAST_OWNERS = 5
_WHOLE = 100


def similar_games(game: GameRef, found: Recommendations, translations: Translations, first: int = 1) -> Card:
    """Show games for those who like `game`, each with what the two have in common."""
    by_description = translations.gettext("No player of these data owns both, so these go by description")
    is_similar = [entry for entry in found if not entry.because.by_limits]
    return Card(
        accent=Accent.SUGGESTIONS,
        title=translations.gettext("Games like {title}", title=escape_title(game.title)),
        url=store_page(game),
        lines=_suggestions(found, translations, first),
        notes=(by_description,)
        if is_similar and not any(entry.because.common_owners for entry in is_similar)
        else (),
    )


def best_games(found: Recommendations, translations: Translations, first: int = 1) -> Card:
    """Show the best games of all within the limits, for nobody in particular."""
    return Card(
        accent=Accent.SUGGESTIONS,
        title=translations.gettext("The best games"),
        lines=tuple(_line(rank, entry, translations) for rank, entry in enumerate(found, start=first)),
        notes=(translations.gettext("Name a game that you like, and the list becomes yours"),),
    )


def games_for_player(
    player: str, found: Recommendations, translations: Translations, first: int = 1, *, is_own: bool = False
) -> Card:
    """Show games for a player, each with the games of the library that explain it.

    `is_own` says whether the player asks.
    """
    by_reviews = translations.gettext("These data have no library of this player; the reasons are reviews")
    reasons = [reason for entry in found for reason in entry.because.games]
    return Card(
        accent=Accent.SUGGESTIONS,
        title=translations.gettext("Games for {player}", player=escape(player)),
        lines=_suggestions(found, translations, first, is_own=is_own),
        notes=(by_reviews,) if any(reason.reviewed for reason in reasons) else (),
    )


def games_for_taste(found: Recommendations, translations: Translations, first: int = 1) -> Card:
    """Show games by a person's taste, each with the liked ones that explain it."""
    return Card(
        accent=Accent.SUGGESTIONS,
        title=translations.gettext("Games for your taste"),
        lines=_suggestions(found, translations, first, is_own=True),
    )


def games_for_those_who_like(
    titles: tuple[str, ...], found: Recommendations, translations: Translations, first: int = 1
) -> Card:
    """Show games for somebody who likes several games, each with those of them that explain it."""
    liked = translations.listing([escape_title(title) for title in titles])
    return Card(
        accent=Accent.SUGGESTIONS,
        title=translations.gettext("Games for those who like {games}", games=liked),
        lines=_suggestions(found, translations, first, is_own=True, is_titled=len(titles) == 1),
    )


def with_lacking(card: Card, lacking: tuple[str, ...], translations: Translations) -> Card:
    """Say first which of the games that were named are not in the data."""
    if not lacking:
        return card
    titles = translations.listing([escape_title(title) for title in lacking])
    return replace(
        card, lines=(translations.gettext("Not in these data: {titles}", titles=titles), *card.lines)
    )


def _suggestions(
    found: Recommendations,
    translations: Translations,
    first: int,
    *,
    is_own: bool = False,
    is_titled: bool = False,
) -> tuple[Markdown, ...]:
    """Return the lines of suggestions; what is the reason for all of them is said once, before them.

    With `is_titled` the title of the list names the game that explains them all.
    """
    if not found:
        return (translations.gettext("Nothing comes close enough to be suggested."),)
    shared = _shared_reason(found, translations, is_own=is_own, is_titled=is_titled)
    return (
        *((shared, Markdown("")) if shared else ()),
        *(
            _suggestion(
                rank,
                entry,
                translations,
                Markdown("")
                if shared is not None or (is_titled and not entry.because.by_limits)
                else _reason(entry, translations, is_own=is_own),
            )
            for rank, entry in enumerate(found, start=first)
        ),
    )


def _shared_reason(
    found: Recommendations, translations: Translations, *, is_own: bool, is_titled: bool
) -> Markdown | None:
    """Return the reason for all suggestions, empty where it needs no word; None where these differ."""
    because = [entry.because for entry in found]
    if len(because) == 1:
        return None
    if all(one.by_limits for one in because):
        return translations.gettext(
            "Nothing similar is within your limits; these are the best games that are."
        )
    if is_titled or any(one.by_limits or one.common_owners is not None or one.tags for one in because):
        return None
    if not any(one.games for one in because):
        # The title of one's own list says it.
        return Markdown("") if is_own else translations.gettext("All of them fit the library as a whole.")
    only = _only_game([one.games for one in because])
    if only is None:
        return None
    title = escape_title(only.title)
    return (
        translations.gettext("Because you like {games}.", games=title)
        if is_own
        else translations.gettext("Because of {games}.", games=title)
    )


def _only_game(reasons: Sequence[tuple[Reason, ...]]) -> GameRef | None:
    """Return the one game that alone is the reason for everything, if there is one."""
    games = {one[0].game.id if len(one) == 1 and _is_only(one[0]) else None for one in reasons}
    return reasons[0][0].game if len(games) == 1 and None not in games else None


def _is_only(reason: Reason) -> bool:
    return round(100 * reason.share) >= _WHOLE


def _line(rank: int, entry: Recommendation, translations: Translations) -> Markdown:
    number = bold(Markdown(f"{rank}."))
    return join([Markdown(f"{number} {game_link(entry.game)}"), *_facts(entry.game, translations)])


def _suggestion(rank: int, entry: Recommendation, translations: Translations, reason: Markdown) -> Markdown:
    line = _line(rank, entry, translations)
    because = join([reason, *_in_common(entry, translations)])
    return Markdown(f"{line}\n{quote(because)}") if because else line


def _facts(game: GameRef, translations: Translations) -> list[Markdown]:
    year = [] if game.release_year is None else [translations.year(game.release_year)]
    kind = [] if game.kind is GameKind.GAME else [kind_name(game.kind, translations)]
    price = [] if game.price is None else [translations.price(game.price)]
    return [*kind, *year, *price]


def _reason(entry: Recommendation, translations: Translations, *, is_own: bool) -> Markdown:
    because = entry.because
    if because.by_limits:
        return translations.gettext("among the best within your limits")
    if because.games:
        return _because_of(because.games[:_REASONS], translations, is_own=is_own)
    if because.common_owners is not None:
        return Markdown("")
    if is_own:
        return translations.gettext("fits your taste")
    return translations.gettext("fits the library as a whole")


def _in_common(entry: Recommendation, translations: Translations) -> list[Markdown]:
    """Return what a suggestion and the game that was named have in common."""
    because = entry.because
    parts = []
    if because.common_owners is not None and because.common_owners >= _LEAST_OWNERS:
        parts.append(
            translations.ngettext(
                "{count} player owns both", "{count} players own both", because.common_owners
            )
        )
    if because.tags:
        parts.append(listed(because.tags[:_TAGS], translations))
    return parts


def _because_of(reasons: Sequence[Reason], translations: Translations, *, is_own: bool) -> Markdown:
    games = translations.listing([_named(reason, translations) for reason in reasons])
    if not is_own:
        return translations.gettext("because of {games}", games=games)
    return translations.ngettext(
        "because you like {games}", "because you like {games}", len(reasons), games=games
    )


def _named(reason: Reason, translations: Translations) -> Markdown:
    title = escape_title(reason.game.title)
    if _is_only(reason):
        return title  # a share on each line of a list would say nothing
    share = translations.percent(round(100 * reason.share))
    return translations.gettext("{title} ({percent})", title=title, percent=share)
