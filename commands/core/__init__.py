"""What every command stands on: services, the executor, responses, embeds, privacy and permissions."""
