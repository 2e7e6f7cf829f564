"""Step: ask for review texts of the games that count, what was last written or edited first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from ingest.sources.steam.calls import REVIEWS_A_PAGE
from ingest.sources.steam.fetching import Fetching
from ingest.sources.steam.kept.apps import most_wanted
from ingest.sources.steam.kept.marks import REVIEWS_STATE, touch
from ingest.sources.steam.kept.models import AppState, KeptReview, ReviewMark
from ingest.sources.steam.shapes.reviews import Review, ReviewPage
from store.names.steam_ids import is_steam_id
from store.runs import Stage

_BEGINNING = "*"
# Two hundred texts of a game say what it is like; the counts come with its page.
_PAGES_A_WALK = 2
# All games are walked through again within this many nights, with at least a few of them every night.
_NIGHTS_BETWEEN_WALKS = 21
_LEAST_A_NIGHT = 20
_WALKED_LATELY = timedelta(hours=20)
# At busy hours Steam ends a walk before its end.
_MOST_EARLY_ENDS = 5
_AUTHOR_BYTES = 10
_ID_DIGITS = 17
# Steam has fewer accounts: a count above is a small negative number that wrapped around.
_MOST_PEOPLE = 2_000_000_000
_MOST_MINUTES = 2**31 - 1
_LARGEST = 2**63 - 1
# The year 2100.
_LAST_STAMP = 4_102_444_800


def fetch_reviews(fetching: Fetching) -> None:
    """Walk through the reviews of the games that are due, each down to what was there before.

    Raises:
        Interruption: Not all were walked through; a walk goes on where it stands.
    """
    with fetching.kept.writer() as session:
        due = _due(session, fetching.settings.review_games, fetching.settings.wanted, fetching.clock.now())
    fetching.progress.start(Stage.ASKING_FOR_REVIEWS, len(due), "games")
    for app in due:
        _Walk(fetching, app).go_on()
        fetching.progress.advance(1)


def _due(session: Session, games: int, wanted: Sequence[int], now: datetime) -> list[int]:
    """Return the games to walk through: those under way, those never walked, and some unwalked for long."""
    order = most_wanted(wanted)
    top = (
        select(AppState.app, func.row_number().over(order_by=order).label("place"))
        .where(AppState.is_game, AppState.ratings > 0)
        .order_by(*order)
        .limit(games)
        .subquery()
    )
    joined = select(top.c.app).outerjoin(ReviewMark, ReviewMark.app == top.c.app)
    unfinished = joined.where(or_(ReviewMark.checked_at.is_(None), ReviewMark.cursor != _BEGINNING))
    walked = joined.where(ReviewMark.checked_at < now - _WALKED_LATELY, ReviewMark.cursor == _BEGINNING)
    again = max(_LEAST_A_NIGHT, -(-games // _NIGHTS_BETWEEN_WALKS))
    return [
        *session.scalars(unfinished.order_by(ReviewMark.cursor.is_(None), top.c.place)),
        *session.scalars(walked.order_by(ReviewMark.checked_at, top.c.place).limit(again)),
    ]


@dataclass(frozen=True, slots=True)
class _Kept:
    """What keeping a page came to: how many were new or edited, and whether a known stamp was reached."""

    written: int
    reached_mark: bool


class _Walk:
    """A walk through the reviews of a game, newest first; its place is kept with every page."""

    def __init__(self, fetching: Fetching, app: int) -> None:
        self._fetching = fetching
        self._app = app
        self._key = fetching.kept.author_key
        with fetching.kept.writer() as session:
            self._mark = session.get(ReviewMark, app) or ReviewMark(
                app=app, newest=0, cursor=_BEGINNING, walk_newest=0, pages=0, checked_at=None
            )

    def go_on(self) -> None:
        """Go on until a known review, the end, or as far as a walk goes."""
        early_ends, seen = 0, {self._mark.cursor}
        came, total = 0, None
        while self._mark.pages < _PAGES_A_WALK:
            content = self._fetching.client.reviews(self._app, self._mark.cursor)
            page = self._fetching.differences.read(content, ReviewPage, "GetAppReviews")
            if total is None and page.query_summary:
                total = page.query_summary.total_reviews
            if not page.reviews:
                if not content and self._mark.cursor != _BEGINNING:
                    self._start_over()  # a cursor that Steam no longer takes
                    return
                wanted = min(total or 0, _PAGES_A_WALK * REVIEWS_A_PAGE)
                if came >= wanted - 2 or early_ends == _MOST_EARLY_ENDS:
                    break
                early_ends += 1
                continue
            came += len(page.reviews)
            kept = self._keep(page)
            if kept.reached_mark or not page.cursor or page.cursor in seen:
                break
            seen.add(page.cursor)
        self._end()

    def _keep(self, page: ReviewPage) -> _Kept:
        with self._fetching.kept.writer() as session:
            mark = session.merge(self._mark)
            known = _known(session, page)
            written = sum(self._keep_one(session, review, known) for review in page.reviews)
            stamps = [_stamp(review.timestamp_updated) for review in page.reviews]
            mark.walk_newest = max([mark.walk_newest, *stamps])
            mark.cursor, mark.pages = page.cursor or mark.cursor, mark.pages + 1
            if written:
                touch(session, REVIEWS_STATE)
            self._mark = mark
        return _Kept(written, min(stamps) <= mark.newest)

    def _keep_one(self, session: Session, review: Review, known: dict[int, KeptReview]) -> bool:
        """Keep a review, among the known ones by id; return whether it says anything new."""
        author = review.author
        if author is None or not _is_person(author.steamid) or not _has_id(review):
            self._fetching.differences.note("GetAppReviews.reviews: no author, or no id")
            return False
        row = KeptReview(
            id=review.recommendationid,
            app=self._app,
            author=author_hash(author.steamid, self._key),
            minutes=_minutes(author.playtime_forever),
            minutes_2weeks=_minutes(author.playtime_last_two_weeks),
            language=review.language,
            recommend=review.voted_up,
            created=_stamp(review.timestamp_created),
            updated=_stamp(review.timestamp_updated),
            helpful=self._people(review.votes_up),
            funny=self._people(review.votes_funny),
            text=review.review,
        )
        before = known.get(row.id)
        if before is None:
            session.add(row)
            known[row.id] = row
            return True
        if _values(before) == _values(row):
            return False
        session.merge(row)
        return True

    def _people(self, count: int) -> int:
        if 0 <= count <= _MOST_PEOPLE:
            return count
        self._fetching.differences.note("GetAppReviews.reviews.votes: more people than Steam has")
        return 0

    def _end(self) -> None:
        with self._fetching.kept.writer() as session:
            mark = session.merge(self._mark)
            mark.newest = max(mark.newest, mark.walk_newest)
            mark.cursor, mark.pages, mark.walk_newest = _BEGINNING, 0, 0
            mark.checked_at = self._fetching.clock.now()
            self._mark = mark

    def _start_over(self) -> None:
        """Have the next run walk from the beginning: what this one kept is known then."""
        with self._fetching.kept.writer() as session:
            mark = session.merge(self._mark)
            mark.cursor, mark.pages, mark.walk_newest = _BEGINNING, 0, 0
            self._mark = mark


def _known(session: Session, page: ReviewPage) -> dict[int, KeptReview]:
    """Return by id those of a page's reviews that are kept already."""
    ids = [review.recommendationid for review in page.reviews if _has_id(review)]
    return {kept.id: kept for kept in session.scalars(select(KeptReview).where(KeptReview.id.in_(ids)))}


def _has_id(review: Review) -> bool:
    return 0 < review.recommendationid <= _LARGEST


def _is_person(steam_id: str) -> bool:
    """Return whether a text is a person's id; one such as 0 would make one author of many."""
    return (
        len(steam_id) == _ID_DIGITS
        and steam_id.isascii()
        and steam_id.isdecimal()
        and is_steam_id(int(steam_id))
    )


def author_hash(steam_id: str, key: bytes) -> str:
    """Return the hash that stands for a person, whom nobody can look up by it."""
    return blake2b(steam_id.encode(), key=key, digest_size=_AUTHOR_BYTES).hexdigest()


def _minutes(number: int) -> int:
    return number if 0 <= number <= _MOST_MINUTES else 0


def _stamp(number: int) -> int:
    """Return the seconds since the epoch, 0 for what is not one."""
    return number if 0 <= number <= _LAST_STAMP else 0


def _values(review: KeptReview) -> Mapping[str, Any]:
    return {column.name: getattr(review, column.name) for column in KeptReview.__table__.columns}
