"""Slash commands, a package a feature. Each resolves its options, runs one query, and shows a card."""
