"""What is heard of a failed refresh: by those in charge of the bot, and in a server's report channel."""

from commands.core.services.refresher import RefreshResult
from localization.markdown import Markdown, bold, escape
from localization.translations import Translations

# How much of the reason is shown.
_REASON = 400


def refresh_failure(result: RefreshResult, translations: Translations, *, is_published: bool) -> Markdown:
    """Show that a refresh by schedule, or a look for data that are published elsewhere, failed, and why."""
    failed = (
        translations.gettext("The newest published data cannot be served; the old data stay.")
        if is_published
        else translations.gettext("The nightly refresh failed; the old data stay.")
    )
    lines = [bold(failed)]
    if result.error is not None:
        lines.append(escape(result.error, _REASON))
    return Markdown("\n".join(lines))
