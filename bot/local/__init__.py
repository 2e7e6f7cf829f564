"""The bot on the playground's Discord: the demo, its prompt, single questions."""
