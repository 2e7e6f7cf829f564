"""The card of a server's settings, for its admins."""

from commands.core.replies.card import Accent, Card, Field
from localization.markdown import Markdown, join
from localization.translations import Translations
from store.user_data import EVERY_CHANNEL, EVERY_COMMAND, Settings


def settings(found: Settings, language: str | None, translations: Translations) -> Card:
    """Show every setting of a server; `language` is the name of the one that was set."""
    channel = found.report_channel_id
    quiet = [_quiet(place, commands, translations) for place, commands in sorted(found.quiet.items())]
    fields = (
        (
            translations.gettext("Fallback language"),
            Markdown(language) if language else translations.gettext("Discord's setting for this server"),
        ),
        (
            translations.gettext("Failed refreshes are reported in"),
            Markdown(f"<#{channel}>") if channel else translations.gettext("no channel"),
        ),
        (
            translations.gettext("Quiet commands"),
            Markdown("\n".join(quiet)) if quiet else translations.gettext("no command"),
        ),
        (
            translations.gettext("Games for adults"),
            translations.gettext("hidden everywhere")
            if found.hides_adult_games
            else translations.gettext("shown in age-restricted channels only"),
        ),
    )
    return Card(
        accent=Accent.BOT,
        title=translations.gettext("Settings of this server"),
        fields=tuple(Field(name, value) for name, value in fields),
    )


def _quiet(place: str, commands: tuple[str, ...], translations: Translations) -> Markdown:
    where = translations.gettext("everywhere") if place == EVERY_CHANNEL else Markdown(f"<#{place}>")
    named = (
        translations.gettext("every command") if command == EVERY_COMMAND else translations.command(command)
        for command in commands
    )
    return join([where, Markdown(", ".join(named))])
