"""What ingest raises. Every message is one sentence fit to be shown to a person."""

from store.errors import NextplayError


class IngestError(NextplayError):
    """A run that could not be done, for a reason that a person can act on."""


class SourceError(IngestError):
    """A source is missing, unreadable, damaged, of the wrong role, or changed while it was read."""


class GuardError(IngestError):
    """The sources read well but look so unlike the last good ones that they were not applied."""


class AlreadyRunning(IngestError):
    """Another run holds the lock of the same database."""


class NoLocks(IngestError):
    """The file system offers no locks, without which two runs could go on at once."""


class Cancelled(IngestError):
    """Somebody asked the run to stop; a `Progress` raises it to say so."""
