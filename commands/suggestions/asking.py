"""Asking for suggestions that the person has not just seen, and what a reply shows of them."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Generic, TypeVar

import discord
from sqlalchemy.orm import Session

from commands.core.embeds import embed_of
from commands.core.privacy import hidden_games
from commands.core.provenance import footer
from commands.core.respond import ask_in_time
from commands.core.services import Interaction
from commands.suggestions.filters_card import within
from commands.suggestions.questions import Question
from localization.markdown import Markdown
from localization.translations import Texts
from store import queries
from store.errors import NothingLeft
from store.results import GameRef, Provenance

Found = TypeVar("Found")


@dataclass(frozen=True)
class Shown(Generic[Found]):
    """An answer as it is shown, and what is said of it.

    With `begins_again` all else had been shown before; with `ends_here` nothing is left for the next time;
    `hidden` is how many games the person has just hidden; which they are is nobody else's business.
    """

    question: Question[Found]
    found: Found
    source: Provenance
    begins_again: bool = False
    ends_here: bool = False
    hidden: int = 0

    @property
    def games(self) -> tuple[GameRef, ...]:
        """All games that it shows."""
        return self.question.games(self.found)

    def embed(self, texts: Texts) -> discord.Embed:
        """Show it in somebody's language."""
        card = self.question.card(self.found, texts)
        limits = within(self.question.within.filters, self.question.within.discovery, texts)
        said = [limits] if limits else []
        if self.begins_again:
            said.append(
                texts.gettext("You have seen everything that fits, so this begins from the top again.")
            )
        elif self.ends_here:
            said.append(texts.gettext("This is the last that fits; the next list begins from the top again."))
        if self.hidden:
            said.append(
                texts.ngettext(
                    "{count} game is hidden from you for good; {hidden} brings it back.",
                    "{count} games are hidden from you for good; {hidden} brings them back.",
                    self.hidden,
                    hidden=texts.command("hidden"),
                )
            )
        if said:
            card = replace(card, lines=(*said, Markdown(""), *card.lines))
        return embed_of(card, texts, footer(self.source, texts, datetime.now(UTC)))


async def ask_next(interaction: Interaction, question: Question[Found], *, ephemeral: bool) -> Shown[Found]:
    """Answer a question with games that the person has neither hidden nor been shown for it lately.

    When nothing else is left, it begins from the top. Raises what the question's query raises.
    """
    hidden = await hidden_games(interaction)
    lately, person = interaction.client.services.shown, interaction.user.id
    seen = lately.games(person, question.key)

    def ask(session: Session) -> Shown[Found]:
        source = queries.provenance(session)
        try:
            found = question.find(session, question.limit, hidden | seen)
        except NothingLeft:
            if not seen:
                raise
            found = question.find(session, question.limit, hidden)
            return Shown(question, found, source, begins_again=True)
        is_short = len(question.games(found)) < question.limit
        return Shown(question, found, source, ends_here=bool(seen) and is_short)

    shown = await ask_in_time(interaction, ask, ephemeral=ephemeral)
    if shown.begins_again:
        lately.start_again(person, question.key)
    lately.add(person, question.key, (game.id for game in shown.games))
    return shown


async def ask_instead(
    interaction: Interaction, shown: Shown[Found], gone: Collection[GameRef]
) -> Shown[Found]:
    """Return an answer with other games in the places of those that the person has just hidden.

    They are new to the person where there are such, else not on show at least; where there is none, the list
    is shorter.
    """
    question = shown.question
    hidden = await hidden_games(interaction)
    lately, person = interaction.client.services.shown, interaction.user.id
    ids = {game.id for game in gone}
    here = hidden | ids | {game.id for game in shown.games}
    seen = lately.games(person, question.key)

    def ask(session: Session) -> Found | None:
        for unwanted in (here | seen, here):
            try:
                return question.find(session, len(ids), unwanted)
            except NothingLeft:
                continue
        return None

    fresh = await ask_in_time(interaction, ask, ephemeral=True)
    found = question.replaced(shown.found, ids, fresh)
    lately.add(person, question.key, (game.id for game in question.games(found)))
    return Shown(question, found, shown.source, hidden=len(ids))
