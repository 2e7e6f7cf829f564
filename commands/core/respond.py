"""From a command's options to its reply: run a query, show a card, say how old the data are."""

import logging
from collections.abc import Callable, Collection, Sequence
from typing import Any, TypeAlias, TypeVar

import discord
from discord import ui
from sqlalchemy.orm import Session

from charts.rendering import Chart
from charts.specs import Spec
from commands.core.buttons.lasting_buttons import how_button, view_of
from commands.core.buttons.pager import Pager
from commands.core.replies.card import Card
from commands.core.replies.deferral import run_or_defer
from commands.core.replies.embeds import attach_chart, pages_of
from commands.core.replies.explanations import Topic
from commands.core.replies.provenance import footer
from commands.core.replies.replies import reply
from commands.core.replies.taken_as import TypedName, UnderstoodNames, with_guesses
from commands.core.request.context import Context
from commands.core.request.refusal import CommandError
from commands.core.services.late_charts import chart_of, file_of
from localization.translations import Translations
from store import queries
from store.errors import PlayerIsPrivate
from store.results import Provenance

log = logging.getLogger(__name__)

Result = TypeVar("Result")

# Makes the buttons that stand under a result.
ButtonBuilder: TypeAlias = Callable[[Result, Translations], Sequence[ui.Button[Any]]]

# Makes the spec of the chart that goes with a result, or None; it may read the store once more.
ChartBuilder: TypeAlias = Callable[[Session, Result, Translations], Spec | None]


async def respond(
    ctx: Context,
    query: Callable[[Session], Result],
    show: Callable[[Result, Translations], Card],
    *,
    chart: ChartBuilder[Result] | None = None,
    buttons: ButtonBuilder[Result] = lambda _, __: (),
    how: Topic | None = None,
    players: Callable[[Result], Collection[str]] = lambda _: (),
    ephemeral: bool | Callable[[Result], bool] = False,
    needs_data: bool = True,
    typed: Sequence[TypedName] = (),
) -> None:
    """Reply with the card that `show` makes of what `query` finds, by pages where it is long.

    Args:
        ctx: What is responded to.
        query: Reads the store.
        show: Makes the card.
        chart: Makes the chart that goes with it, if any; one that takes long is added to the reply later.
        buttons: Makes the buttons under it, which last.
        how: What the button "How?" explains, if there is one.
        players: The players whose data the reply shows. Where one has become private since, no page is turned
            and no chart is added any more.
        ephemeral: Whether only the person sees the reply. Where the result decides, a reply that is deferred
            is ephemeral.
        needs_data: Whether a store without games has no answer.
        typed: The names that the query was given; the reply says as what one was taken that it guessed at.

    Raises:
        CommandError: There are no data, and they are needed.
        Exception: What the query raises; the central handler turns it into a sentence.
    """
    translations = ctx.translations
    builder = chart if ctx.interaction.app_permissions.attach_files else None

    # All in one job: a job of its own would cost as much again as a query.
    def find(session: Session) -> tuple[Result, UnderstoodNames, Provenance, Spec | None]:
        found = query(session)
        spec = _spec(builder, session, found, translations)
        return found, UnderstoodNames.of(session, typed), queries.provenance(session), spec

    found, understood, source, spec = await run_or_defer(
        ctx, find, ephemeral=ephemeral is not False, needs_data=needs_data
    )
    ctx.services.asked_games.note(understood.games)
    to_asker_only = ephemeral(found) if callable(ephemeral) else ephemeral
    foot = footer(source, translations)
    card = with_guesses(show(found, translations), understood.guesses, translations)
    pages = list(pages_of(card, translations, foot))
    shown = tuple(players(found))
    await _require_still_visible(ctx, shown)
    under = (*buttons(found, translations), *(() if how is None else (how_button(how, translations),)))
    view = Pager(ctx, pages, shown, under) if len(pages) > 1 else view_of(under)
    if spec is None:
        await reply(ctx, embed=pages[0], view=view, ephemeral=to_asker_only)
    else:
        await _reply_with_chart(ctx, pages, view, spec, shown, ephemeral=to_asker_only)


async def _require_still_visible(ctx: Context, players: Collection[str]) -> None:
    """Refuse a reply whose player has become private while it was found, without naming the player."""
    try:
        await _require_visible(ctx, players)
    except PlayerIsPrivate:
        sentence = ctx.translations.gettext("A player of this reply has just become private; ask again.")
        raise CommandError(sentence) from None


async def _require_visible(ctx: Context, players: Collection[str]) -> None:
    """Look once more whether the person may be shown these players. Raises as `Visibility.require` does."""
    if players:
        (await ctx.services.user_data.visibility(ctx.asker.id)).require(players)


async def _reply_with_chart(
    ctx: Context,
    pages: list[discord.Embed],
    view: ui.View,
    spec: Spec,
    players: Collection[str],
    *,
    ephemeral: bool,
) -> None:
    """Reply with the first of `pages` and the chart, or with the page first where drawing takes long."""
    pending = await ctx.services.charts.begin(spec)
    in_time = chart_of(pending)
    if in_time is not None:
        attach_chart(pages, in_time)
    await reply(ctx, embed=pages[0], view=view, chart=in_time, ephemeral=ephemeral)

    async def add(late: Chart) -> None:
        await _require_visible(ctx, players)
        # From here on, turning pages keeps showing the chart.
        without = pages.copy()
        attach_chart(pages, late)
        page = view.page if isinstance(view, Pager) else pages[0]
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
