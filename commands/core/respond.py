"""From a command's options to its reply: ask in a thread, show as a card, say how old the data are."""

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeAlias, TypeVar

from discord.utils import MISSING
from sqlalchemy.orm import Session

from charts.rendering import Chart
from charts.specs import Spec
from commands.core.card import Card
from commands.core.embeds import pages_of, show_picture
from commands.core.late_charts import chart_of, file_of
from commands.core.pager import Pager
from commands.core.provenance import footer
from commands.core.replies import reply, think
from commands.core.services import Interaction, texts_for
from localization.markdown import Markdown
from localization.translations import Texts
from store import queries
from store.results import Provenance

log = logging.getLogger(__name__)

Result = TypeVar("Result")

Wording: TypeAlias = Callable[[Session, Result, Texts], Spec | None]


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
    picture: Wording[Result] | None = None,
    ephemeral: bool | Callable[[Result], bool] = False,
) -> None:
    """Reply with the card that `show` makes of what `query` finds, by pages where it is long.

    `picture` words the picture that goes with it, if any; one that takes long is added to the reply later.
    Where what is found decides whether the reply is `ephemeral`, one that takes long is.

    Raises what the query raises; the central handler turns it into a sentence.
    """
    texts = texts_for(interaction)
    wording = picture if interaction.app_permissions.attach_files else None

    # All at once: in a thread each question costs as much again as what it asks for.
    def ask(session: Session) -> tuple[Result, Provenance, Spec | None]:
        found = query(session)
        return found, queries.provenance(session), _worded(wording, session, found, texts)

    found, source, spec = await ask_in_time(interaction, ask, ephemeral=ephemeral is not False)
    to_asker_only = ephemeral(found) if callable(ephemeral) else ephemeral
    pages = list(pages_of(show(found, texts), texts, footer(source, texts, datetime.now(UTC))))
    pager = Pager(interaction, pages) if len(pages) > 1 else None
    if spec is None:
        await reply(interaction, embed=pages[0], view=pager or MISSING, ephemeral=to_asker_only)
        return
    pictures = interaction.client.services.pictures
    drawing = await pictures.begin(spec)
    chart = chart_of(drawing)
    if chart is not None:
        show_picture(pages, chart)
    await reply(interaction, embed=pages[0], view=pager or MISSING, picture=chart, ephemeral=to_asker_only)

    async def add(late: Chart) -> None:
        # From here on the pages that are turned to show it as well.
        without = pages.copy()
        show_picture(pages, late)
        page = pages[0] if pager is None else pager.page
        try:
            await interaction.edit_original_response(embed=page, attachments=[file_of(late)])
        except BaseException:
            pages[:] = without
            raise

    if chart is None:
        pictures.add_late(drawing, add)


def _worded(wording: Wording[Result] | None, session: Session, found: Result, texts: Texts) -> Spec | None:
    if wording is None:
        return None
    try:
        return wording(session, found, texts)
    except Exception:  # whatever is wrong with a picture, its reply goes out without it
        log.exception("A picture could not be put into words")
        return None


async def ask_in_time(
    interaction: Interaction, query: Callable[[Session], Result], *, ephemeral: bool
) -> Result:
    """Return what `query` finds, and show that an answer is coming where it takes long.

    Raises what the query raises.
    """
    services = interaction.client.services
    asked = services.questions.ask(query)
    try:
        patience = services.defer_after
        in_time = patience > 0 and (await asyncio.wait({asked}, timeout=patience))[0]
        if not in_time:
            await think(interaction, ephemeral=ephemeral)
        return await asked
    finally:
        asked.cancel()
