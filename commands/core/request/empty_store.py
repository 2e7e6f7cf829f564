"""What is said while the store has no data: that this will pass, rather than that nothing was found."""

from commands.core.request.context import Context
from localization.markdown import Markdown, timestamp


def no_data_yet(ctx: Context) -> Markdown:
    """Say that there are no data, and when there will be some."""
    translations = ctx.translations
    if ctx.services.refresher.running is not None:
        return translations.gettext(
            "There are no data yet: they are being filled just now. Ask again in a few minutes."
        )
    due = ctx.services.next_refresh()
    if due is None:
        return translations.gettext(
            "There are no data yet: they are filled once whoever runs this bot has refreshed them."
        )
    moment = timestamp(due, "R")
    return translations.gettext(
        "There are no data yet: the next refresh, {moment}, fills them.", moment=moment
    )
