"""Choosing the one file of an archive that is meant."""

from collections.abc import Callable, Sequence
from pathlib import PurePosixPath

from ingest.sources.files.unusable import Unusable

# Tells by a name whether a member of an archive may be the file that is meant, where there are several.
IsWanted = Callable[[str], bool]

_MOST_NAMED = 5


def is_content(name: str) -> bool:
    """Return whether a member is one that somebody packed, rather than what a desktop puts beside it."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return bool(parts) and "__MACOSX" not in parts and not parts[-1].startswith(".")


def choose(kind: str, names: Sequence[str], is_wanted: IsWanted | None) -> str:
    """Return the name of the only file, or of the only wanted one, of an archive of this `kind`.

    Raises:
        Unusable: There is none, or one cannot be told from the others.
    """
    if not names:
        raise Unusable(f"is a {kind} archive without a file in it; fetch it again")
    if len(names) == 1:
        return names[0]
    wanted = [name for name in names if is_wanted is not None and is_wanted(PurePosixPath(name).name)]
    if len(wanted) == 1:
        return wanted[0]
    shown = ", ".join(names[:_MOST_NAMED]) + (", …" if len(names) > _MOST_NAMED else "")
    raise Unusable(
        f"is a {kind} archive of several files ({shown}); unpack it and name the folder or one of the files"
    )
