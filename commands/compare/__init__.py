"""`/compare`: two games, developers or players side by side."""

from commands.compare.commands import compare
from commands.core.feature import Commands

COMMANDS: Commands = {80: compare}
