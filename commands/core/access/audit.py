"""What admins did, written down as they do it."""

from enum import StrEnum

from sqlalchemy.orm import Session

from commands.core.request.context import Context
from store import user_data

# The detail of a refresh that was forced: the name of the option.
FORCE = "force"


class Action(StrEnum):
    """What an admin can do."""

    REFRESH = "refresh"
    STOP_REFRESH = "stop refresh"
    LANGUAGE = "language"
    REPORTS = "reports"
    # Written by older versions only; lines with it are still shown.
    REFRESH_ROLE = "refresh role"
    QUIET = "quiet"
    ADULT_GAMES = "adult games"


def write_down(session: Session, ctx: Context, action: Action, detail: str = "") -> None:
    """Add a line to the audit of the server; `detail` is what was chosen, in Discord's notation."""
    user_data.add_audit_line(
        session,
        discord_id=ctx.asker.id,
        action=action.value,
        detail=detail,
        guild_id=ctx.interaction.guild_id,
    )
