"""Suggested games: the questions that they answer, and the buttons under them."""
