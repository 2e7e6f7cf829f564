"""`/link`, `/me`, `/unlink` and `/forget-me`: a person's own player and what is stored of them."""

from commands.account.commands import FORGET, KEEP, forget_me, link, me, unlink
from commands.core.feature import Commands

COMMANDS: Commands = {120: link, 130: me, 150: unlink, 160: forget_me}
BUTTON_IDS = (FORGET, KEEP)
