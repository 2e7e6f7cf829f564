"""What is heard of a failed refresh: by those in charge of the bot, and in a server's report channel."""

from commands.core.refresher import RefreshResult
from localization.markdown import Markdown, bold, escape
from localization.translations import Translations

# How much of the reason is shown.
_REASON = 400


def refresh_failure(result: RefreshResult, translations: Translations) -> Markdown:
    """A refresh by schedule failed, and why where the result says so."""
    lines = [bold(translations.gettext("The nightly refresh failed; the old data stay."))]
    if result.error is not None:
        lines.append(escape(result.error, _REASON))
    return Markdown("\n".join(lines))
