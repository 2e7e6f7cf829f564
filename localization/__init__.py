"""The words that people see: translations, and Discord's Markdown."""
