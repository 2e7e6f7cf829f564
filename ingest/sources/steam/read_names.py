"""Step: learn what the store's numbers stand for: tags, features, the currency of the country."""

from datetime import datetime, timedelta

import msgspec
from sqlalchemy.orm import Session

from ingest.sources.steam.clean_item import StoreWords
from ingest.sources.steam.fetching import Fetching
from ingest.sources.steam.kept.marks import mark, set_mark

_TAGS, _FEATURES, _CURRENCY = "tags", "features", "currency"
_TAGS_HASH, _NAMED_AT = "hash of tags", "names asked for at"
# Names change a few times a year.
_HOURS_BETWEEN = 20
# A display name that Steam has not resolved.
_UNRESOLVED = "#"
_LARGEST = 2**31 - 1


def read_names(fetching: Fetching) -> None:
    """Ask for names and the currency, once a day; what does not come stays as it was.

    Raises:
        Interruption: Not all of them came.
    """
    now, country = fetching.clock.now(), fetching.settings.country
    with fetching.kept.writer() as session:
        if _is_recent(session, now, country):
            return
        known_hash = mark(session, _TAGS_HASH) or ""
    tags = fetching.client.tags(known_hash)
    names = {tag.tagid: tag.name.strip() for tag in tags.tags if _is_number(tag.tagid) and tag.name.strip()}
    with fetching.kept.writer() as session:
        if names:
            _set_names(session, _TAGS, names)
            set_mark(session, _TAGS_HASH, tags.version_hash)
    categories = fetching.client.categories().categories
    features = {
        category.categoryid: category.display_name.strip()
        for category in categories
        if _is_number(category.categoryid)
        and category.display_name.strip()
        and not category.display_name.startswith(_UNRESOLVED)
    }
    currency = fetching.client.currency()
    with fetching.kept.writer() as session:
        if features:
            _set_names(session, _FEATURES, features)
        if currency:
            _set_currency(session, country, currency, now)
        set_mark(session, _NAMED_AT, f"{country} {now.isoformat()}")


def known_words(session: Session, country: str) -> StoreWords:
    """Return what is known of the names; a currency that was asked for another country is not."""
    said_of, currency, since = _currency(session)
    return StoreWords(
        tags=_names(session, _TAGS),
        features=_names(session, _FEATURES),
        currency=currency if said_of == country else "",
        currency_since=since,
    )


def _currency(session: Session) -> tuple[str, str, datetime | None]:
    """Return the country, its currency, and since when these are asked for; None is from the beginning."""
    country, currency, since = [*(mark(session, _CURRENCY) or "").split(" "), "", "", ""][:3]
    return country, currency, datetime.fromisoformat(since) if since else None


def _set_currency(session: Session, country: str, currency: str, now: datetime) -> None:
    """Note the currency; of another country or another one than before, what came until now is not in it."""
    said_of, before, since = _currency(session)
    if said_of and (said_of, before) != (country, currency):
        since = now
    elif since is not None:
        since = min(since, now)  # a moment in the future was written by a clock that was ahead
    words = (country, currency) if since is None else (country, currency, since.isoformat())
    set_mark(session, _CURRENCY, " ".join(words))


def _is_number(number: int) -> bool:
    """Return whether it may be the number of a tag or a feature; a mark with others could not be read."""
    return 0 < number <= _LARGEST


def _is_recent(session: Session, now: datetime, country: str) -> bool:
    said_of, _, moment = (mark(session, _NAMED_AT) or "").partition(" ")
    if said_of != country:
        return False
    # A moment in the future was written by a clock that was ahead.
    return timedelta() <= now - datetime.fromisoformat(moment) < timedelta(hours=_HOURS_BETWEEN)


def _set_names(session: Session, name: str, names: dict[int, str]) -> None:
    set_mark(session, name, msgspec.json.encode(names).decode())


def _names(session: Session, name: str) -> dict[int, str]:
    return msgspec.json.decode(mark(session, name) or "{}", type=dict[int, str])
