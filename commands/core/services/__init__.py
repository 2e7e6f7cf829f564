"""What lives as long as the bot's process, and is handed to commands by the client that runs them."""
