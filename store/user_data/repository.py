"""What people stored through the bot: hidden games, a server's settings, the audit; and forgetting all of it.

Every function takes a session of `Database.user_data`, a writer's where it changes something.
"""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from sqlalchemy import BigInteger, bindparam, delete, exists, or_, select, update
from sqlalchemy.orm import Session

from store.user_data.erasure import erase, mark_forgotten
from store.user_data.models import (
    Account,
    AuditLine,
    FamilyMember,
    HiddenGame,
    Link,
    PackedOwnLibrary,
    Person,
    ServerSettings,
    StoredTaste,
    UserDataBase,
)

# What the audit calls it when whoever runs the bot ends the links to a player; the detail is the player.
END_LINKS = "end links"
EVERY_CHANNEL = "*"
EVERY_COMMAND = "*"

# Every command reads it.
_SETTINGS = select(
    ServerSettings.locale,
    ServerSettings.report_channel_id,
    ServerSettings.quiet,
    ServerSettings.hides_adult_games,
).where(ServerSettings.guild_id == bindparam("guild_id", type_=BigInteger))


@dataclass(frozen=True, slots=True)
class Settings:
    """A server's settings.

    `quiet` names, by channel id or '*' for every channel, the commands whose replies only the asker sees; '*'
    among them is every command. `hides_adult_games` keeps games for adults out of age-restricted channels
    too.
    """

    locale: str | None = None
    report_channel_id: int | None = None
    quiet: dict[str, tuple[str, ...]] = field(default_factory=dict)
    hides_adult_games: bool = False

    def is_quiet(self, command: str, *channel_ids: int) -> bool:
        """Return whether the replies of a command are only for the asker in a channel.

        `channel_ids` are the channel and what it is in: a thread's channel, a channel's category.
        """
        commands = [self.quiet.get(place, ()) for place in (EVERY_CHANNEL, *map(str, channel_ids))]
        return any(command in named or EVERY_COMMAND in named for named in commands)

    def with_quiet(self, command: str, place: str, *, quiet: bool) -> "Settings":
        """Return the settings with a command that is, or is not, quiet in a place."""
        commands = {*self.quiet.get(place, ())} - {command} | ({command} if quiet else set())
        places = self.quiet | {place: tuple(sorted(commands))}
        return replace(self, quiet={where: named for where, named in places.items() if named})


@dataclass(frozen=True, slots=True)
class ReportChannel:
    """Where a server wants to hear of a failed refresh; `locale` is the language it set, if any."""

    guild_id: int
    channel_id: int
    locale: str | None


