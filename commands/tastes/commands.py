"""`/taste`, and the buttons by which a person says to like a game, or not to."""

from collections.abc import Sequence
from typing import Final

import discord
from discord import app_commands, ui
from sqlalchemy.orm import Session

from commands.core.buttons.forms import BotForm
from commands.core.buttons.paged_games import PagedGames, unknown_game
from commands.core.options.autocomplete import game_lists
from commands.core.options.options import example
from commands.core.replies.deferral import finish_or_defer, run_or_defer
from commands.core.replies.embeds import embed_of
from commands.core.replies.replies import open_form, reply
from commands.core.request.context import Context
from commands.core.services.services import AnyInteraction, Interaction
from commands.tastes.card import NO_CHANGE, Change, GameOfTaste, noted, taste_card
from commands.tastes.pasted import Pasted, read_pasted
from localization.markdown import Markdown
from localization.translations import Translations
from store import user_data
from store.catalogue.game_refs import game_refs
from store.names import Understood, understand_listed
from store.names.listed import Listed
from store.results import GameRef

PASTE: Final = "taste:paste"

# What Discord takes of a form at most.
_LONGEST_LIST = 4000


@app_commands.command(
    description="Show which games you like, and say so of others", extras=example(like="Portal 2")
)
@app_commands.describe(
    like="Games that you like, with commas between them", dislike="Games that you do not like"
)
@app_commands.autocomplete(like=game_lists, dislike=game_lists)
async def taste(interaction: Interaction, like: str | None = None, dislike: str | None = None) -> None:
    """Note what is liked and what is not, then show the whole taste, to the person alone."""
    ctx = Context.of(interaction)

    def named(session: Session) -> tuple[Listed, Listed]:
        return understand_listed(session, like or ""), understand_listed(session, dislike or "")

    change = NO_CHANGE
    if like is not None or dislike is not None:
        liked, disliked = await run_or_defer(ctx, named, ephemeral=True)
        # What is named as both is not liked, as it will be stored.
        not_liked = {game.id for game in disliked.games}
        only_liked = [game for game in liked.games if game.id not in not_liked]
        await _record(ctx, only_liked, disliked.games)
        lacking = tuple(error.asked for error in (*liked.lacking, *disliked.lacking))
        change = Change(_titles(only_liked), _titles(disliked.games), unknown=lacking)
    view = TasteGames(ctx, await _taste_of_asker(ctx), change)
    await reply(ctx, embed=view.embed(ctx.translations), view=view, ephemeral=True)


async def like(interaction: Interaction, app_id: int) -> None:
    """Note that the person likes the game whose button was pressed."""
    await _press(Context.of(interaction), app_id, likes=True)


async def dislike(interaction: Interaction, app_id: int) -> None:
    """Note that the person does not like the game whose button was pressed."""
    await _press(Context.of(interaction), app_id, likes=False)


async def _press(ctx: Context, app_id: int, *, likes: bool) -> None:
    game = (await _refs(ctx, [app_id]))[app_id]
    recording = ctx.asker.record_taste(liked=[app_id]) if likes else ctx.asker.record_taste(disliked=[app_id])
    await finish_or_defer(ctx, recording)
    await reply(ctx, noted(game.title, ctx.translations, likes=likes), ephemeral=True)


async def _record(ctx: Context, liked: Sequence[Understood], disliked: Sequence[Understood] = ()) -> None:
    ids = [[game.id for game in games] for games in (liked, disliked)]
    await finish_or_defer(ctx, ctx.asker.record_taste(liked=ids[0], disliked=ids[1]))


def _titles(games: Sequence[Understood]) -> tuple[str, ...]:
    return tuple(game.label or unknown_game(game.id).title for game in games)


async def _taste_of_asker(ctx: Context) -> tuple[GameOfTaste, ...]:
    asker = ctx.asker.id
    found = await ctx.services.user_data.read(lambda session: user_data.stored_tastes(session, asker))
    refs = await _refs(ctx, [entry.game_id for entry in found])
    return tuple(GameOfTaste(refs[entry.game_id], entry.likes, entry.told_at) for entry in found)


async def _refs(ctx: Context, app_ids: Sequence[int]) -> dict[int, GameRef]:
    def named(session: Session) -> dict[int, GameRef]:
        return game_refs(session, app_ids)

    refs = await run_or_defer(ctx, named, ephemeral=True, needs_data=False)
    return {app_id: refs.get(app_id) or unknown_game(app_id) for app_id in app_ids}


class TasteGames(PagedGames[GameOfTaste]):
    """The games of a person's taste, with a menu that removes some, and a form for a whole list."""

    def __init__(self, ctx: Context, games: Sequence[GameOfTaste], change: Change) -> None:
        self._change = change
        super().__init__(ctx, games)

    def embed(self, translations: Translations) -> discord.Embed:
        """Show the page that the person is at."""
        return embed_of(taste_card(self.on_page, len(self.games), self._change, translations), translations)

    def placeholder(self, translations: Translations) -> Markdown:
        """Return what is done with the chosen ones."""
        return translations.gettext("Remove…")

    def turned(self) -> None:
        """Say no more what was changed."""
        self._change = NO_CHANGE

    def offer(self, translations: Translations) -> None:
        """Put the form's button behind the others."""
        super().offer(translations)
        self.paste.label = translations.gettext("Paste a list")
        self.add_item(self.paste)

    async def choose(self, ctx: Context, app_ids: Sequence[int]) -> None:
        """Remove games from the taste."""
        await finish_or_defer(ctx, ctx.asker.erase_taste(app_ids))
        titles = {entry.game.id: entry.game.title for entry in self.games}
        await self.changed(ctx, Change(removed=tuple(titles[app_id] for app_id in app_ids)))

    @ui.button(custom_id=PASTE)
    async def paste(self, interaction: Interaction, _button: ui.Button["TasteGames"]) -> None:
        """Ask for a list of games that the person likes."""
        ctx = Context.of(interaction)
        await open_form(ctx, _List(self, ctx.translations))

    async def changed(self, ctx: Context, change: Change) -> None:
        """Show the taste as it is now, and what changed it."""
        self._change = change
        self.games = await _taste_of_asker(ctx)
        await self.show(ctx)


class _List(BotForm):
    """A form for a list of games, a line each."""

    def __init__(self, view: TasteGames, translations: Translations) -> None:
        super().__init__(title=translations.gettext("Games that you like"), custom_id="taste:list")
        self._view = view
        self._list: ui.TextInput[_List] = ui.TextInput(
            style=discord.TextStyle.paragraph, max_length=_LONGEST_LIST
        )
        self.add_item(
            ui.Label(
                text=translations.gettext("One game per line, or commas between them"), component=self._list
            )
        )

    async def on_submit(self, interaction: AnyInteraction, /) -> None:
        """Note the games that are known, and say which names are not."""
        ctx = Context.of(interaction)
        ctx.response.is_in_place = True

        def read(session: Session) -> Pasted:
            return read_pasted(session, self._list.value)

        pasted = await run_or_defer(ctx, read, ephemeral=True)
        await _record(ctx, pasted.games)
        await self._view.changed(ctx, Change(liked=_titles(pasted.games), unknown=pasted.unknown))
