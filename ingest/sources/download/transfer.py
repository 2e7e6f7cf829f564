"""Bringing one file into a folder, over as many tries as it takes."""

from tenacity import RetryCallState, Retrying, retry_if_exception_type

from ingest.sources.download import verify
from ingest.sources.download.addresses import RemoteFile, remembered
from ingest.sources.download.errors import Setback, failed, not_saved
from ingest.sources.download.exchange import Answer, Host, continued_from
from ingest.sources.download.pace import Pace
from ingest.sources.download.part import Part
from ingest.sources.download.report import DownloadedFile, DownloadStatus
from ingest.sources.download.state import CompleteFile, FolderState, Version
from store.files.atomic_replace import is_disk_full, replace
from store.runs import Progress


class Transfer:
    """The download of one file from a host into the folder of `state`."""

    def __init__(self, remote: RemoteFile, state: FolderState, host: Host, progress: Progress) -> None:
        self._remote = remote
        self._state = state
        self._host = host
        self._progress = progress
        self._target = state.folder / remote.name
        self._address = remembered(remote.url)
        self._part = Part(self._target, self._address, state)
        self._pace = Pace(remote.url, host.settings)
        self._is_resumed = False

    def run(self) -> DownloadedFile:
        """Return the file once it is in place under its name, complete and checked.

        Raises DownloadError. What had arrived by then stays for the next run, unless it proved wrong or fills
        the disk.
        """
        try:
            at_hand = self._at_hand()
            if at_hand is not None and self._remote.sha256 is not None:
                return self._unchanged(at_hand)
            return self._try_on(at_hand)
        except OSError as error:
            if is_disk_full(error):
                self._part.discard()
            raise not_saved(self._remote.name, self._state.folder, error) from error

    def _at_hand(self) -> CompleteFile | None:
        """Return the complete file if it is there: from the same address, or with the known checksum."""
        known = self._state.whole(self._target)
        wanted = self._remote.sha256
        if wanted is None:
            return known if known is not None and known.version.url == self._address else None
        if known is None and self._target.is_file():
            version = Version(self._address)
            known = self._state.remember_complete(self._target, version, verify.sha256_of(self._target))
        return known if known is not None and known.sha256 == wanted else None

    def _try_on(self, at_hand: CompleteFile | None) -> DownloadedFile:
        """Try until the file is there or too many tries in a row have brought nothing new."""
        futile = _FutileTries(self._part)
        retrying = Retrying(
            retry=retry_if_exception_type(Setback),
            after=futile.count,
            stop=lambda _state: futile.tries >= self._host.settings.attempts,
            wait=lambda state: self._host.seconds_to_wait(_setback(state), futile.tries),
            sleep=self._host.clock.sleep,
            reraise=True,
        )
        try:
            return retrying(self._try_once, at_hand)
        except Setback as setback:
            outlook = "to go on from there" if self._part.size else "or check the address"
            raise failed(
                self._remote.url,
                f"{setback} ({futile.tries} tries brought nothing new); try again later {outlook}",
            ) from setback

    def _try_once(self, at_hand: CompleteFile | None) -> DownloadedFile:
        self._pace.require_time()
        if self._part.is_complete:
            self._is_resumed = True  # an earlier run was stopped just before it could finish
            return self._finish(at_hand)
        headers = self._headers_to_continue()
        is_continuing = bool(headers)
        if not is_continuing:
            self._part.discard()
            headers = at_hand.version.unless_unchanged if at_hand is not None else {}
        with self._host.answer(self._remote.url, headers) as answer:
            if answer.status == 304 and at_hand is not None and not is_continuing:
                return self._unchanged(at_hand)
            if answer.status == 206 and is_continuing:
                self._require_continuation(answer)
                self._is_resumed = True
            elif answer.status == 200:
                self._require_plain(answer)
                self._is_resumed = False
                self._part.begin(Version.of(self._address, answer.headers))
            else:
                self._part.discard()
                raise Setback(f"{answer.host} answers {answer.status} where that makes no sense")
            self._save(answer)
        return self._finish(at_hand)

    def _headers_to_continue(self) -> dict[str, str]:
        """Return what asks for the rest of the part; nothing if there is no part to rely on."""
        version, size = self._part.version, self._part.size
        if version is None or not size:
            return {}
        if version.if_range is not None:
            return {"Range": f"bytes={size}-", "If-Range": version.if_range}
        # Without a validator only a checksum can tell whether the rest belongs to the part.
        return {"Range": f"bytes={size}-"} if self._remote.sha256 else {}

    def _require_continuation(self, answer: Answer) -> None:
        first, total = continued_from(answer.headers)
        known = self._part.version
        etag = answer.headers.get("etag")
        is_same = known is not None and (
            total in (None, known.total or total) and etag in (None, known.etag or etag)
        )
        if first != self._part.size or not is_same:
            self._part.discard()
            raise Setback(f"{answer.host} continues another file than it began")

    def _require_plain(self, answer: Answer) -> None:
        coding = answer.headers.get("content-encoding", "identity")
        # Many hosts call a .gz file "encoded"; its bytes are the file all the same.
        if coding != "identity" and not self._remote.name.endswith(".gz"):
            raise failed(
                self._remote.url,
                f"{answer.host} sends it packed ({coding}) without being asked to;"
                f" use the address of a .gz file",
            )

    def _save(self, answer: Answer) -> None:
        size = self._part.size
        total = self._part.version.total if self._part.version is not None else None
        self._require_size(total or size)
        self._progress.start(f"Downloading {self._remote.name}", total, "bytes")
        try:
            self._progress.advance(size)
            with self._part.open() as file:
                for chunk in answer.body(self._host.settings.read_seconds):
                    size += len(chunk)
                    self._require_size(size)
                    self._pace.count(len(chunk), answer.host)
                    file.write(chunk)
                    self._progress.advance(len(chunk))
        finally:
            self._progress.finish()
        if total is not None and size != total:
            if size > total:
                self._part.discard()
            raise Setback(f"{answer.host} announced {total} bytes and sent {size}")

    def _require_size(self, size: int) -> None:
        limit = self._host.settings.max_bytes
        if size > limit:
            self._part.discard()
            raise failed(
                self._remote.url,
                f"it is larger than the limit of {limit} bytes; check the address or raise the limit",
            )

    def _finish(self, at_hand: CompleteFile | None) -> DownloadedFile:
        sha256 = verify.sha256_of(self._part.path)
        self._require_right(sha256)
        version = self._part.version or Version(self._address)
        if at_hand is not None and at_hand.sha256 == sha256:
            # The same bytes again: the file keeps its time, by which a refresh knows that nothing changed.
            self._part.discard()
            return self._unchanged(self._state.remember_complete(self._target, version, sha256))
        replace(self._part.path, self._target)
        whole = self._state.remember_complete(self._target, version, sha256)
        status = DownloadStatus.RESUMED if self._is_resumed else DownloadStatus.FETCHED
        return DownloadedFile(self._target, whole.size, sha256, status)

    def _require_right(self, sha256: str) -> None:
        wanted = self._remote.sha256
        if wanted is None:
            wrong = verify.what_is_wrong(self._part.path, self._remote.name)
        else:
            wrong = None if sha256 == wanted else f"its checksum is {sha256[:12]}… and not {wanted[:12]}…"
        if wrong is None:
            return
        self._part.discard()
        if self._is_resumed:
            raise Setback(f"the parts of the file do not fit together ({wrong})")
        raise failed(
            self._remote.url,
            f"what arrived was removed because {wrong}; check the address or try again later",
        )

    def _unchanged(self, whole: CompleteFile) -> DownloadedFile:
        return DownloadedFile(self._target, whole.size, whole.sha256, DownloadStatus.UNCHANGED)


class _FutileTries:
    """Counts consecutive attempts that received nothing new."""

    def __init__(self, part: Part) -> None:
        self._part = part
        self._furthest = part.size
        self.tries = 0

    def count(self, _state: RetryCallState) -> None:
        """Count the try that has just failed."""
        size = self._part.size
        self.tries = 0 if size > self._furthest else self.tries + 1
        self._furthest = max(self._furthest, size)


def _setback(state: RetryCallState) -> Setback:
    error = state.outcome.exception() if state.outcome is not None else None
    assert isinstance(error, Setback), "nothing else is tried again"
    return error
