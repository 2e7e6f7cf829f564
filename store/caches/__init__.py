"""Caches of answers: of one reading session, and of all readers of a store."""
