"""How much Discord takes of what commands send beside embeds.

Embeds have limits of their own: `commands.core.replies.embeds`.
"""

# https://discord.com/developers/docs/interactions/application-commands#application-command-object
CHOICES = 25
CHOICE_CHARACTERS = 100
# https://discord.com/developers/docs/components/reference
BUTTONS = 25
MENUS = 5
MENU_OPTIONS = 25
MENU_OPTION_CHARACTERS = 100
BUTTON_CHARACTERS = 80
