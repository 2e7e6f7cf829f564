"""From a command's options to its reply: ask in a thread, show as a card, say how old the data are."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

from discord.utils import MISSING
from sqlalchemy.orm import Session

from commands.cards import Card
from commands.embeds import pages_of
from commands.host import Interaction, texts_for
from commands.paging import Pager
from commands.provenance import Provenance, footer, provenance
from commands.replies import reply, think
from commands.text import Markdown
from commands.texts import Texts

Result = TypeVar("Result")


class Refusal(Exception):
    """A command cannot be done as asked; `sentence` says why, and what to do instead."""

    def __init__(self, sentence: Markdown) -> None:
        self.sentence = sentence
        super().__init__(sentence)


async def answer(
    interaction: Interaction,
    query: Callable[[Session], Result],
    show: Callable[[Result, Texts], Card],
    *,
    ephemeral: bool = False,
) -> None:
    """Reply with the card that `show` makes of what `query` finds, by pages where it is long.

    Raises what the query raises; the central handler turns it into a sentence.
    """
    texts = texts_for(interaction)

    def ask(session: Session) -> tuple[Result, Provenance]:
        return query(session), provenance(session)

    found, source = await ask_in_time(interaction, ask, ephemeral=ephemeral)
    pages = pages_of(show(found, texts), texts, footer(source, texts, datetime.now(UTC)))
    view = Pager(interaction, pages) if len(pages) > 1 else MISSING
    await reply(interaction, embed=pages[0], view=view, ephemeral=ephemeral)


async def ask_in_time(
    interaction: Interaction, query: Callable[[Session], Result], *, ephemeral: bool
) -> Result:
    """Return what `query` finds, and show that an answer is coming where it takes long.

    Raises what the query raises.
    """
    services = interaction.client.services
    asked = asyncio.ensure_future(services.questions.ask(query))
    try:
        done, _ = await asyncio.wait({asked}, timeout=services.defer_after)
        if not done:
            await think(interaction, ephemeral=ephemeral)
        return await asked
    finally:
        asked.cancel()
