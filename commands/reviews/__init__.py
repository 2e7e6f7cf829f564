"""`/reviews` and `/year`."""

from commands.core.feature import Commands
from commands.reviews.commands import reviews, year

COMMANDS: Commands = {100: reviews, 110: year}
