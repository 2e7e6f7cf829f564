"""The bot: command line, settings, Discord client, refreshes and telemetry."""
