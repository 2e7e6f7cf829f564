"""Cards about a server's settings and what its admins did, for its admins."""

import re

from commands.core.audit import FORCE, Action
from commands.core.card import Card, Field
from localization.markdown import Markdown, bold, join
from localization.translations import Translations
from store.user_data import EVERY_CHANNEL, EVERY_COMMAND, AuditEntry, Settings

_COMMAND = re.compile(r"`/([\w*-]+)`")


def settings(found: Settings, language: str | None, translations: Translations, note: Markdown) -> Card:
    """Every setting of a server; `language` is the name of the one that was set, `note` what to do next."""
    channel = found.report_channel_id
    roles = [Markdown(f"<@&{role}>") for role in found.refresh_role_ids]
    quiet = [_quiet(place, commands, translations) for place, commands in sorted(found.quiet.items())]
    fields = (
        (
            translations.gettext("Language where a person's own is not spoken"),
            Markdown(language) if language else translations.gettext("Discord's setting for this server"),
        ),
        (
            translations.gettext("Failed nightly refreshes are told in"),
            Markdown(f"<#{channel}>") if channel else translations.gettext("no channel"),
        ),
        (
            translations.gettext("May refresh, beside those who manage the server"),
            Markdown(" ".join(roles)) if roles else translations.gettext("nobody else"),
        ),
        (
            translations.gettext("Quiet commands"),
            Markdown("\n".join(quiet)) if quiet else translations.gettext("no command"),
        ),
    )
    return Card(
        title=translations.gettext("Settings of this server"),
        lines=(note,) if note else (),
        fields=tuple(Field(name, value) for name, value in fields),
    )


def _quiet(place: str, commands: tuple[str, ...], translations: Translations) -> Markdown:
    where = translations.gettext("everywhere") if place == EVERY_CHANNEL else Markdown(f"<#{place}>")
    named = (
        translations.gettext("every command") if command == EVERY_COMMAND else translations.command(command)
        for command in commands
    )
    return join([where, Markdown(", ".join(named))])


def audit(lines: tuple[AuditEntry, ...], translations: Translations) -> Card:
    """What a server's admins did, newest first."""
    nothing = translations.gettext("Nothing yet.")
    return Card(
        title=translations.gettext("What admins did"),
        lines=tuple(_entry(line, translations) for line in lines) or (nothing,),
    )


def _entry(line: AuditEntry, translations: Translations) -> Markdown:
    who = (
        translations.gettext("somebody who was forgotten")
        if line.discord_id is None
        else Markdown(f"<@{line.discord_id}>")
    )
    moment = Markdown(f"<t:{int(line.at.timestamp())}:f>")
    return join([moment, who, bold(_action(line.action, translations)), _detail(line.detail, translations)])


def _detail(detail: str, translations: Translations) -> Markdown:
    """Show a command or option by the reader's name for it.

    The detail was written by us, in Discord's own notation for channels and roles.
    """
    if detail == FORCE:
        return Markdown(f"`{translations.command_name(FORCE)}`")

    def named(match: re.Match[str]) -> str:
        command = match[1]
        return (
            translations.gettext("every command")
            if command == EVERY_COMMAND
            else translations.command(command)
        )

    return Markdown(_COMMAND.sub(named, detail))


def _action(action: str, translations: Translations) -> Markdown:
    names: dict[str, Markdown] = {
        Action.REFRESH: translations.gettext("refreshed the data"),
        Action.STOP_REFRESH: translations.gettext("stopped a refresh"),
        Action.LANGUAGE: translations.gettext("set the language"),
        Action.REPORTS: translations.gettext("set the report channel"),
        Action.REFRESH_ROLE: translations.gettext("set who may refresh"),
        Action.QUIET: translations.gettext("set quiet commands"),
    }
    return names.get(action, Markdown(action))
