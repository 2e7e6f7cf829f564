"""Judging the tone of many texts in helper processes while other work goes on."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import cache
from hashlib import blake2b
from itertools import islice
from multiprocessing import current_process, get_context
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from ingest.errors import IngestError
from ingest.runtime.exit_with_parent import exit_with_parent
from ingest.score.tone import Tone
from store.runs import Progress, Stage

if TYPE_CHECKING:
    from ingest.score.judge import Judge

# A text, and its language as its source says it.
Text = tuple[str, str | None]

_TEXTS_PER_TASK = 1_000
# Starting a process that has to import NLTK takes as long as scoring a few thousand texts.
_TEXTS_WORTH_A_PROCESS = 4_000


def text_digest(text: str, language: str | None = None) -> bytes:
    """Return the key under which the tone of a text is known, whose source says its language or does not."""
    said = "" if language is None else f"\0{language}"
    return blake2b(f"{text}{said}".encode(), digest_size=16).digest()


def _has_main_to_import() -> bool:
    """Return whether a new process can import the program as this one did, unlike one on standard input."""
    main = sys.modules["__main__"]
    file = getattr(main, "__file__", None)
    return getattr(main, "__spec__", None) is not None or file is None or Path(file).is_file()


class Scorer:
    """Judges texts; use it as a context manager, `add` each text and `finish` once.

    `known` are the tones of texts that need no judging again, by `text_digest`.
    """

    def __init__(self, known: Mapping[bytes, Tone], processes: int) -> None:
        self._known = known
        self._processes = processes
        self._has_helpers = self._may_start_processes()
        self._pool: ProcessPoolExecutor | None = None
        self._tasks: list[tuple[list[bytes], Future[list[Tone]]]] = []
        self._digests: list[bytes] = []
        self._met: set[bytes] = set()
        self._waiting: dict[bytes, Text] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop()

    def _stop(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def add(self, text: str, language: str | None = None) -> None:
        """Add a text: each is judged once, and none whose tone is known.

        Once there are enough to be worth another process, that judges them while others are added.

        Args:
            text: As it was written.
            language: The ISO 639-1 code where the source says it.

        Raises:
            IngestError: If a process died.
        """
        digest = text_digest(text, language)
        self._digests.append(digest)
        if digest in self._met or digest in self._known:
            return
        self._met.add(digest)
        self._waiting[digest] = (text, language)
        enough = _TEXTS_WORTH_A_PROCESS if self._pool is None else _TEXTS_PER_TASK
        if self._has_helpers and len(self._waiting) >= enough:
            self._hand_over()

    def _hand_over(self) -> None:
        """Have helpers judge the texts that wait."""
        if self._pool is None:
            # Forking would copy whatever threads the caller runs in the middle of what they do.
            self._pool = ProcessPoolExecutor(
                self._processes - 1, mp_context=get_context("spawn"), initializer=exit_with_parent
            )
        with _death_explained():
            for digests, texts in self._chunks():
                self._tasks.append((digests, self._pool.submit(score_all, texts)))

    def _chunks(self) -> Iterator[tuple[list[bytes], list[Text]]]:
        """Yield the texts that wait, with their digests, as many as make a task at a time."""
        waiting, self._waiting = iter(self._waiting.items()), {}
        while some := list(islice(waiting, _TEXTS_PER_TASK)):
            yield [digest for digest, _text in some], [text for _digest, text in some]

    def _may_start_processes(self) -> bool:
        return self._processes > 1 and not current_process().daemon and _has_main_to_import()

    def finish(self, progress: Progress) -> list[Tone]:
        """Judge what is left, wait for the tones and return them in the order in which texts were added.

        The helpers and what they were told are gone then.

        Raises:
            IngestError: If a process died.
        """
        self.hand_over_rest()
        judged: dict[bytes, Tone] = {}
        progress.start(Stage.SCORING_REVIEWS, len(self._met), "rows")
        for digests, tones in self._results():
            judged.update(zip(digests, tones, strict=True))
            progress.advance(len(digests))
        progress.finish()
        tones = [judged.get(digest) or self._known[digest] for digest in self._digests]
        self._known, self._met, self._digests, self._tasks = {}, set(), [], []
        self._stop()
        return tones

    @property
    def has_helpers_at_work(self) -> bool:
        """Whether other processes judge the texts, and this one nothing."""
        return self._pool is not None

    def hand_over_rest(self) -> None:
        """Let the helpers, if there are any, have what waits: nothing is added for a while."""
        if self._pool is not None:
            self._hand_over()

    def _results(self) -> Iterator[tuple[list[bytes], list[Tone]]]:
        """Yield the tones of each task, and of what was not worth a helper."""
        for digests, task in self._tasks:
            with _death_explained():
                tones = task.result()
            yield digests, tones
        for digests, texts in self._chunks():
            yield digests, score_all(texts)


@contextmanager
def _death_explained() -> Iterator[None]:
    try:
        yield
    except BrokenProcessPool:
        raise IngestError(
            "A process that scores reviews was stopped, perhaps for want of memory; start again."
        ) from None


@cache
def _judge() -> "Judge":
    # NLTK takes a second and many megabytes to import, so only the process that scores does it.
    from ingest.score.judge import Judge
    from ingest.score.vader import Vader

    return Judge(Vader())


def score_all(texts: Sequence[Text]) -> list[Tone]:
    """Return the tone of each text."""
    judge = _judge()
    return [judge.tone(text, language) for text, language in texts]
