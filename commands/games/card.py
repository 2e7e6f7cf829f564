"""Cards about games: suggestions, and all that is known of one."""

from commands.core.card import Card, Field
from commands.core.counts import owners, reviews
from commands.reviews.card import tone
from localization.markdown import Markdown, bold, escape, join, quote
from localization.translations import Texts
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


def similar_games(game: GameRef, found: Recommendations, texts: Texts) -> Card:
    """Games for those who like `game`, each with what the two have in common."""
    return Card(
        title=texts.gettext("Games like {title}", title=escape(game.title)),
        url=store_page(game),
        lines=_suggestions(found, texts),
    )


def games_for_player(player: str, found: Recommendations, texts: Texts) -> Card:
    """Games for a player, each with the games of the library that speak for it."""
    return Card(
        title=texts.gettext("Games for {player}", player=escape(player)),
        lines=_suggestions(found, texts),
    )


def games_for_those_who_like(titles: tuple[str, ...], found: Recommendations, texts: Texts) -> Card:
    """Games for somebody who likes several games, each with those of them that speak for it."""
    liked = texts.listing([escape(title) for title in titles])
    return Card(
        title=texts.gettext("Games for those who like {games}", games=liked),
        lines=_suggestions(found, texts),
    )


def _suggestions(found: Recommendations, texts: Texts) -> tuple[Markdown, ...]:
    if not found:
        return (texts.gettext("Nothing comes close enough to be suggested."),)
    return tuple(_suggestion(rank, entry, texts) for rank, entry in enumerate(found, start=1))


def _suggestion(rank: int, entry: Recommendation, texts: Texts) -> Markdown:
    number = bold(Markdown(f"{rank}."))
    line = join([Markdown(f"{number} {linked(entry.game)}"), *_facts(entry.game, texts)])
    because = _because(entry, texts)
    return Markdown(f"{line}\n{quote(because)}") if because else line


def _facts(game: GameRef, texts: Texts) -> list[Markdown]:
    year = [] if game.release_year is None else [texts.year(game.release_year)]
    kind = [] if game.kind is GameKind.GAME else [kind_name(game.kind, texts)]
    return [*kind, *year, texts.price(game.price)]


def _because(entry: Recommendation, texts: Texts) -> Markdown:
    because = entry.because
    parts = []
    if because.games:
        parts.append(
            texts.gettext(
                "because of {games}",
                games=texts.listing([_reason(reason, texts) for reason in because.games[:_REASONS]]),
            )
        )
    if because.common_owners:
        parts.append(
            texts.ngettext("{count} player owns both", "{count} players own both", because.common_owners)
        )
    if because.tags:
        parts.append(Markdown(", ".join(escape(tag) for tag in because.tags[:_TAGS])))
    return join(parts)


def _reason(reason: Reason, texts: Texts) -> Markdown:
    return texts.gettext(
        "{title} ({percent})",
        title=escape(reason.game.title),
        percent=texts.percent(round(100 * reason.share)),
    )


def kind_name(kind: GameKind, texts: Texts) -> Markdown:
    """What an app is, in words."""
    names = {
        GameKind.GAME: texts.gettext("game"),
        GameKind.DLC: texts.gettext("add-on"),
        GameKind.SOUNDTRACK: texts.gettext("soundtrack"),
        GameKind.DEMO: texts.gettext("demo"),
        GameKind.BETA: texts.gettext("beta"),
        GameKind.SOFTWARE: texts.gettext("software"),
        GameKind.VIDEO: texts.gettext("video"),
        GameKind.MOD: texts.gettext("mod"),
    }
    return names[kind]


def game(card: GameCard, texts: Texts) -> Card:
    """All that is known of a game."""
    return Card(
        title=escape(card.game.title),
        url=store_page(card.game),
        lines=_description(card, texts),
        fields=tuple(field for field in _fields(card, texts) if field.value),
        notes=_notes(card, texts),
    )


def _description(card: GameCard, texts: Texts) -> tuple[Markdown, ...]:
    facts = [] if card.game.kind is GameKind.GAME else [kind_name(card.game.kind, texts)]
    if card.release_date is not None:
        facts.append(texts.date(card.release_date))
    else:
        facts.append(texts.year(card.game.release_year))
    if card.early_access:
        facts.append(texts.gettext("early access"))
    facts.append(texts.price(card.game.price))
    return (join(facts), _names(card.tags[:_TAGS] or card.genres))


def _names(names: tuple[str, ...]) -> Markdown:
    return Markdown(", ".join(escape(name) for name in names))


def _fields(card: GameCard, texts: Texts) -> tuple[Field, ...]:
    publisher = Markdown("") if card.publisher is None else escape(card.publisher)
    return (
        Field(texts.gettext("Developer"), _names(card.developers), inline=True),
        Field(texts.gettext("Publisher"), publisher, inline=True),
        Field(texts.gettext("Owned by"), owners(card.owners, texts), inline=True),
        Field(texts.gettext("Time played"), _playtime(card.playtime, texts)),
        Field(texts.gettext("Reviews"), _reviews(card, texts)),
        Field(texts.gettext("A typical positive review"), _excerpt(card.typical_positive, texts)),
        Field(texts.gettext("A typical negative review"), _excerpt(card.typical_negative, texts)),
        Field(
            texts.gettext("Similar games"),
            Markdown("\n".join(linked(entry.game) for entry in card.similar)),
        ),
    )


def _playtime(playtime: Playtime | None, texts: Texts) -> Markdown:
    if playtime is None:
        return Markdown("")
    return texts.gettext(
        "{median} is typical; half of the {players} who played it: {lower} to {upper}",
        median=bold(texts.hours(playtime.median)),
        players=texts.number(playtime.players),
        lower=texts.hours(playtime.lower),
        upper=texts.hours(playtime.upper),
    )


def _reviews(card: GameCard, texts: Texts) -> Markdown:
    total = card.reviews.total
    if not total:
        return Markdown("")
    recommended = texts.gettext(
        "{percent} of {reviews} recommend it",
        percent=texts.percent(100 * card.recommended / total),
        reviews=reviews(total, texts),
    )
    return Markdown(f"{recommended}\n{tone(card.reviews, texts)}")


def _excerpt(review: ReviewExcerpt | None, texts: Texts) -> Markdown:
    if review is None:
        return Markdown("")
    helpful = Markdown("")
    if review.helpful:
        helpful = texts.ngettext(
            "{count} person found it helpful", "{count} people found it helpful", review.helpful
        )
    posted = Markdown("") if review.posted is None else texts.date(review.posted)
    return Markdown(f"{quote(escape(review.text, _EXCERPT))}\n{join([posted, helpful])}".rstrip())


def _notes(card: GameCard, texts: Texts) -> tuple[str, ...]:
    notes = []
    if not card.listed:
        notes.append(texts.gettext("Known from players' libraries only"))
    if card.similar and card.similar_basis is NeighbourBasis.CONTENT:
        notes.append(texts.gettext("Few own it, so similar games go by its description"))
    return tuple(notes)
