"""Asking for suggestions that the person has not just seen, and what a reply shows of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

import discord
from sqlalchemy.orm import Session

from commands.core.cards.filters_line import filters_line
from commands.core.cards.games import header_art
from commands.core.replies.deferral import run_or_defer
from commands.core.replies.embeds import embed_of
from commands.core.replies.provenance import footer
from commands.core.replies.taken_as import taken_as
from commands.core.request.context import Context
from commands.suggestions.request import SuggestionRequest
from localization.markdown import Markdown
from localization.translations import Translations
from store import queries
from store.catalogue.store_pages import store_pages
from store.errors import NothingLeft
from store.results import GameRef, Provenance, StorePage

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Head:
    """The game that stands for a list, with its store page, where one is known."""

    game: GameRef
    page: StorePage | None

    @classmethod
    def of(cls, session: Session, request: SuggestionRequest[Any], games: Sequence[GameRef]) -> "Head | None":
        """Return the game that a request is about, else the first that is suggested; none for a group."""
        # A group has two lists of long lines, beside which a picture has no room.
        is_for_group = len(request.players) > 1
        game = None if is_for_group else request.subject or next(iter(games), None)
        return None if game is None else cls(game, store_pages(session, [game.id]).get(game.id))


@dataclass(frozen=True)
class SuggestionList(Generic[Found]):
    """An answer as it is shown, and what is said of it.

    `first` is the place of its first game among all that the question was answered with since it was asked.
    `head` is the game whose picture stands beside the title. With `begins_again` all else had been shown
    before; with `ends_here` nothing is left for the next time; with `is_all` there were fewer than asked for
    from the start; `hidden` is how many games the person has just
    hidden; which they are is nobody else's business. With `may_have_hidden` nobody could tell which games the
    person hid before. `guessed` are the things that the names of the request were taken for, where that is a
    guess.
    """

    request: SuggestionRequest[Found]
    found: Found
    source: Provenance
    first: int = 1
    head: Head | None = None
    begins_again: bool = False
    ends_here: bool = False
    is_all: bool = False
    hidden: int = 0
    may_have_hidden: bool = False
    guessed: tuple[str, ...] = ()

    @property
    def games(self) -> tuple[GameRef, ...]:
        """All games that it shows."""
        return self.request.games(self.found)

    def embed(self, translations: Translations) -> discord.Embed:
        """Show it in somebody's language."""
        card = self.request.card(self.found, translations, self.first)
        limits = filters_line(
            self.request.constraints.filters, translations, self.request.constraints.discovery
        )
        said = [*taken_as(self.guessed, translations), *([limits] if limits else [])]
        if self.begins_again:
            said.append(
                translations.gettext("You have seen everything that fits, so this begins from the top again.")
            )
        elif self.ends_here:
            said.append(
                translations.gettext("This is the last that fits; the next list begins from the top again.")
            )
        elif self.is_all:
            said.append(translations.gettext("These are all that fit."))
        if self.hidden:
            said.append(
                translations.ngettext(
                    "{count} game is hidden from you for good; {hidden} brings it back.",
                    "{count} games are hidden from you for good; {hidden} brings them back.",
                    self.hidden,
                    hidden=translations.command("hidden"),
                )
            )
        if self.may_have_hidden:
            said.append(
                translations.gettext("Which games you hid cannot be read just now; some may be among these.")
            )
        if said:
            card = replace(card, lines=(*said, Markdown(""), *card.lines))
        if self.head is not None:
            card = replace(card, thumbnail=header_art(self.head.game, self.head.page, translations))
        return embed_of(card, translations, footer(self.source, translations))


async def first_suggestions(
    ctx: Context, request: SuggestionRequest[Found], *, ephemeral: bool
) -> SuggestionList[Found]:
    """Answer a request from the top, with games that the person has not hidden; again with the same ones.

    Raises what the request's query raises.
    """
    found = await _suggestions(ctx, request, frozenset(), 1, ephemeral=ephemeral)
    ctx.services.asked_games.note(request.named_games)
    return found


async def further_suggestions(ctx: Context, shown: SuggestionList[Found]) -> SuggestionList[Found]:
    """Answer the request of a list with other games than the person has been shown for it lately.

    When nothing else is left, it begins from the top. Raises what the request's query raises.
    """
    request = shown.request
    seen = ctx.services.recently_shown.games(ctx.asker.id, request.key)
    return await _suggestions(ctx, request, seen, shown.first + len(shown.games), ephemeral=True)


async def _suggestions(
    ctx: Context, request: SuggestionRequest[Found], seen: frozenset[int], first: int, *, ephemeral: bool
) -> SuggestionList[Found]:
    known = await ctx.asker.known_unwanted_games()
    hidden = known or frozenset()
    lately, person = ctx.services.recently_shown, ctx.asker.id

    def find(session: Session) -> SuggestionList[Found]:
        source = queries.provenance(session)
        try:
            found = request.find(session, request.limit, hidden | seen)
        except NothingLeft:
            if not seen:
                raise
            found = request.find(session, request.limit, hidden)
            head = Head.of(session, request, request.games(found))
            return SuggestionList(request, found, source, head=head, begins_again=True)
        games = request.games(found)
        is_short = len(games) < request.limit
        head = Head.of(session, request, games)
        return SuggestionList(
            request,
            found,
            source,
            first,
            head,
            ends_here=bool(seen) and is_short,
            is_all=not seen and is_short,
        )

    found = await run_or_defer(ctx, find, ephemeral=ephemeral)
    shown = replace(found, may_have_hidden=known is None)
    if shown.begins_again or not seen:
        lately.start_again(person, request.key)
    lately.add(person, request.key, (game.id for game in shown.games))
    return shown


async def replace_hidden(
    ctx: Context, shown: SuggestionList[Found], gone: Collection[GameRef]
) -> SuggestionList[Found]:
    """Return an answer with other games in the places of those that the person has just hidden.

    They are new to the person where there are such, else not on show at least; where there is none, the list
    is shorter.
    """
    request = shown.request
    known = await ctx.asker.known_unwanted_games()
    hidden = known or frozenset()
    lately, person = ctx.services.recently_shown, ctx.asker.id
    ids = {game.id for game in gone}
    here = hidden | ids | {game.id for game in shown.games}
    seen = lately.games(person, request.key)

    def find(session: Session) -> Found | None:
        for unwanted in (here | seen, here):
            try:
                return request.find(session, len(ids), unwanted)
            except NothingLeft:
                continue
        return None

    fresh = await run_or_defer(ctx, find, ephemeral=True)
    found = request.replaced(shown.found, ids, fresh)
    lately.add(person, request.key, (game.id for game in request.games(found)))
    return SuggestionList(
        request,
        found,
        shown.source,
        shown.first,
        shown.head,
        hidden=len(ids),
        may_have_hidden=known is None,
    )
