"""Judging the tone of many texts, in processes of their own while the items are read."""

import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from hashlib import blake2b
from multiprocessing import current_process, get_context
from pathlib import Path
from types import TracebackType
from typing import Self

from ingest.errors import IngestError
from ingest.runtime.exit_with_parent import exit_with_parent
from ingest.score.tone import Tone
from store.runs import Progress, Stage

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
    """Tell whether a new process can import the program as this one did; not one read from standard input."""
    main = sys.modules["__main__"]
    file = getattr(main, "__file__", None)
    return getattr(main, "__spec__", None) is not None or file is None or Path(file).is_file()


class Scorer:
    """Judges texts; use it as a context manager, `begin` once and `finish` once.

    `known` are the tones of texts that need no judging again, by `text_digest`.
    """

    def __init__(self, known: Mapping[bytes, Tone], processes: int) -> None:
        self._known = known
        self._processes = processes
        self._pool: ProcessPoolExecutor | None = None
        self._tasks: list[tuple[list[bytes], Future[list[Tone]]]] = []
        self._digests: list[bytes] = []
        self._tones: dict[bytes, Tone] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def begin(self, texts: Sequence[Text]) -> None:
        """Start judging: each text once, and none whose tone is known."""
        new: dict[bytes, Text] = {}
        for text in texts:
            digest = text_digest(*text)
            self._digests.append(digest)
            if digest in self._known:
                self._tones[digest] = self._known[digest]
            else:
                new[digest] = text
        digests, left = list(new), list(new.values())
        chunks = [slice(at, at + _TEXTS_PER_TASK) for at in range(0, len(left), _TEXTS_PER_TASK)]
        if self._may_start_processes() and len(left) >= _TEXTS_WORTH_A_PROCESS:
            # Forking would copy whatever threads the caller runs in the middle of what they do.
            self._pool = ProcessPoolExecutor(
                self._processes - 1, mp_context=get_context("spawn"), initializer=exit_with_parent
            )
            for chunk in chunks:
                self._tasks.append((digests[chunk], self._pool.submit(score_all, left[chunk])))
        else:
            for chunk in chunks:
                done: Future[list[Tone]] = Future()
                done.set_result(score_all(left[chunk]))
                self._tasks.append((digests[chunk], done))

    def _may_start_processes(self) -> bool:
        return self._processes > 1 and not current_process().daemon and _has_main_to_import()

    def finish(self, progress: Progress) -> list[Tone]:
        """Wait for the tones and return them in the order of the texts.

        Raises:
            IngestError: If a process died.
        """
        progress.start(Stage.SCORING_REVIEWS, sum(len(digests) for digests, _task in self._tasks), "rows")
        try:
            for digests, task in self._tasks:
                self._tones.update(zip(digests, task.result(), strict=True))
                progress.advance(len(digests))
        except BrokenProcessPool:
            raise IngestError(
                "A process that scores reviews was stopped, perhaps for want of memory; start again."
            ) from None
        progress.finish()
        return [self._tones[digest] for digest in self._digests]


@cache
def _judge():  # type: ignore[no-untyped-def]
    # NLTK takes seconds and 150 MB to import, so only the process that scores does it.
    from ingest.score.judge import Judge  # noqa: PLC0415
    from ingest.score.vader import Vader  # noqa: PLC0415

    return Judge(Vader())


def score_all(texts: Sequence[Text]) -> list[Tone]:
    """Return the tone of each text."""
    judge = _judge()
    return [judge.tone(text, language) for text, language in texts]
