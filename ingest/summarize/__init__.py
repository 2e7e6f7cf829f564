"""Precomputing what queries would otherwise scan the libraries for."""

from ingest.summarize.summarize import summarize

__all__ = ["summarize"]
