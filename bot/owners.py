"""Who owns the bot, as Discord has it."""

import discord

# A developer may reset the token, and so is in charge of the bot anyway; "read only" is none of these.
_IN_CHARGE = (discord.TeamMemberRole.admin, discord.TeamMemberRole.developer)


def owners_of(application: discord.AppInfo) -> frozenset[int]:
    """Return the Discord ids of those in charge of an application.

    These are its owner, or of a team the owner and the admins and developers who have accepted; see "Team
    Member Roles" in Discord's documentation of teams.
    """
    team = application.team
    if team is None:
        return frozenset({application.owner.id})
    members = (
        member.id
        for member in team.members
        if member.role in _IN_CHARGE and member.membership_state is discord.TeamMembershipState.accepted
    )
    owner = () if team.owner_id is None else (team.owner_id,)
    return frozenset({*owner, *members})
