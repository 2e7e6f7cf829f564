"""What `nextplay doctor` finds of a store that is published elsewhere."""

from collections.abc import Iterator

from bot.findings import Finding, Severity
from bot.published.store import PublishedStore
from bot.settings import Settings
from store import StoreError
from store.files.health import SoundnessCheck
from store.publication.check import require_answers
from store.publication.destination import without_secrets


def check_published(settings: Settings) -> Iterator[Finding]:
    """Look at the store that serves, down to its pages and its answers, and at how the last look ended."""
    assert settings.store is not None
    store = PublishedStore(settings.database)
    try:
        yield _check_serving(store)
        yield _check_look(store, without_secrets(settings.store), settings.store_look_minutes)
    finally:
        store.close()


def _check_serving(store: PublishedStore) -> Finding:
    subject = "store"
    file = next(iter(store.files), None)
    serving = store.serving
    if serving is None or file is None:
        return Finding(
            Severity.FAILURE, subject, "No published store serves yet; fetch one with `nextplay refresh`."
        )
    try:
        SoundnessCheck(file).run()
        require_answers(store, serving)
    except StoreError as error:
        return Finding(Severity.FAILURE, subject, str(error))
    text = f"The store published at {serving.published_at:%Y-%m-%d %H:%M %Z} is sound and answers."
    newest = store.folder.kept()[0]
    if newest != serving:
        return Finding(Severity.WARNING, subject, f"{text} The one after it does not open.")
    return Finding(Severity.GOOD, subject, text)


def _check_look(store: PublishedStore, address: str, minutes: int) -> Finding:
    subject = "last look"
    look = store.folder.last_look()
    if look is None:
        return Finding(
            Severity.WARNING,
            subject,
            f"{address} has not been asked yet; `nextplay run` does it at once.",
        )
    text = f"{look.at.astimezone():%Y-%m-%d %H:%M %Z}, {address}"
    if look.problem is not None:
        return Finding(Severity.WARNING, subject, f"{text}: {look.problem} The store before it serves.")
    return Finding(Severity.GOOD, subject, f"{text}; every {minutes} minutes while `nextplay run` serves.")
