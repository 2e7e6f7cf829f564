"""Bots as their owners registered them, and the teams that own them together."""

from dataclasses import dataclass, field

from playground.world.guilds import Guild
from playground.world.users import Json, User


@dataclass(frozen=True, slots=True)
class TeamMember:
    """Somebody of a team, who may not have accepted yet; `role` is "admin", "developer" or "read_only"."""

    user: User
    role: str = "admin"
    accepted: bool = True

    def to_json(self, team: "Team") -> Json:
        """Return the team member object."""
        return {
            "user": self.user.to_json(),
            "team_id": str(team.id),
            "membership_state": 2 if self.accepted else 1,
            "role": self.role,
            "permissions": ["*"],
        }


@dataclass(frozen=True, slots=True)
class Team:
    """Those who own an application together; the owner of the team is one of its members."""

    id: int
    name: str
    owner: User
    members: tuple[TeamMember, ...]

    def to_json(self) -> Json:
        """Return the team object."""
        return {
            "id": str(self.id),
            "name": self.name,
            "icon": None,
            "owner_user_id": str(self.owner.id),
            "members": [member.to_json(self) for member in self.members],
        }

    def as_user(self) -> User:
        """Return the user that Discord names as the owner of the team's applications."""
        return User(self.id, f"team{self.id}")


@dataclass(slots=True, eq=False)
class Application:
    """A bot as its owner registered it; one that a team owns names nobody else."""

    id: int
    name: str
    token: str
    user: User
    owner: User
    privileged_intents: int = 0
    team: Team | None = None
    guilds: dict[int, Guild] = field(default_factory=dict)
    user_installs: set[int] = field(default_factory=set)
    # Ids of commands that a server's admins opened or closed for a role or member, per (guild, command).
    command_overrides: dict[tuple[int, int], dict[int, bool]] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<Application {self.name} id={self.id}>"

    @property
    def reads_content(self) -> bool:
        """Whether it may read messages that are not for it."""
        return bool(self.privileged_intents & 1 << 15)

    @property
    def lists_members(self) -> bool:
        """Whether it may read who is in a guild or thread."""
        return bool(self.privileged_intents & 1 << 1)

    @property
    def flags(self) -> int:
        """Application flags: which privileged intents are switched on (limited: under 100 guilds)."""
        presence, members, content = 1 << 8, 1 << 1, 1 << 15
        flags = 1 << 23
        for intent, flag in ((presence, 1 << 13), (members, 1 << 15), (content, 1 << 19)):
            if self.privileged_intents & intent:
                flags |= flag
        return flags
