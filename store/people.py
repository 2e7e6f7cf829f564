"""What people stored through the bot: links to players, hidden games, a server's settings, the audit.

Every function takes a session of `Database.people`, a writer's where it changes something.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from store.errors import PlayerIsPrivate
from store.models.people import AuditLine, HiddenGame, Link, ServerSettings

EVERY_CHANNEL = "*"


@dataclass(frozen=True, slots=True)
class LinkedPlayer:
    """The player that a Discord user is linked to; `public` is whether others may see it."""

    user_id: str
    public: bool
    linked_at: datetime


@dataclass(frozen=True, slots=True)
class Settings:
    """A server's settings. `quiet` names, by channel id or '*', the commands that only the asker sees."""

    locale: str | None = None
    report_channel_id: int | None = None
    refresh_role_ids: tuple[int, ...] = ()
    quiet: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def is_quiet(self, command: str, channel_id: int) -> bool:
        """Tell whether the replies of a command are for the asker alone in a channel."""
        return any(command in self.quiet.get(place, ()) for place in (EVERY_CHANNEL, str(channel_id)))


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was erased of a person."""

    links: int
    hidden_games: int
    audit_lines: int


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """An action of an admin; `discord_id` is None once that person is forgotten."""

    at: datetime
    discord_id: int | None
    action: str
    detail: str


def link(session: Session, discord_id: int, user_id: str, *, public: bool = False) -> None:
    """Link a Discord user to a player of the data, in place of any earlier link.

    Raises PlayerIsPrivate if somebody else linked the player without making it public: nobody proves who
    they are, so whoever keeps a player private first is believed.
    """
    if user_id in private_player_ids(session, except_for=discord_id):
        raise PlayerIsPrivate(user_id)
    session.merge(Link(discord_id=discord_id, user_id=user_id, public=public, linked_at=datetime.now(UTC)))


def linked_player(session: Session, discord_id: int) -> LinkedPlayer | None:
    """Return the player that a Discord user is linked to."""
    row = session.get(Link, discord_id)
    return None if row is None else LinkedPlayer(row.user_id, row.public, row.linked_at)


def unlink(session: Session, discord_id: int) -> bool:
    """Remove the link of a Discord user; tell whether there was one."""
    return bool(session.execute(delete(Link).where(Link.discord_id == discord_id)).rowcount)  # type: ignore[attr-defined]


def private_player_ids(session: Session, *, except_for: int | None = None) -> frozenset[str]:
    """Return the players whom someone other than `except_for` linked without making it public."""
    private = select(Link.user_id).where(~Link.public)
    if except_for is not None:
        private = private.where(Link.discord_id != except_for)
    return frozenset(session.scalars(private))


def hide_game(session: Session, discord_id: int, game_id: int) -> None:
    """Never suggest a game to this person again."""
    session.merge(HiddenGame(discord_id=discord_id, game_id=game_id, hidden_at=datetime.now(UTC)))


def unhide_game(session: Session, discord_id: int, game_id: int) -> None:
    """Suggest a hidden game to this person again."""
    session.execute(
        delete(HiddenGame).where(HiddenGame.discord_id == discord_id, HiddenGame.game_id == game_id)
    )


def hidden_games(session: Session, discord_id: int) -> frozenset[int]:
    """Return the app ids of the games that a person hid."""
    return frozenset(session.scalars(select(HiddenGame.game_id).where(HiddenGame.discord_id == discord_id)))


def forget(session: Session, discord_id: int) -> Forgotten:
    """Erase everything that names a person; what an admin did stays in the audit, without the name."""
    erased = [
        session.execute(delete(table).where(table.discord_id == discord_id)).rowcount  # type: ignore[attr-defined]
        for table in (Link, HiddenGame)
    ]
    unnamed = session.execute(
        update(AuditLine).where(AuditLine.discord_id == discord_id).values(discord_id=None)
    )
    return Forgotten(erased[0], erased[1], unnamed.rowcount)  # type: ignore[attr-defined]


def server_settings(session: Session, guild_id: int) -> Settings:
    """Return the settings of a server; the defaults where nothing is set."""
    row = session.get(ServerSettings, guild_id)
    if row is None:
        return Settings()
    quiet = {place: tuple(commands) for place, commands in row.quiet.items()}
    return Settings(row.locale, row.report_channel_id, tuple(row.refresh_role_ids), quiet)


def change_server_settings(session: Session, guild_id: int, settings: Settings) -> None:
    """Put the settings of a server in place of the earlier ones."""
    session.merge(
        ServerSettings(
            guild_id=guild_id,
            locale=settings.locale,
            report_channel_id=settings.report_channel_id,
            refresh_role_ids=list(settings.refresh_role_ids),
            quiet={place: list(commands) for place, commands in settings.quiet.items()},
        )
    )


def report_channels(session: Session) -> tuple[int, ...]:
    """Return the channels that want to hear of a failed refresh."""
    rows = session.scalars(select(ServerSettings.report_channel_id).order_by(ServerSettings.guild_id))
    return tuple(channel for channel in rows if channel is not None)


def add_audit_line(
    session: Session, *, discord_id: int | None, action: str, detail: str = "", guild_id: int | None = None
) -> None:
    """Write down what an admin did."""
    session.add(
        AuditLine(
            at=datetime.now(UTC), guild_id=guild_id, discord_id=discord_id, action=action, detail=detail
        )
    )


def audit_lines(session: Session, guild_id: int, limit: int = 10) -> tuple[AuditEntry, ...]:
    """Return the latest actions of a server's admins, newest first."""
    rows = session.scalars(
        select(AuditLine).where(AuditLine.guild_id == guild_id).order_by(AuditLine.id.desc()).limit(limit)
    )
    return tuple(AuditEntry(row.at, row.discord_id, row.action, row.detail) for row in rows)
