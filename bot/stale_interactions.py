"""Interactions with commands, buttons or menus that the bot no longer has, or has in another form.

Discord shows buttons and forms of an older version, and commands as they were before an update, for a while.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import discord
from discord import app_commands
from discord.enums import AppCommandOptionType

from commands.core.replies.replies import reply
from commands.core.request.context import Context
from commands.core.services.services import Interaction
from localization.markdown import Markdown

# The JSON types of an option's value. For all other options it is the id of an object in the payload.
_VALUES: Final[Mapping[AppCommandOptionType, tuple[type, ...]]] = {
    AppCommandOptionType.string: (str,),
    AppCommandOptionType.integer: (int,),
    AppCommandOptionType.boolean: (bool,),
    AppCommandOptionType.number: (int, float),
}
_RESOLVED: Final[Mapping[AppCommandOptionType, tuple[str, ...]]] = {
    AppCommandOptionType.user: ("users",),
    AppCommandOptionType.channel: ("channels",),
    AppCommandOptionType.role: ("roles",),
    AppCommandOptionType.mentionable: ("users", "roles"),
    AppCommandOptionType.attachment: ("attachments",),
}
# The types of options that are commands of a group, or groups themselves.
_GROUPS: Final = (1, 2)
# Where an interaction's extras note that something answers it.
_CLAIMED: Final = "claimed"
_PRESSED: Final = (discord.InteractionType.component, discord.InteractionType.modal_submit)


class Unresolved(app_commands.AppCommandError):
    """Discord names somebody or something only by an id, as of a person who has left."""


def require_options_fit(interaction: Interaction) -> None:
    """Make sure that the options of a command are as it takes them: discord.py hands over whatever comes.

    Raises:
        CommandSignatureMismatch: One is not, as where the command was another before an update.
        Unresolved: One names somebody or something of which Discord tells nothing.
    """
    command = interaction.command
    if not isinstance(command, app_commands.Command):
        return
    data: Any = interaction.data
    parameters = {parameter.display_name: parameter for parameter in command.parameters}
    for option in _options(data):
        parameter = parameters.get(option.get("name", ""))
        if parameter is None:
            continue
        if not _fits(option, parameter):
            raise app_commands.CommandSignatureMismatch(command)
        if not _is_resolved(option["value"], parameter, data.get("resolved", {})):
            raise Unresolved(f"/{command.qualified_name} {parameter.display_name}")


def _options(data: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """Return the options of a command, which are below those of its groups."""
    options: Sequence[Mapping[str, Any]] = data.get("options", [])
    while options and options[0].get("type") in _GROUPS:
        options = options[0].get("options", [])
    return options


def _fits(option: Mapping[str, Any], parameter: app_commands.Parameter) -> bool:
    value, kinds = option.get("value"), _VALUES.get(parameter.type, (str,))
    # To Python, true is a number.
    is_of_kind = isinstance(value, kinds) and isinstance(value, bool) is (bool in kinds)
    return option.get("type") == parameter.type.value and is_of_kind and _is_allowed(value, parameter)


def _is_allowed(value: Any, parameter: app_commands.Parameter) -> bool:
    if parameter.choices:
        return any(choice.value == value for choice in parameter.choices)
    least, most = parameter.min_value, parameter.max_value
    size = len(value) if isinstance(value, str) else value
    return (least is None or size >= least) and (most is None or size <= most)


def _is_resolved(
    value: str, parameter: app_commands.Parameter, resolved: Mapping[str, Mapping[str, Any]]
) -> bool:
    parts = _RESOLVED.get(parameter.type)
    return parts is None or any(value in resolved.get(part, {}) for part in parts)


def claim(interaction: Interaction) -> None:
    """Note that something answers a press."""
    interaction.extras[_CLAIMED] = True


async def answer_unclaimed(interaction: Interaction) -> None:
    """Tell the person that the button, menu or form is unknown to the bot, if nothing has answered its use.

    discord.py starts whatever answers a press before it tells of the press itself, and leaves alone what it
    knows nothing of.
    """
    is_claimed = _CLAIMED in interaction.extras or interaction.response.is_done()
    if interaction.type not in _PRESSED or is_claimed or not await interaction.client.begin(interaction):
        return
    ctx = await Context.load(interaction)
    ctx.response.is_apart = True
    try:
        await reply(ctx, _unknown(ctx), ephemeral=True)
    except Exception as error:
        await interaction.client.handle_error(interaction, error)


def _unknown(ctx: Context) -> Markdown:
    if ctx.interaction.type is discord.InteractionType.modal_submit:
        return ctx.translations.gettext("This form is no longer open; open it again.")
    return ctx.translations.gettext("These buttons are switched off; ask again to get new ones.")
