"""The card of all that is known of a game."""

from commands.core.cards.counts import players, recommended_in
from commands.core.cards.described import listed
from commands.core.cards.games import (
    game_link,
    header_art,
    kind_name,
    offer_now,
    price_now,
    release_year,
    store_page,
)
from commands.core.cards.play_modes import ways_to_play
from commands.core.replies.card import Accent, Card, Field
from commands.games.store_facts import platforms, playing_now, steam_rating
from localization.markdown import Markdown, bold, escape, escape_text, escape_title, join, quote
from localization.translations import Translations
from store.results import (
    GameCard,
    GameKind,
    NeighbourBasis,
    Playtime,
    ReviewExcerpt,
)

# A review is shown up to here; the query picks one of readable length where it can.
_EXCERPT = 300
# How much of the store's own description is shown.
_BLURB = 300
# How many tags say what a game is like.
_TAGS = 6
_SIMILAR = 5


def game(card: GameCard, translations: Translations) -> Card:
    """Show all that is known of a game."""
    return Card(
        title=escape_title(card.game.title),
        url=store_page(card.game),
        lines=_description(card, translations),
        fields=tuple(field for field in _fields(card, translations) if field.value),
        notes=_notes(card, translations),
        accent=Accent.GAME,
        image=header_art(card.game, card.page, translations),
    )


def _description(card: GameCard, translations: Translations) -> tuple[Markdown, ...]:
    facts = [] if card.game.kind is GameKind.GAME else [kind_name(card.game.kind, translations)]
    if card.release_date is not None:
        facts.append(translations.date(card.release_date))
    else:
        if card.game.release_year is not None:
            facts.append(release_year(card.game, translations))
        if card.release_text is not None and card.release_text != str(card.game.release_year):
            facts.append(translations.gettext("“{text}”", text=escape(card.release_text)))
    if card.early_access:
        facts.append(translations.gettext("early access"))
    price = price_now(card.game, card.page, translations)
    facts.append(bold(price) if price else price)
    facts.append(offer_now(card.page, translations))
    blurb = None if card.page is None else card.page.short_description
    about = (escape(blurb, _BLURB),) if blurb else ()
    lines = (*about, join(facts), listed(card.tags[:_TAGS] or card.genres, translations))
    return tuple(line for line in lines if line)


def _names(names: tuple[str, ...]) -> Markdown:
    return Markdown(", ".join(escape(name) for name in names))


def _fields(card: GameCard, translations: Translations) -> tuple[Field, ...]:
    publisher = Markdown("")
    if card.publisher is not None and (card.publisher,) != card.developers:
        publisher = escape(card.publisher)
    return (
        Field(translations.gettext("Reviews"), _reviews(card, translations), inline=True),
        Field(translations.gettext("On Steam"), steam_rating(card, translations), inline=True),
        Field(translations.gettext("Time played"), _playtime(card.playtime, translations), inline=True),
        Field(
            translations.gettext("Modes"),
            Markdown(", ".join(ways_to_play(card.specs, translations))),
            inline=True,
        ),
        Field(translations.gettext("Runs on"), platforms(card.page, translations), inline=True),
        Field(translations.gettext("Playing now"), playing_now(card.page, translations), inline=True),
        Field(
            translations.gettext("Owned by"),
            players(card.owners, translations) if card.owners else Markdown(""),
            inline=True,
        ),
        Field(translations.gettext("Developer"), _names(card.developers), inline=True),
        Field(translations.gettext("Publisher"), publisher, inline=True),
        Field(translations.gettext("For it"), _excerpt(card.typical_positive, translations)),
        Field(translations.gettext("Against it"), _excerpt(card.typical_negative, translations)),
        Field(
            translations.gettext("Similar games"),
            join([game_link(entry.game) for entry in card.similar[:_SIMILAR]]),
        ),
    )


def _playtime(playtime: Playtime | None, translations: Translations) -> Markdown:
    if playtime is None:
        return Markdown("")
    median = bold(translations.hours(playtime.median))
    if translations.hours(playtime.lower) == translations.hours(playtime.upper):
        return translations.gettext("Typically {median}", median=median)
    return translations.gettext(
        "Typically {median} (half play {lower}–{upper})",
        median=median,
        lower=translations.number(playtime.lower, _decimals(playtime.lower)),
        upper=translations.hours(playtime.upper),
    )


def _decimals(hours: float) -> int:
    return 0 if hours >= 10 else 1


def _reviews(card: GameCard, translations: Translations) -> Markdown:
    if not card.decided:
        return Markdown("")
    return recommended_in(card.recommended, card.decided, translations, is_bold=True)


def _excerpt(review: ReviewExcerpt | None, translations: Translations) -> Markdown:
    if review is None:
        return Markdown("")
    helpful = Markdown("")
    if review.helpful:
        helpful = translations.ngettext(
            "{count} person found it helpful", "{count} people found it helpful", review.helpful
        )
    posted = Markdown("") if review.posted is None else translations.date(review.posted)
    if review.posted_inferred:
        posted = translations.gettext("{date} (year inferred)", date=posted)
    said = "\n".join(quote(line) for line in escape_text(review.text, _EXCERPT))
    return Markdown(f"{said}\n{join([posted, helpful])}".rstrip())


def _notes(card: GameCard, translations: Translations) -> tuple[str, ...]:
    notes = []
    if not card.listed:
        notes.append(_known_from(card, translations))
    if card.similar and card.similar_basis is NeighbourBasis.CONTENT:
        few = translations.gettext("Few in these data own it, so similar games go by its description")
        # Libraries do not list what is free, nor what is newer than they are.
        none = translations.gettext("No library here lists it, so similar games go by its description")
        notes.append(few if card.owners else none)
    return tuple(notes)


def _known_from(card: GameCard, translations: Translations) -> str:
    if not card.owners:
        return translations.gettext("Known from players' reviews only")
    if not card.reviews.total:
        return translations.gettext("Known from players' libraries only")
    return translations.gettext("Known from players' libraries and reviews only")
