"""Answers as cards: what is said, without a word about how Discord shows it."""

from commands.cards.card import Card, Field

__all__ = ["Card", "Field"]
