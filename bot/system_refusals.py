"""What the system refuses to a command: a sentence that says what to do."""

import errno
import sys

from store import NextplayError

# A bot has about thirty files open before anybody asks, and some for each who does.
_LEAST_FILES = 64
_WANTED_FILES = 1024
_TOO_MANY_OPEN = (errno.EMFILE, errno.ENFILE)


class SystemRefusal(NextplayError):
    """The system refuses something that a command cannot do without."""


def sentence_about(error: OSError) -> str:
    """Return the sentence about something that the system refuses."""
    if error.errno in _TOO_MANY_OPEN:
        return (
            "No more files can be opened than are open already; raise how many this process may open, by"
            " `ulimit -n` or LimitNOFILE of systemd."
        )
    what = "Something" if error.filename is None else str(error.filename)
    reason = error.strerror or str(error)
    return f"{what} cannot be used ({reason}); check the path, its rights and the room on its disk."


def allow_open_files() -> None:
    """Let this process open as many files as a bot needs, where the system lets it.

    Raises:
        SystemRefusal: It may open too few.
    """
    if sys.platform == "win32":  # it has no such limit
        return
    import resource  # noqa: PLC0415 - not on Windows

    limit, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _WANTED_FILES if most == resource.RLIM_INFINITY else min(_WANTED_FILES, most)
    if limit != resource.RLIM_INFINITY and limit < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))
        limit = wanted
    if limit != resource.RLIM_INFINITY and limit < _LEAST_FILES:
        raise SystemRefusal(
            f"This process may open {limit} files at once, and a bot needs {_LEAST_FILES}; raise that by"
            " `ulimit -n` or LimitNOFILE of systemd."
        )
