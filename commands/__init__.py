"""Slash commands by family. Each resolves its options, asks one query, and shows the answer as a card."""
