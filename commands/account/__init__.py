"""`/link`, `/me` and the like: a person's own Steam account or player, and what is stored of them."""

from commands.account.commands import FORGET, KEEP, forget_me, link, me, privacy, unlink
from commands.account.family import AGREE, DECLINE, family
from commands.account.fetching import FETCH
from commands.core.feature import Commands

COMMANDS: Commands = {120: link, 130: me, 132: privacy, 135: family, 150: unlink, 160: forget_me}
BUTTON_IDS = (FORGET, KEEP, FETCH, AGREE, DECLINE)
