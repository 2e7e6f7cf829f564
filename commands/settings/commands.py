"""`/settings`: what the admins of a server set for it."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import discord
from discord import app_commands
from sqlalchemy.orm import Session

from commands.core.audit import Action, write_down
from commands.core.embeds import embed_of
from commands.core.options import example
from commands.core.permissions import ManagersGroup
from commands.core.replies import reply, think
from commands.core.respond import Refusal
from commands.core.services import Interaction, learn_settings, texts_for
from commands.settings import card as cards
from localization.markdown import Markdown, escape
from store import user_data
from store.user_data import EVERY_CHANNEL, EVERY_COMMAND, Settings

# Discord shows this many suggestions.
CHOICES = 25

# The value of the language that is Discord's own setting.
_DISCORDS = "discord"
_NO_NOTE = Markdown("")

settings = ManagersGroup(name="settings", description="See and change what this bot does in this server")


@settings.command(description="Show the settings of this server", extras=example())
async def view(interaction: Interaction) -> None:
    """Show all settings."""
    guild_id = _guild_id(interaction)
    found = await interaction.client.services.ledger.read(
        lambda session: user_data.server_settings(session, guild_id)
    )
    await _show(interaction, found)


async def _suggest_languages(interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
    return _suggestions(_languages(interaction), current)


@settings.command(
    description="Set the language for people whose own language this bot does not speak",
    extras=example(language="Español"),
)
@app_commands.describe(language="One of the languages that this bot speaks")
@app_commands.autocomplete(language=_suggest_languages)
async def language(interaction: Interaction, language: str) -> None:
    """Set the server's language."""
    languages = _languages(interaction)
    chosen = _picked(languages, language)
    if chosen is None:
        texts = texts_for(interaction)
        known = texts.listing([escape(name) for name in languages.values()], style="or")
        raise Refusal(
            texts.gettext(
                "“{asked}” is not a language of this bot; choose {known}.",
                asked=escape(language),
                known=known,
            )
        )
    locale, name = (None, "–") if chosen == _DISCORDS else (chosen, languages[chosen])
    await _change(interaction, lambda old: replace(old, locale=locale), Action.LANGUAGE, name)


def _languages(interaction: Interaction) -> dict[str, str]:
    discords = texts_for(interaction).gettext("Discord's setting for this server")
    return {**interaction.client.services.catalogues.names(), _DISCORDS: discords}


@settings.command(
    description="Choose the channel that hears of a failed nightly refresh", extras=example(channel="#…")
)
@app_commands.describe(channel="A channel in which this bot may write; none if you do not say")
async def reports(interaction: Interaction, channel: discord.TextChannel | None = None) -> None:
    """Set or clear the report channel; that the bot may write there is tried out."""
    if channel is None:
        await _change(interaction, lambda old: replace(old, report_channel_id=None), Action.REPORTS, "–")
        return
    await think(interaction, ephemeral=True)
    texts = texts_for(interaction)
    try:
        await channel.send(
            texts.gettext("A failed nightly refresh will be told here."),
            allowed_mentions=discord.AllowedMentions.none(),
        )
    except discord.Forbidden:
        raise Refusal(
            texts.gettext(
                "I may not write in {channel}; allow me to view it and to send messages, then try again.",
                channel=Markdown(channel.mention),
            )
        ) from None
    await _change(
        interaction,
        lambda old: replace(old, report_channel_id=channel.id),
        Action.REPORTS,
        channel.mention,
    )


@settings.command(
    name="refresh-role",
    description="Let a role refresh the data, or no longer",
    extras=example(role="@…", allowed="True"),
)
@app_commands.describe(role="The role", allowed="Whether its members may refresh the data")
async def refresh_role(interaction: Interaction, role: discord.Role, allowed: bool) -> None:
    """Set which roles may refresh."""
    texts = texts_for(interaction)
    note = texts.gettext(
        "Discord shows {refresh} to this role once you allow it under Server Settings, Integrations.",
        refresh=texts.command("admin refresh"),
    )
    await _change(
        interaction,
        lambda old: old.with_role(role.id, may_refresh=allowed),
        Action.REFRESH_ROLE,
        f"{_sign(allowed)}{role.mention}",
        note if allowed else _NO_NOTE,
    )


async def _suggest_commands(interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
    return _suggestions(_commands(interaction), current.removeprefix("/"))


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
    chosen = _picked(_commands(interaction), command.strip().removeprefix("/"))
    if chosen is None:
        raise Refusal(
            texts_for(interaction).gettext("This bot has no command “{asked}”.", asked=escape(command))
        )
    place = EVERY_CHANNEL if channel is None else str(channel.id)
    where = "" if channel is None else f" {channel.mention}"
    await _change(
        interaction,
        lambda old: old.with_quiet(chosen, place, quiet=on),
        Action.QUIET,
        f"{_sign(on)}`/{chosen}`{where}",
    )


def _commands(interaction: Interaction) -> dict[str, str]:
    texts = texts_for(interaction)
    top = interaction.client.tree.get_commands(type=discord.AppCommandType.chat_input)
    named = {command.name: texts.command_name(command.name) for command in top}
    return {EVERY_COMMAND: texts.gettext("every command"), **named}


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
    interaction: Interaction,
    change: Callable[[Settings], Settings],
    action: Action,
    detail: str,
    note: Markdown = _NO_NOTE,
) -> None:
    """Change the settings and write down who did, in one transaction; then show them."""
    guild_id = _guild_id(interaction)

    def write(session: Session) -> Settings:
        changed = change(user_data.server_settings(session, guild_id))
        user_data.change_server_settings(session, guild_id, changed)
        write_down(session, interaction, action, detail)
        return changed

    changed = await interaction.client.services.ledger.write(write)
    await learn_settings(interaction)
    await _show(interaction, changed, note)


async def _show(interaction: Interaction, found: Settings, note: Markdown = _NO_NOTE) -> None:
    texts = texts_for(interaction)
    language = interaction.client.services.catalogues.names().get(found.locale or "")
    card = cards.settings(found, language, texts, note)
    await reply(interaction, embed=embed_of(card, texts), ephemeral=True)


def _guild_id(interaction: Interaction) -> int:
    assert interaction.guild_id is not None  # the group is for servers only
    return interaction.guild_id
