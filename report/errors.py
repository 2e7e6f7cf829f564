"""What keeps a report from being written."""

from store import NextplayError


class ReportError(NextplayError):
    """The report cannot be written; the message is one sentence that says why, and what to do."""
