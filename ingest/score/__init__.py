"""Scoring review texts with NLTK VADER."""
