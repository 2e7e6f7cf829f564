"""Names and descriptions of commands in the languages that the project has words for."""

from discord import Locale, app_commands
from discord.app_commands import TranslationContextLocation as Location
from discord.app_commands import TranslationContextTypes

from localization.translations import SOURCE, Locales

_NAMES = (Location.command_name, Location.group_name, Location.parameter_name)


class CommandTranslator(app_commands.Translator):
    """Translates commands from the same catalogues as replies."""

    def __init__(self, locales: Locales) -> None:
        # Each word of each command is asked for in all of Discord's languages, of which few have a catalogue.
        self._translations = {
            locale: found
            for locale in Locale
            if (found := locales.translations(locale.value)).locale.language != SOURCE.language
        }

    async def translate(
        self, string: app_commands.locale_str, locale: Locale, context: TranslationContextTypes
    ) -> str | None:
        """Return the translation; None where there is none, and people see the source language."""
        translations = self._translations.get(locale)
        if translations is None:
            return None
        is_menu = isinstance(context.data, app_commands.ContextMenu)  # whose name is written as a sentence
        if context.location in _NAMES and not is_menu:
            found = translations.command_name(string.message)
        else:
            found = translations.gettext(string.message)
        return None if found == string.message else found
