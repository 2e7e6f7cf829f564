"""What whoever runs the bot can set, by the environment or a `.env` file; `docs/settings.md` lists it."""

from bot.settings.environment import SettingsError
from bot.settings.settings import Settings, load_settings, unknown_settings

__all__ = ["Settings", "SettingsError", "load_settings", "unknown_settings"]
