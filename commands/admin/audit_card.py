"""The card of what a server's admins did, for its admins."""

import re

from commands.core.access.audit import FORCE, Action
from commands.core.replies.card import Accent, Card
from localization.markdown import Markdown, bold, escape, join, timestamp
from localization.translations import Translations
from store.user_data import END_LINKS, EVERY_COMMAND, AuditEntry

_COMMAND = re.compile(r"`/([\w*-]+)`")


def audit(lines: tuple[AuditEntry, ...], translations: Translations) -> Card:
    """Show what a server's admins did, newest first."""
    nothing = translations.gettext("Nothing yet.")
    return Card(
        accent=Accent.BOT,
        title=translations.gettext("What admins did"),
        lines=tuple(_entry(line, translations) for line in lines) or (nothing,),
    )


def _entry(line: AuditEntry, translations: Translations) -> Markdown:
    done = bold(_action(line.action, translations))
    return join([timestamp(line.at), _who(line, translations), done, _detail(line, translations)])


def _who(line: AuditEntry, translations: Translations) -> Markdown:
    if line.is_by_operator:
        return translations.gettext("whoever runs this bot")
    if line.discord_id is None:
        return translations.gettext("somebody who was forgotten")
    return Markdown(f"<@{line.discord_id}>")


def _detail(line: AuditEntry, translations: Translations) -> Markdown:
    """Show a player by name, a command or option by the reader's name for it.

    All other details were written by us, in Discord's own notation for channels and roles.
    """
    detail = line.detail
    if line.action == END_LINKS:
        return escape(detail)
    if detail == FORCE:
        return Markdown(f"`{translations.command_name(FORCE)}`")
    # Written as signs, which are the same in every language.
    signs: dict[tuple[str, str], Markdown] = {
        (Action.REPORTS, "–"): translations.gettext("no channel"),
        (Action.ADULT_GAMES, "+"): translations.gettext("shown in age-restricted channels only"),
        (Action.ADULT_GAMES, "−"): translations.gettext("hidden everywhere"),
    }
    if (line.action, detail) in signs:
        return signs[line.action, detail]

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
        END_LINKS: translations.gettext("ended the links that nobody proved to the player"),
        Action.ADULT_GAMES: translations.gettext("set where games for adults are shown"),
    }
    return names.get(action, Markdown(action))
