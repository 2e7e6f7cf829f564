"""Steam's oddities by name.

A steady mood is what Steam always does and is on from the start; any other is on only where somebody
switches it on. `docs/local-steam.md` has them as a table.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Self

_INFERRED = "inferred, on no record"
_RECORDED = "recorded calls, 2026"
_RECORDED_AUGUST = "recorded calls, Aug 2026"
_GUARDED = "guarded against by open clients"
_HOLE = "holes found in open sign-ins"
_VALVE = "Valve's documentation"
_OPENID = "OpenID 2.0"
_PROTOCOL = "Valve's protocol files"
_STORE_PAGES = "recorded at the store's pages"


@dataclass(frozen=True, slots=True)
class Oddity:
    """Something about Steam that a client has to live with.

    Attributes:
        what: what Steam does then.
        source: where that is known from.
        steady: whether Steam is always so.
        times: how many calls it lasts where nothing else is said; None for until it is switched off.
        seconds: how long it lasts from its first call on, on the world's clock; 0 for no such end.
    """

    what: str
    source: str
    steady: bool = False
    times: int | None = None
    seconds: int = 0


class Mood(Enum):
    """The oddities; the value says what each is and where it is known from."""

    @property
    def word(self) -> str:
        """Its name as commands and addresses take it, e.g. too-many."""
        return self.name.lower().replace("_", "-")

    @classmethod
    def named(cls, word: str) -> Self:
        """Return the mood of a name.

        Raises:
            KeyError: if there is none.
        """
        return cls[word.upper().replace("-", "_")]

    # Any call.
    KEY_MISSING = Oddity(
        "Methods with a key answer 403 without one and 401 for a wrong one, as a page of HTML.",
        "recorded calls, Aug and Sep 2026",
        steady=True,
    )
    WRONG_KEY_SILENT = Oddity(
        "Methods without a key answer 200 and 15 empty bytes to a wrong one.", _RECORDED_AUGUST, steady=True
    )
    POST_REFUSED = Oddity("A POST is answered 405.", _RECORDED, steady=True)
    LONG_URL_REFUSED = Oddity(
        "An address of more than 8 KB is answered 400, as a page of HTML.",
        "issues of open clients",
        steady=True,
    )
    TOO_MANY = Oddity("429 without `Retry-After`.", _INFERRED, times=1)
    TOO_MANY_RETRY_AFTER = Oddity("429 with `Retry-After`, in seconds.", _INFERRED, times=1)
    TOO_MANY_NULL = Oddity("429 whose body is `null`.", _STORE_PAGES, times=1)
    TOO_MANY_ANSWERED = Oddity("429 with the right answer as its body.", _STORE_PAGES, times=1)
    REFUSED_FOR_MINUTES = Oddity(
        "403 to every call, for minutes.",
        "what follows 429 at the store's pages",
        seconds=300,
    )
    SERVER_ERROR = Oddity("500, as a page of HTML.", _VALVE, times=1)
    UNAVAILABLE = Oddity("503, as a page of HTML.", _VALVE, times=1)
    EMPTY_RESULT_BUSY = Oddity(
        "200 with an empty answer, and `x-eresult: 10` as the only sign of trouble.", _RECORDED, times=1
    )
    CUT_OFF_BODY = Oddity("The connection ends in the middle of the body.", _GUARDED, times=1)
    SLOW_BODY = Oddity("The second half of the body comes late.", _GUARDED, times=1)

    # The list of apps, tags.
    LAST_PAGE_BARE = Oddity(
        "The last page of the list has neither `have_more_results` nor `last_appid`.",
        "a stored page, May 2021",
        steady=True,
    )
    FIRST_LIST_EMPTY = Oddity(
        "The first page of the list is empty; asked again, it is right.", _GUARDED, times=1
    )
    DUPLICATE_PAGE = Oddity("A page after the first brings the page before it once more.", _GUARDED, times=1)
    UNCHANGED_TAGS_EMPTY = Oddity(
        "Tags that have the hash the client has come as an empty list.", _RECORDED_AUGUST, steady=True
    )

    # Facts of games.
    COUNTRY_NEEDED = Oddity(
        "Without `country_code` the answer is empty, with `x-eresult: 8`.",
        "recorded calls, Oct 2026",
        steady=True,
    )
    UNKNOWN_ITEM_15 = Oddity(
        "An unknown, withdrawn or region-locked app has `success: 15`, `appid: 0` and nothing but its `id`.",
        _RECORDED,
        steady=True,
    )
    ITEM_MISSING = Oddity(
        "Every seventh item is not in the answer.",
        _GUARDED,
    )
    ITEMS_SHUFFLED = Oddity(
        "Items come in another order than asked for.",
        _GUARDED,
    )
    ITEMS_GONE = Oddity(
        "Every item has `success: 15`, as where a whole region is shut out.",
        _INFERRED,
    )
    FIELDS_LEFT_OUT = Oddity(
        "Every third item lacks its publishers, release, reviews, platforms, tags and categories.",
        _GUARDED,
    )
    CENTS_AS_TEXT = Oddity("Prices in cents are text, not numbers.", _PROTOCOL, steady=True)
    COMING_SOON_UNDATED = Oddity(
        "What is coming soon has no date, or a sentence in its place.",
        _PROTOCOL,
    )
    FREE_WITHOUT_OPTIONS = Oddity("A free game has no purchase option at all.", _RECORDED, steady=True)
    SOLD_NOWHERE = Oddity(
        "Every fourth priced item has no purchase option, as where it is not sold.",
        _RECORDED,
    )
    DISCOUNT_ENDING = Oddity("Every discount ends within the hour.", _INFERRED)
    UNKNOWN_FIELD = Oddity(
        "Answers have fields that nobody knows yet, at the top and inside items.",
        "fields that came in 2026",
    )
    UNKNOWN_ENUM = Oddity(
        "Every fifth item is of a type, a Deck rating and a content warning that nobody knows yet.",
        "types that came in 2026",
    )

    # Pages of the store.
    PAGE_OF_ONE_APP = Oddity(
        "Several apps at once are answered 400, but for prices alone.", _GUARDED, steady=True
    )
    PAGE_OF_PARENT = Oddity(
        "DLC and demos are answered with the data of their game.",
        _GUARDED,
    )

    # Reviews.
    OLD_PARAMETERS_IGNORED = Oddity(
        "Parameters of the old endpoint are ignored without a word: English, helpful, the last 30 days.",
        _RECORDED,
        steady=True,
    )
    UNKNOWN_APP_EMPTY = Oddity("An unknown app is answered 200 and empty.", _RECORDED, steady=True)
    BAD_CURSOR_EMPTY = Oddity(
        "A cursor that Steam does not know is answered 200 and empty.", _RECORDED, steady=True
    )
    REVIEWS_END_EARLY = Oddity(
        "A page after the first is empty, as if the walk were over; asked again, it is right.",
        _GUARDED,
        times=1,
    )
    REPEATED_CURSOR = Oddity(
        "A page gives the cursor that it was asked for.",
        _GUARDED,
    )
    CURSORS_FORGOTTEN = Oddity(
        "No cursor is known any more, as after a restart.",
        _INFERRED,
    )
    HUGE_VOTES = Oddity("Every second review has near 2^32 votes.", _GUARDED)
    EDITED_REVIEW = Oddity(
        "The oldest review of every app was edited a minute ago, and turned around.",
        _INFERRED,
    )

    # People.
    LIBRARY_CLOSED = Oddity("Every library is closed: 200 and empty.", _RECORDED)
    LIBRARY_EMPTY = Oddity(
        "Every library is open and has no games: `game_count: 0`.",
        _RECORDED,
    )
    HOURS_HIDDEN = Oddity("Every play time is 0.", _RECORDED)
    LIBRARY_GLITCH = Oddity(
        "An open library is answered as a closed one; asked again, it is right.", _GUARDED, times=1
    )
    UNVETTED_LEFT_OUT = Oddity(
        "Games of limited profile features are left out but for `skip_unvetted_apps=false`.",
        _RECORDED_AUGUST,
        steady=True,
    )
    LAST_PLAYED_WITHHELD = Oddity(
        "Nobody's games say when they were last played.",
        "said by several sources, unconfirmed",
    )
    WISHLIST_CLOSED = Oddity(
        "Every wishlist is closed: 200, empty and `x-eresult: 15`.",
        _RECORDED,
    )
    VANITY_42 = Oddity("An unknown vanity name is answered 200 with `success: 42`.", _VALVE, steady=True)
    PLAYERS_404 = Oddity(
        "An unknown or unreleased app has no player count: 404 with `result: 42` as JSON.",
        _RECORDED,
        steady=True,
    )

    # Signing in.
    FORGED_ENDPOINT = Oddity(
        "The person comes back with another host's `op_endpoint`.",
        _HOLE,
    )
    FORGED_IDENTITY = Oddity(
        "`openid.identity` is another account than `openid.claimed_id`.",
        _HOLE,
    )
    FOREIGN_CLAIMED_ID = Oddity(
        "The claimed identity is of a host whose name begins like Steam's.",
        _HOLE,
    )
    FOREIGN_RETURN_TO = Oddity(
        "The assertion was made for another site's `return_to`.",
        _HOLE,
    )
    UNSIGNED_IDENTITY = Oddity(
        "`openid.signed` does not name the identity.",
        _HOLE,
    )
    REPEATED_FIELD = Oddity(
        "A second `openid.claimed_id` follows the first.",
        _HOLE,
    )
    STALE_NONCE = Oddity("The nonce is an hour old.", _OPENID)
    REPLAY = Oddity("The person comes back with the assertion of the sign-in before.", _OPENID)
    SIGN_IN_INVALID = Oddity("The check answers `is_valid:false`.", _OPENID)
    SIGN_IN_CANCELLED = Oddity(
        "The person presses cancel: mode `cancel` and nothing else.",
        _OPENID,
    )
    SIGN_IN_503 = Oddity(
        "The check is answered 503; asked again, it is right.", "recorded by open sign-ins", times=1
    )
