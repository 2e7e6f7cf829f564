"""`/wishlist`: what of a person's Steam wishlist is on sale now."""

from commands.core.feature import Commands
from commands.wishlist.commands import wishlist

COMMANDS: Commands = {25: wishlist}
