"""From a command's options to its reply: run a query, show a card, say how old the data are."""

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeAlias, TypeVar

import discord
from discord.utils import MISSING
from sqlalchemy.orm import Session

from charts.rendering import Chart
from charts.specs import Spec
from commands.core.card import Card
from commands.core.context import Context
from commands.core.embeds import attach_chart, pages_of
from commands.core.empty_store import no_data_yet
from commands.core.late_charts import chart_of, file_of
from commands.core.pager import Pager
from commands.core.provenance import footer
from commands.core.replies import defer, reply
from localization.markdown import Markdown
from localization.translations import Translations
from store import queries
from store.errors import DatabaseEmpty, NoData
from store.results import Provenance

log = logging.getLogger(__name__)

Result = TypeVar("Result")

# Makes the spec of the chart that goes with a result, or None; it may read the store once more.
ChartBuilder: TypeAlias = Callable[[Session, Result, Translations], Spec | None]


class CommandError(Exception):
    """A command cannot be done as asked; `sentence` says why, and what to do instead."""

    def __init__(self, sentence: Markdown) -> None:
        self.sentence = sentence
        super().__init__(sentence)


async def respond(
    ctx: Context,
    query: Callable[[Session], Result],
    show: Callable[[Result, Translations], Card],
    *,
    chart: ChartBuilder[Result] | None = None,
    ephemeral: bool | Callable[[Result], bool] = False,
    needs_data: bool = True,
) -> None:
    """Reply with the card that `show` makes of what `query` finds, by pages where it is long.

    Args:
        ctx: What is responded to.
        query: Reads the store.
        show: Makes the card.
        chart: Makes the chart that goes with it, if any; one that takes long is added to the reply later.
        ephemeral: Whether only the person sees the reply. Where the result decides, a reply that is deferred
            is ephemeral.
        needs_data: Whether a store without games has no answer.

    Raises:
        CommandError: There are no data, and they are needed.
        Exception: What the query raises; the central handler turns it into a sentence.
    """
    translations = ctx.translations
    builder = chart if ctx.interaction.app_permissions.attach_files else None

    # All in one job: a job of its own would cost as much again as a query.
    def find(session: Session) -> tuple[Result, Provenance, Spec | None]:
        found = query(session)
        return found, queries.provenance(session), _spec(builder, session, found, translations)

    found, source, spec = await run_or_defer(
        ctx, find, ephemeral=ephemeral is not False, needs_data=needs_data
    )
    to_asker_only = ephemeral(found) if callable(ephemeral) else ephemeral
    foot = footer(source, translations, datetime.now(UTC))
    pages = list(pages_of(show(found, translations), translations, foot))
    pager = Pager(ctx, pages) if len(pages) > 1 else None
    if spec is None:
        await reply(ctx, embed=pages[0], view=pager or MISSING, ephemeral=to_asker_only)
    else:
        await _reply_with_chart(ctx, pages, pager, spec, ephemeral=to_asker_only)


async def _reply_with_chart(
    ctx: Context, pages: list[discord.Embed], pager: Pager | None, spec: Spec, *, ephemeral: bool
) -> None:
    """Reply with the first of `pages` and the chart, or with the page first where drawing takes long."""
    pending = await ctx.services.charts.begin(spec)
    in_time = chart_of(pending)
    if in_time is not None:
        attach_chart(pages, in_time)
    await reply(ctx, embed=pages[0], view=pager or MISSING, chart=in_time, ephemeral=ephemeral)

    async def add(late: Chart) -> None:
        # From here on, turning pages keeps showing the chart.
        without = pages.copy()
        attach_chart(pages, late)
        page = pages[0] if pager is None else pager.page
        try:
            await ctx.interaction.edit_original_response(embed=page, attachments=[file_of(late)])
        except BaseException:
            pages[:] = without
            raise

    if in_time is None:
        ctx.services.charts.add_late(pending, add)


def _spec(
    builder: ChartBuilder[Result] | None, session: Session, found: Result, translations: Translations
) -> Spec | None:
    if builder is None:
        return None
    try:
        return builder(session, found, translations)
    except Exception:  # whatever is wrong with a chart, its reply goes out without it
        log.exception("A chart could not be made of an answer")
        return None


async def run_or_defer(
    ctx: Context, query: Callable[[Session], Result], *, ephemeral: bool, needs_data: bool = True
) -> Result:
    """Return what `query` finds, and defer the response where that takes long.

    Raises:
        CommandError: There are no data, and they are needed.
        Exception: What the query raises.
    """

    def find(session: Session) -> Result:
        if needs_data:
            queries.require_data(session)
        return query(session)

    running = ctx.services.query_runner.run(find)
    try:
        timeout = ctx.services.defer_after
        in_time = timeout > 0 and (await asyncio.wait({running}, timeout=timeout))[0]
        if not in_time:
            await defer(ctx, ephemeral=ephemeral)
        return await running
    except (NoData, DatabaseEmpty):
        raise CommandError(no_data_yet(ctx)) from None
    finally:
        running.cancel()
