"""Precomputing what queries would otherwise scan the libraries for."""

from ingest.summarize.summarize import clear_summaries, summarize

__all__ = ["clear_summaries", "summarize"]
