"""Steam itself as a source: what its services have said so far, a part of it renewed by every run."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select

from ingest.clean.rows import CleanGame, CleanReview, LibraryColumns
from ingest.errors import SourceError
from ingest.rejects import Refusal
from ingest.sources.download.folder import client_of
from ingest.sources.download.logs import secrets_kept_from_logs
from ingest.sources.download.settings import Clock, SystemClock
from ingest.sources.source import InputRead, InputRecord, InputState, Kind, SourceRecord
from ingest.sources.steam.clean_review import author_libraries, clean_review
from ingest.sources.steam.client import SteamDataClient
from ingest.sources.steam.differences import Differences
from ingest.sources.steam.exchange import LIMITS, Exchange
from ingest.sources.steam.fetch_details import fetch_details
from ingest.sources.steam.fetch_items import fetch_items
from ingest.sources.steam.fetch_players import fetch_players, kept_counts, with_players
from ingest.sources.steam.fetch_reviews import fetch_reviews
from ingest.sources.steam.fetch_titles import fetch_titles
from ingest.sources.steam.fetching import Fetching
from ingest.sources.steam.interruptions import BudgetSpent, HostGivenUp, Interruption
from ingest.sources.steam.kept import KeptFile
from ingest.sources.steam.kept.apps import counts
from ingest.sources.steam.kept.clock import correct_moments
from ingest.sources.steam.kept.limits import CallLimits
from ingest.sources.steam.kept.marks import GAMES_STATE, REVIEWS_STATE, mark
from ingest.sources.steam.kept.models import AppPage, KeptReview
from ingest.sources.steam.list_apps import list_apps
from ingest.sources.steam.pages import PageKeeper, RowReader
from ingest.sources.steam.read_names import known_words, read_names
from ingest.sources.steam.settings import SteamSettings
from store.runs import Progress, RefusedUnit, Stage

_LABEL = "Steam"
_ROWS_AT_ONCE = 5_000
# Raised whenever `games`, `reviews` or `libraries` would yield something else from the same kept rows.
_RULES_VERSION = 1


@dataclass(frozen=True, slots=True)
class _Part:
    """One of the inputs that the source counts as: its kind, and the mark that tells its state."""

    kind: Kind
    mark: str

    @property
    def name(self) -> str:
        return f"steam {self.kind}"


_PARTS = (
    _Part(Kind.REVIEWS, REVIEWS_STATE),
    _Part(Kind.GAMES, GAMES_STATE),
    _Part(Kind.OWNED_GAMES, REVIEWS_STATE),
)


class SteamSource:
    """Games, reviews and what their authors played, from Steam's own services."""

    def __init__(self, settings: SteamSettings, kept: Path, *, clock: Clock | None = None) -> None:
        """Say how Steam is asked, and where its answers are kept."""
        self._settings = settings
        self._kept = KeptFile(kept)
        self._clock = clock or SystemClock()
        self._differences = Differences()
        self._notes: list[str] = []
        self._unfinished: list[str] = []
        self._read: dict[Kind, int] = {}

    @property
    def is_remote(self) -> bool:
        """True: other machines are asked."""
        return True

    @property
    def is_partial(self) -> bool:
        """Whether the last `fetch` ended before all that was due had come."""
        return bool(self._unfinished)

    @property
    def rules(self) -> Mapping[str, int]:
        """Whether authors count as players with libraries."""
        return {"steam": _RULES_VERSION, "steam_training_rows": int(self._settings.train_on_reviews)}

    @property
    def notes(self) -> Sequence[str]:
        """What was not asked for and why, and how Steam's answers differed from what is expected."""
        notes = list(self._notes)
        if self._unfinished:
            notes.append(
                f"Steam was asked in part: {'; '.join(self._unfinished)}. What came is kept, and the next run"
                f" goes on from there."
            )
        differing = self._differences.sentences()
        if differing:
            notes.append(f"Steam's answers differ from what is expected: {'; '.join(differing)}.")
        return notes

    def fetch(self, progress: Progress) -> None:
        """Ask Steam for what is due, as far as its limits and the day's budget go.

        Raises:
            SourceError: Nothing at all is there, or what is kept cannot be read or written.
        """
        self._kept.prepare()
        with self._kept.alone(), secrets_kept_from_logs(), client_of(LIMITS, "gzip") as client:
            with self._kept.writer() as session:
                correct_moments(session, self._clock.now())
            exchange = Exchange(client, self._settings.hosts, self._settings.key, self._clock)
            limits = CallLimits(self._kept, self._settings, self._clock)
            steam = SteamDataClient(exchange, limits, self._clock, self._differences, self._settings.country)
            fetching = Fetching(
                steam, self._kept, self._settings, self._clock, progress, self._differences, self._notes
            )
            self._take_steps(fetching)
            self._unfinished = fetching.unfinished
        with self._kept.writer() as session:
            known, checked = counts(session)
            pages = session.scalar(select(func.count()).select_from(AppPage)) or 0
        if not pages:
            reason = "; ".join(self._unfinished) or "it lists no games"
            raise SourceError(f"Nothing has come from Steam yet: {reason}; try again later.")
        if checked < known:
            self._notes.append(f"Steam has been asked for {checked:,} of the {known:,} games that it lists.")

    def unchanged(
        self, before: Mapping[str, InputRecord], seen_at: datetime
    ) -> tuple[SourceRecord, ...] | None:
        """Return the records of what is kept if none of it has changed since the last run, else None."""
        records = []
        for part in _PARTS:
            known, state = before.get(part.name), self._state(part)
            if known is None or known.state.sha256 != state.sha256:
                return None
            records.append(SourceRecord(part.name, part.kind, known))
        return tuple(records)

    def games(self, progress: Progress) -> Iterator[CleanGame]:
        """Yield all apps whose pages have come, those that have gone unlisted."""
        progress.start(Stage.READING_GAMES, None, "rows")
        last, reader = -1, RowReader()
        with self._kept.writer() as session:
            players = kept_counts(session)
        while rows := self._pages_after(last):
            for app, clean in rows:
                yield with_players(reader.row(clean), players.get(app))
            last = rows[-1][0]
            self._read[Kind.GAMES] = self._read.get(Kind.GAMES, 0) + len(rows)
            progress.advance(len(rows))
        progress.finish()

    def reviews(self, progress: Progress) -> Iterator[CleanReview]:
        """Yield all reviews that are kept; of two by one author of one game the later counts."""
        progress.start(Stage.READING_REVIEWS, None, "rows")
        self._read[Kind.REVIEWS] = 0
        statement = select(KeptReview).order_by(KeptReview.app, KeptReview.author, KeptReview.updated.desc())
        with self._kept.writer() as session:
            for review in session.scalars(statement.execution_options(yield_per=_ROWS_AT_ONCE)):
                self._read[Kind.REVIEWS] += 1
                yield clean_review(review)
        progress.finish()

    def libraries(self, progress: Progress) -> Iterator[LibraryColumns]:
        """Yield what the authors of reviews played, where the settings allow it."""
        self._read[Kind.OWNED_GAMES] = 0
        if not self._settings.train_on_reviews:
            return
        progress.start(Stage.READING_ITEMS, None, "rows")
        columns = (KeptReview.author, KeptReview.app, KeptReview.minutes, KeptReview.minutes_2weeks)
        with self._kept.writer() as session:
            rows = session.execute(select(*columns).order_by(KeptReview.author, KeptReview.app))
            for part in author_libraries((author, app, total, lately) for author, app, total, lately in rows):
                self._read[Kind.OWNED_GAMES] += len(part.games)
                yield part
        progress.finish()

    def inputs(self) -> tuple[InputRead, ...]:
        """Return what was read, and which values could not be used."""
        wrong = {
            Refusal(RefusedUnit.VALUE, what, field): count
            for said, count in self._differences.counts.items()
            for field, _, what in (said.partition(": "),)
            if what != "unknown field"
        }
        return tuple(
            InputRead(
                part.name,
                part.kind,
                self._settings.hosts.api,
                _LABEL,
                self._state(part),
                self._read[part.kind],
                0,
                (),
                0.0,
                wrong if part.kind is Kind.GAMES else {},
            )
            for part in _PARTS
            if part.kind in self._read
        )

    def _take_steps(self, fetching: Fetching) -> None:
        """Take one step after the other; one that cannot be done leaves the others to be tried."""
        away: set[str] = set()
        first: tuple[Callable[[Fetching], None], ...] = (list_apps, read_names)
        for step in first:
            self._take(fetching, step, away)
        with self._kept.writer() as session:
            words = known_words(session, self._settings.country)
        keeper = PageKeeper(words, self._differences, self._settings.hosts.media)
        while self._cleaned_outdated(keeper):
            pass
        steps: tuple[Callable[[Fetching], None], ...] = (
            lambda fetching: fetch_items(fetching, keeper),
            lambda fetching: fetch_titles(fetching, keeper),
            fetch_reviews,
            lambda fetching: fetch_details(fetching, keeper),
            fetch_players,
        )
        for step in steps:
            self._take(fetching, step, away)

    def _take(self, fetching: Fetching, step: Callable[[Fetching], None], away: set[str]) -> None:
        try:
            step(fetching)
            fetching.progress.finish()
        except HostGivenUp as error:
            if error.host not in away:
                fetching.unfinished.append(str(error))
            away.add(error.host)
        except BudgetSpent as error:
            if str(error) not in fetching.unfinished:
                fetching.unfinished.append(str(error))
        except Interruption as error:
            fetching.unfinished.append(str(error))

    def _cleaned_outdated(self, keeper: PageKeeper) -> int:
        with self._kept.writer() as session:
            return keeper.clean_outdated(session)

    def _pages_after(self, app: int) -> Sequence[tuple[int, bytes]]:
        statement = (
            select(AppPage.app, AppPage.clean)
            .where(AppPage.app > app)
            .order_by(AppPage.app)
            .limit(_ROWS_AT_ONCE)
        )
        with self._kept.writer() as session:
            return [(key, clean) for key, clean in session.execute(statement)]

    def _state(self, part: _Part) -> InputState:
        """Return the state of a part: a token that is another whenever anything in it is."""
        with self._kept.writer() as session:
            token = mark(session, part.mark) or ""
        return InputState(self._kept.file.stat().st_size, 0, token)
