"""Cards about games: suggestions, and all that is known of one."""

from commands.core.card import Card, Field
from commands.core.counts import owners, reviews
from commands.reviews.card import tone
from localization.markdown import Markdown, bold, escape, join, quote
from localization.translations import Translations
from store.results import (
    GameCard,
    GameKind,
    GameRef,
    NeighbourBasis,
    Playtime,
    Reason,
    Recommendation,
    Recommendations,
    ReviewExcerpt,
)

# A review is shown up to here; the query picks one of readable length where it can.
_EXCERPT = 300
# How many tags say what a game is like, and how many other games explain a suggestion.
_TAGS = 8
_REASONS = 3


def store_page(game: GameRef) -> str:
    """Return the address of a game's page in the Steam store."""
    return f"https://store.steampowered.com/app/{game.id}/"


def linked(game: GameRef) -> Markdown:
    """A game's title, leading to its page in the store."""
    return Markdown(f"[{escape(game.title)}]({store_page(game)})")


def similar_games(game: GameRef, found: Recommendations, translations: Translations) -> Card:
    """Games for those who like `game`, each with what the two have in common."""
    return Card(
        title=translations.gettext("Games like {title}", title=escape(game.title)),
        url=store_page(game),
        lines=_suggestions(found, translations),
    )


def games_for_player(player: str, found: Recommendations, translations: Translations) -> Card:
    """Games for a player, each with the games of the library that speak for it."""
    return Card(
        title=translations.gettext("Games for {player}", player=escape(player)),
        lines=_suggestions(found, translations),
    )


def games_for_those_who_like(
    titles: tuple[str, ...], found: Recommendations, translations: Translations
) -> Card:
    """Games for somebody who likes several games, each with those of them that speak for it."""
    liked = translations.listing([escape(title) for title in titles])
    return Card(
        title=translations.gettext("Games for those who like {games}", games=liked),
        lines=_suggestions(found, translations),
    )


def _suggestions(found: Recommendations, translations: Translations) -> tuple[Markdown, ...]:
    if not found:
        return (translations.gettext("Nothing comes close enough to be suggested."),)
    return tuple(_suggestion(rank, entry, translations) for rank, entry in enumerate(found, start=1))


def _suggestion(rank: int, entry: Recommendation, translations: Translations) -> Markdown:
    number = bold(Markdown(f"{rank}."))
    line = join([Markdown(f"{number} {linked(entry.game)}"), *_facts(entry.game, translations)])
    because = _because(entry, translations)
    return Markdown(f"{line}\n{quote(because)}") if because else line


def _facts(game: GameRef, translations: Translations) -> list[Markdown]:
    year = [] if game.release_year is None else [translations.year(game.release_year)]
    kind = [] if game.kind is GameKind.GAME else [kind_name(game.kind, translations)]
    return [*kind, *year, translations.price(game.price)]


def _because(entry: Recommendation, translations: Translations) -> Markdown:
    because = entry.because
    parts = []
    if because.games:
        parts.append(
            translations.gettext(
                "because of {games}",
                games=translations.listing(
                    [_reason(reason, translations) for reason in because.games[:_REASONS]]
                ),
            )
        )
    if because.common_owners:
        parts.append(
            translations.ngettext(
                "{count} player owns both", "{count} players own both", because.common_owners
            )
        )
    if because.tags:
        parts.append(Markdown(", ".join(escape(tag) for tag in because.tags[:_TAGS])))
    return join(parts)


def _reason(reason: Reason, translations: Translations) -> Markdown:
    return translations.gettext(
        "{title} ({percent})",
        title=escape(reason.game.title),
        percent=translations.percent(round(100 * reason.share)),
    )


