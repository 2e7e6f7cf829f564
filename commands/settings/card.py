"""Cards about a server's settings and what its admins did, for its admins."""

import re

from commands.core.audit import FORCE, Action
from commands.core.card import Card, Field
from localization.markdown import Markdown, bold, join
from localization.translations import Texts
from store.user_data import EVERY_CHANNEL, EVERY_COMMAND, AuditEntry, Settings

_COMMAND = re.compile(r"`/([\w*-]+)`")


def settings(found: Settings, language: str | None, texts: Texts, note: Markdown) -> Card:
    """Every setting of a server; `language` is the name of the one that was set, `note` what to do next."""
    channel = found.report_channel_id
    roles = [Markdown(f"<@&{role}>") for role in found.refresh_role_ids]
    quiet = [_quiet(place, commands, texts) for place, commands in sorted(found.quiet.items())]
    fields = (
        (
            texts.gettext("Language where a person's own is not spoken"),
            Markdown(language) if language else texts.gettext("Discord's setting for this server"),
        ),
        (
            texts.gettext("Failed nightly refreshes are told in"),
            Markdown(f"<#{channel}>") if channel else texts.gettext("no channel"),
        ),
        (
            texts.gettext("May refresh, beside those who manage the server"),
            Markdown(" ".join(roles)) if roles else texts.gettext("nobody else"),
        ),
        (
            texts.gettext("Quiet commands"),
            Markdown("\n".join(quiet)) if quiet else texts.gettext("no command"),
        ),
    )
    return Card(
        title=texts.gettext("Settings of this server"),
        lines=(note,) if note else (),
        fields=tuple(Field(name, value) for name, value in fields),
    )


def _quiet(place: str, commands: tuple[str, ...], texts: Texts) -> Markdown:
    where = texts.gettext("everywhere") if place == EVERY_CHANNEL else Markdown(f"<#{place}>")
    named = (
        texts.gettext("every command") if command == EVERY_COMMAND else texts.command(command)
        for command in commands
    )
    return join([where, Markdown(", ".join(named))])


def audit(lines: tuple[AuditEntry, ...], texts: Texts) -> Card:
    """What a server's admins did, newest first."""
    nothing = texts.gettext("Nothing yet.")
    return Card(
        title=texts.gettext("What admins did"),
        lines=tuple(_entry(line, texts) for line in lines) or (nothing,),
    )


def _entry(line: AuditEntry, texts: Texts) -> Markdown:
    who = (
        texts.gettext("somebody who was forgotten")
        if line.discord_id is None
        else Markdown(f"<@{line.discord_id}>")
    )
    moment = Markdown(f"<t:{int(line.at.timestamp())}:f>")
    return join([moment, who, bold(_action(line.action, texts)), _detail(line.detail, texts)])


def _detail(detail: str, texts: Texts) -> Markdown:
    """Show a command or option by the reader's name for it.

    The detail was written by us, in Discord's own notation for channels and roles.
    """
    if detail == FORCE:
        return Markdown(f"`{texts.command_name(FORCE)}`")

    def named(match: re.Match[str]) -> str:
        command = match[1]
        return texts.gettext("every command") if command == EVERY_COMMAND else texts.command(command)

    return Markdown(_COMMAND.sub(named, detail))


def _action(action: str, texts: Texts) -> Markdown:
    names: dict[str, Markdown] = {
        Action.REFRESH: texts.gettext("refreshed the data"),
        Action.STOP_REFRESH: texts.gettext("stopped a refresh"),
        Action.LANGUAGE: texts.gettext("set the language"),
        Action.REPORTS: texts.gettext("set the report channel"),
        Action.REFRESH_ROLE: texts.gettext("set who may refresh"),
        Action.QUIET: texts.gettext("set quiet commands"),
    }
    return names.get(action, Markdown(action))
