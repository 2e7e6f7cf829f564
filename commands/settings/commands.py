"""`/settings`: what the admins of a server set for it."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace

import discord
from discord import app_commands
from sqlalchemy.orm import Session

from commands.core.access.audit import Action, write_down
from commands.core.access.permissions import ManagersGroup
from commands.core.discord_limits import CHOICES
from commands.core.options.options import example
from commands.core.replies.deferral import write_or_defer
from commands.core.replies.embeds import embed_of
from commands.core.replies.replies import defer, reply
from commands.core.request.context import Context
from commands.core.request.refusal import CommandError
from commands.core.services.services import Interaction
from commands.settings import card as cards
from localization.markdown import Markdown, escape
from store import StoreError, user_data
from store.user_data import EVERY_CHANNEL, EVERY_COMMAND, Settings

# The value of the language that is Discord's own setting.
_DISCORDS = "discord"

settings = ManagersGroup(name="settings", description="See and change what this bot does in this server")


@settings.command(description="Show the settings of this server", extras=example())
async def view(interaction: Interaction) -> None:
    """Show all settings."""
    ctx = Context.of(interaction)
    guild_id = _guild_id(ctx)
    found = await ctx.services.user_data.read(lambda session: user_data.server_settings(session, guild_id))
    await _show(ctx, found)


async def _suggest_languages(interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
    ctx = Context.of(interaction)
    return _suggestions(_languages(ctx), current)


@settings.command(
    description="Set the language for people whose own language this bot does not speak",
    extras=example(language="Español"),
)
@app_commands.describe(language="One of the languages that this bot speaks")
@app_commands.autocomplete(language=_suggest_languages)
async def language(interaction: Interaction, language: str) -> None:
    """Set the server's language."""
    ctx = Context.of(interaction)
    languages = _languages(ctx)
    chosen = _picked(languages, language)
    if chosen is None:
        translations = ctx.translations
        known = translations.listing([escape(name) for name in languages.values()], style="or")
        raise CommandError(
            translations.gettext(
                "“{asked}” is not a language of this bot; choose {known}.",
                asked=escape(language),
                known=known,
            )
        )
    locale, name = (None, "–") if chosen == _DISCORDS else (chosen, languages[chosen])
    await _change(ctx, lambda old: replace(old, locale=locale), Action.LANGUAGE, name)


def _languages(ctx: Context) -> dict[str, str]:
    discords = ctx.translations.gettext("Discord's setting for this server")
    return {**ctx.services.locales.names(), _DISCORDS: discords}


class TextChannel(app_commands.Transformer):
    """A channel to write into, as Discord sends it: nothing of it is known beforehand."""

    @property
    def type(self) -> discord.AppCommandOptionType:
        """An option that takes a channel."""
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        """The kinds of channels that have messages and are no threads."""
        return [discord.ChannelType.text, discord.ChannelType.news]

    async def transform(  # type: ignore[override]
        self, interaction: Interaction, value: app_commands.AppCommandChannel, /
    ) -> app_commands.AppCommandChannel:
        """Take it as it is."""
        return value


@settings.command(
    description="Choose the channel that hears of a failed nightly refresh", extras=example(channel="#…")
)
@app_commands.describe(channel="A channel in which this bot may write; none if you do not say")
async def reports(
    interaction: Interaction,
    channel: app_commands.Transform[app_commands.AppCommandChannel, TextChannel] | None = None,
) -> None:
    """Set or clear the report channel; that the bot may write there is tried out."""
    ctx = Context.of(interaction)
    if channel is None:
        await _change(ctx, lambda old: replace(old, report_channel_id=None), Action.REPORTS, "–")
        return
    await defer(ctx, ephemeral=True)
    translations = ctx.translations
    try:
        tried = await interaction.client.get_partial_messageable(channel.id, guild_id=channel.guild_id).send(
            translations.gettext("A failed nightly refresh will be told here."),
            allowed_mentions=discord.AllowedMentions.none(),
        )
    except discord.Forbidden:
        raise CommandError(
            translations.gettext(
                "I may not write in {channel}; allow me to view it and to send messages, then try again.",
                channel=Markdown(channel.mention),
            )
        ) from None
    try:
        await _change(
            ctx,
            lambda old: replace(old, report_channel_id=channel.id),
            Action.REPORTS,
            channel.mention,
        )
    except StoreError:
        with suppress(discord.HTTPException):
            await tried.delete()  # it says what does not hold
        raise


