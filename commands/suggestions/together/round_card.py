"""Cards of a round: who has joined, what there is to vote for, and what was decided."""

from collections.abc import Mapping

from commands.core.cards.games import game_link, header_art
from commands.core.replies.card import Accent, Card
from commands.core.services.rounds import Round, Seat
from commands.suggestions.together.card import group_card
from commands.suggestions.together.found import GroupFound
from commands.suggestions.together.search import Found
from localization.markdown import Markdown, bold, escape, escape_title, join
from localization.translations import Translations
from store.results import GameRef


def gathering_card(begun: Round, limits: Markdown, translations: Translations) -> Card:
    """Show who is counted, whom the round waits for, and what joining means."""
    seated = (
        translations.listing(list(people_of(begun).values()))
        if begun.seats
        else translations.gettext("nobody yet")
    )
    lines = [
        *([limits, Markdown("")] if limits else []),
        translations.gettext("In: {people}", people=seated),
    ]
    if begun.waiting_for:
        waiting = translations.listing([_mention(one) for one in begun.waiting_for])
        lines.append(translations.gettext("Not in yet: {people}", people=waiting))
    return Card(
        title=translations.gettext("What are we playing?"),
        lines=(
            *lines,
            Markdown(""),
            translations.gettext(
                "**Join** counts what you own or like, for this one question: all here see which games you"
                " all have, and which you would love. **Join with games** counts up to three that you name,"
                " and nothing else of you."
            ),
        ),
        accent=Accent.SUGGESTIONS,
    )


def voting_card(begun: Round, found: Found, limits: Markdown, translations: Translations) -> Card:
    """Show the games to vote for, and how many have voted."""
    people = people_of(begun)
    title = translations.gettext("What are we playing? Vote!")
    card = group_card(found.games, people, translations, title)
    voted = translations.gettext(
        "{count} of {all} have voted",
        count=translations.number(len(begun.votes)),
        all=translations.number(len(begun.voters)),
    )
    above = [limits] if limits else []
    left_out = [people[name] for name in found.left_out if name in people]
    if left_out:
        names = translations.listing(left_out)
        above.append(translations.gettext("Too little is known of the games of {people}.", people=names))
    return Card(
        title=card.title,
        lines=(*above, *([Markdown("")] if above else []), *card.lines, Markdown(""), bold(voted)),
        accent=card.accent,
    )


def decided_card(begun: Round, found: GroupFound, winner: GameRef, translations: Translations) -> Card:
    """Show what was decided, and how many voted for each game."""
    counts = begun.counts()
    games = [game for game in found.games if game.id in counts]
    games.sort(key=lambda game: -counts[game.id])
    votes = tuple(join([game_link(game), _votes(counts[game.id], translations)]) for game in games)
    is_tie = list(counts.values()).count(max(counts.values())) > 1
    tie = (translations.gettext("A tie: the first in the list wins."),) if is_tie else ()
    return Card(
        title=translations.gettext("You are playing {game}", game=escape_title(winner.title)),
        lines=(translations.listing(list(people_of(begun).values())), Markdown(""), *votes, *tie),
        accent=Accent.SUGGESTIONS,
        image=header_art(winner, found.pages.get(winner.id), translations),
    )


def people_of(begun: Round) -> Mapping[str, Markdown]:
    """Return those who are counted, as a reply shows them, by the names that queries call them."""
    return {name: _shown(seat) for name, seat in begun.seats.items()}


def _shown(seat: Seat) -> Markdown:
    return escape(seat.name) if seat.discord_id is None else _mention(seat.discord_id)


def _mention(discord_id: int) -> Markdown:
    # Discord shows the name; in an embed nobody is notified.
    return Markdown(f"<@{discord_id}>")


def _votes(count: int, translations: Translations) -> Markdown:
    return translations.ngettext("{count} vote", "{count} votes", count)
