"""Names and descriptions of commands in the languages that the project has words for."""

from discord import Locale, app_commands
from discord.app_commands import TranslationContextLocation as Location
from discord.app_commands import TranslationContextTypes

from localization.translations import SOURCE, Catalogues

_NAMES = (Location.command_name, Location.group_name, Location.parameter_name)


class CommandTranslator(app_commands.Translator):
    """Translates commands from the same catalogues as replies."""

    def __init__(self, catalogues: Catalogues) -> None:
        self._catalogues = catalogues

    async def translate(
        self, string: app_commands.locale_str, locale: Locale, context: TranslationContextTypes
    ) -> str | None:
        """Return the translation; None where there is none, and people see the source language."""
        texts = self._catalogues.texts(locale.value)
        if texts.locale.language == SOURCE.language:
            return None
        if context.location in _NAMES:
            found = texts.command_name(string.message)
        else:
            found = texts.gettext(string.message)
        return None if found == string.message else found