async def _suggest_commands(interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
    ctx = Context.of(interaction)
    return _suggestions(_commands(ctx), current.removeprefix("/"))


@settings.command(
    description="Show a command's replies to nobody but the person who asks, or to everybody again",
    extras=example(command="userdata", on="True"),
)
@app_commands.describe(
    command="The command, or every command",
    on="Whether its replies are quiet",
    channel="Only in this channel or category; everywhere if you do not say",
)
@app_commands.autocomplete(command=_suggest_commands)
async def quiet(
    interaction: Interaction, command: str, on: bool, channel: app_commands.AppCommandChannel | None = None
) -> None:
    """Set which commands are quiet where."""
    ctx = Context.of(interaction)
    chosen = _picked(_commands(ctx), command.strip().removeprefix("/"))
    if chosen is None:
        raise CommandError(
            ctx.translations.gettext("This bot has no command “{asked}”.", asked=escape(command))
        )
    place = EVERY_CHANNEL if channel is None else str(channel.id)
    where = "" if channel is None else f" {channel.mention}"
    await _change(
        ctx,
        lambda old: old.with_quiet(chosen, place, quiet=on),
        Action.QUIET,
        f"{_sign(on)}`/{chosen}`{where}",
    )


@settings.command(
    name="adult-games",
    description="Hide games for adults in age-restricted channels too, or show them there again",
    extras=example(hidden="True"),
)
@app_commands.describe(hidden="Whether they are hidden there; elsewhere they always are")
async def adult_games(interaction: Interaction, hidden: bool) -> None:
    """Set whether games for adults are shown in age-restricted channels."""
    ctx = Context.of(interaction)
    await _change(
        ctx, lambda old: replace(old, hides_adult_games=hidden), Action.ADULT_GAMES, _sign(not hidden).strip()
    )


def _commands(ctx: Context) -> dict[str, str]:
    translations = ctx.translations
    top = ctx.interaction.client.tree.get_commands(type=discord.AppCommandType.chat_input)
    named = {command.name: translations.command_name(command.name) for command in top}
    return {EVERY_COMMAND: translations.gettext("every command"), **named}


def _suggestions(names: Mapping[str, str], typed: str) -> list[app_commands.Choice[str]]:
    return [
        app_commands.Choice(name=name, value=value)
        for value, name in names.items()
        if typed.casefold() in name.casefold()
    ][:CHOICES]


def _picked(names: Mapping[str, str], typed: str) -> str | None:
    asked = typed.strip().casefold()
    return next((value for value, name in names.items() if asked in (value, name.casefold())), None)


def _sign(on: bool) -> str:
    return "+ " if on else "− "


async def _change(
    ctx: Context,
    change: Callable[[Settings], Settings],
    action: Action,
    detail: str,
) -> None:
    """Change the settings and write down who did, in one transaction; then show them."""
    guild_id = _guild_id(ctx)

    def write(session: Session) -> Settings:
        changed = change(user_data.server_settings(session, guild_id))
        user_data.change_server_settings(session, guild_id, changed)
        write_down(session, ctx, action, detail)
        return changed

    changed = await write_or_defer(ctx, write)
    ctx.use_guild_settings(changed)
    await _show(ctx, changed)


async def _show(ctx: Context, found: Settings) -> None:
    translations = ctx.translations
    language = ctx.services.locales.names().get(found.locale or "")
    card = cards.settings(found, language, translations)
    await reply(ctx, embed=embed_of(card, translations), ephemeral=True)


def _guild_id(ctx: Context) -> int:
    guild_id = ctx.interaction.guild_id
    assert guild_id is not None  # the group is for servers only
    return guild_id