def kind_name(kind: GameKind, translations: Translations) -> Markdown:
    """What an app is, in words."""
    names = {
        GameKind.GAME: translations.gettext("game"),
        GameKind.DLC: translations.gettext("add-on"),
        GameKind.SOUNDTRACK: translations.gettext("soundtrack"),
        GameKind.DEMO: translations.gettext("demo"),
        GameKind.BETA: translations.gettext("beta"),
        GameKind.SOFTWARE: translations.gettext("software"),
        GameKind.VIDEO: translations.gettext("video"),
        GameKind.MOD: translations.gettext("mod"),
    }
    return names[kind]


def game(card: GameCard, translations: Translations) -> Card:
    """All that is known of a game."""
    return Card(
        title=escape(card.game.title),
        url=store_page(card.game),
        lines=_description(card, translations),
        fields=tuple(field for field in _fields(card, translations) if field.value),
        notes=_notes(card, translations),
    )


def _description(card: GameCard, translations: Translations) -> tuple[Markdown, ...]:
    facts = [] if card.game.kind is GameKind.GAME else [kind_name(card.game.kind, translations)]
    if card.release_date is not None:
        facts.append(translations.date(card.release_date))
    else:
        facts.append(translations.year(card.game.release_year))
    if card.early_access:
        facts.append(translations.gettext("early access"))
    facts.append(translations.price(card.game.price))
    return (join(facts), _names(card.tags[:_TAGS] or card.genres))


def _names(names: tuple[str, ...]) -> Markdown:
    return Markdown(", ".join(escape(name) for name in names))


def _fields(card: GameCard, translations: Translations) -> tuple[Field, ...]:
    publisher = Markdown("") if card.publisher is None else escape(card.publisher)
    return (
        Field(translations.gettext("Developer"), _names(card.developers), inline=True),
        Field(translations.gettext("Publisher"), publisher, inline=True),
        Field(translations.gettext("Owned by"), owners(card.owners, translations), inline=True),
        Field(translations.gettext("Time played"), _playtime(card.playtime, translations)),
        Field(translations.gettext("Reviews"), _reviews(card, translations)),
        Field(
            translations.gettext("A typical positive review"), _excerpt(card.typical_positive, translations)
        ),
        Field(
            translations.gettext("A typical negative review"), _excerpt(card.typical_negative, translations)
        ),
        Field(
            translations.gettext("Similar games"),
            Markdown("\n".join(linked(entry.game) for entry in card.similar)),
        ),
    )


def _playtime(playtime: Playtime | None, translations: Translations) -> Markdown:
    if playtime is None:
        return Markdown("")
    return translations.gettext(
        "{median} is typical; half of the {players} who played it: {lower} to {upper}",
        median=bold(translations.hours(playtime.median)),
        players=translations.number(playtime.players),
        lower=translations.hours(playtime.lower),
        upper=translations.hours(playtime.upper),
    )


def _reviews(card: GameCard, translations: Translations) -> Markdown:
    total = card.reviews.total
    if not total:
        return Markdown("")
    recommended = translations.gettext(
        "{percent} of {reviews} recommend it",
        percent=translations.percent(100 * card.recommended / total),
        reviews=reviews(total, translations),
    )
    return Markdown(f"{recommended}\n{tone(card.reviews, translations)}")


def _excerpt(review: ReviewExcerpt | None, translations: Translations) -> Markdown:
    if review is None:
        return Markdown("")
    helpful = Markdown("")
    if review.helpful:
        helpful = translations.ngettext(
            "{count} person found it helpful", "{count} people found it helpful", review.helpful
        )
    posted = Markdown("") if review.posted is None else translations.date(review.posted)
    return Markdown(f"{quote(escape(review.text, _EXCERPT))}\n{join([posted, helpful])}".rstrip())


def _notes(card: GameCard, translations: Translations) -> tuple[str, ...]:
    notes = []
    if not card.listed:
        notes.append(translations.gettext("Known from players' libraries only"))
    if card.similar and card.similar_basis is NeighbourBasis.CONTENT:
        notes.append(translations.gettext("Few own it, so similar games go by its description"))
    return tuple(notes)
