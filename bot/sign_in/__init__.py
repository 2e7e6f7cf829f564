"""Signing in through Steam: pages that the bot's own process serves behind the admin's proxy."""