@dataclass(frozen=True, slots=True)
class HiddenSince:
    """A game that a person hid, by its app id, and when."""

    game_id: int
    hidden_at: datetime


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was erased of a person; `family` is with how many people games were shared."""

    links: int
    hidden_games: int
    audit_lines: int
    accounts: int = 0
    libraries: int = 0
    family: int = 0
    tastes: int = 0


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """An action of an admin.

    Attributes:
        at: When.
        discord_id: Who; None once that person is forgotten, and of whoever runs the bot.
        action: Its name.
        detail: What it changed.
        is_by_operator: Whether whoever runs the bot did it on the machine.
    """

    at: datetime
    discord_id: int | None
    action: str
    detail: str
    is_by_operator: bool = False


def hide_game(session: Session, discord_id: int, game_id: int) -> None:
    """Never suggest a game to this person again."""
    session.merge(HiddenGame(discord_id=discord_id, game_id=game_id, hidden_at=datetime.now(UTC)))


def unhide_game(session: Session, discord_id: int, game_id: int) -> None:
    """Suggest a hidden game to this person again."""
    erase(
        session, delete(HiddenGame).where(HiddenGame.discord_id == discord_id, HiddenGame.game_id == game_id)
    )


def hidden_games(session: Session, discord_id: int) -> frozenset[int]:
    """Return the app ids of the games that a person hid."""
    return frozenset(session.scalars(select(HiddenGame.game_id).where(HiddenGame.discord_id == discord_id)))


def hidden_since(session: Session, discord_id: int) -> tuple[HiddenSince, ...]:
    """Return the games that a person hid, and when, newest first."""
    rows = session.scalars(
        select(HiddenGame)
        .where(HiddenGame.discord_id == discord_id)
        .order_by(HiddenGame.hidden_at.desc(), HiddenGame.game_id)
    )
    return tuple(HiddenSince(row.game_id, row.hidden_at) for row in rows)


def forget(session: Session, discord_id: int) -> Forgotten:
    """Erase everything that names a person; what an admin did stays in the audit, without the name."""
    mark_forgotten(session, discord_id)

    def erase_own(table: type[Link | HiddenGame | Account | PackedOwnLibrary | StoredTaste | Person]) -> int:
        return erase(session, delete(table).where(table.discord_id == discord_id))

    in_family = or_(FamilyMember.discord_id == discord_id, FamilyMember.member_id == discord_id)
    unnamed = update(AuditLine).where(AuditLine.discord_id == discord_id).values(discord_id=None)
    forgotten = Forgotten(
        links=erase_own(Link),
        hidden_games=erase_own(HiddenGame),
        audit_lines=erase(session, unnamed),
        accounts=erase_own(Account),
        libraries=erase_own(PackedOwnLibrary),
        family=erase(session, delete(FamilyMember).where(in_family)),
        tastes=erase_own(StoredTaste),
    )
    erase_own(Person)
    return forgotten


def server_settings(session: Session, guild_id: int) -> Settings:
    """Return the settings of a server; the defaults where nothing is set."""
    row = session.execute(_SETTINGS, {"guild_id": guild_id}).one_or_none()
    if row is None:
        return Settings()
    quiet = {place: tuple(commands) for place, commands in row.quiet.items()}
    return Settings(row.locale, row.report_channel_id, quiet, row.hides_adult_games)


def change_server_settings(session: Session, guild_id: int, settings: Settings) -> None:
    """Put the settings of a server in place of the earlier ones."""
    session.merge(
        ServerSettings(
            guild_id=guild_id,
            locale=settings.locale,
            report_channel_id=settings.report_channel_id,
            quiet={place: list(commands) for place, commands in settings.quiet.items()},
            hides_adult_games=settings.hides_adult_games,
        )
    )


def report_channels(session: Session) -> tuple[ReportChannel, ...]:
    """Return the channels that want to hear of a failed refresh."""
    rows = session.execute(
        select(ServerSettings.guild_id, ServerSettings.report_channel_id, ServerSettings.locale)
        .where(ServerSettings.report_channel_id.is_not(None))
        .order_by(ServerSettings.guild_id)
    )
    return tuple(ReportChannel(guild, channel, locale) for guild, channel, locale in rows if channel)


def add_audit_line(
    session: Session, *, discord_id: int | None, action: str, detail: str = "", guild_id: int | None = None
) -> None:
    """Write down what an admin did."""
    session.add(
        AuditLine(
            at=datetime.now(UTC), guild_id=guild_id, discord_id=discord_id, action=action, detail=detail
        )
    )


def audit_lines(
    session: Session, guild_id: int, limit: int = 10, *, with_operators: bool = False
) -> tuple[AuditEntry, ...]:
    """Return the latest actions of a server's admins, and of whoever runs the bot if asked; newest first."""
    of_server = AuditLine.guild_id == guild_id
    rows = session.scalars(
        select(AuditLine)
        .where(or_(of_server, AuditLine.guild_id.is_(None)) if with_operators else of_server)
        .order_by(AuditLine.id.desc())
        .limit(limit)
    )
    return tuple(
        AuditEntry(row.at, row.discord_id, row.action, row.detail, row.guild_id is None) for row in rows
    )


def is_in_use(session: Session) -> bool:
    """Return whether anything is stored about anybody."""
    tables = UserDataBase.metadata.sorted_tables
    kept = (table for table in tables if "discord_id" in table.columns)
    return any(session.scalar(select(exists().select_from(table))) for table in kept)
