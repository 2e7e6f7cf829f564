"""Whether a database file can be read and written."""

from bot.findings import Finding, Severity
from store import StoreError
from store.database import DatabaseFile
from store.files.health import FileInUse, SoundnessCheck, check_writing


def check_file(part: DatabaseFile, subject: str) -> Finding:
    """Look at the version of a database file, at its pages, and whether it can be written."""
    try:
        with part.reader():
            pass
        SoundnessCheck(part).run()
        check_writing(part)
    except FileInUse as error:
        return Finding(Severity.GOOD, subject, f"{part.file} is sound. {error}")
    except StoreError as error:
        return Finding(Severity.FAILURE, subject, str(error))
    return Finding(Severity.GOOD, subject, f"{part.file} is sound and can be written.")
