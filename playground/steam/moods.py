"""Steam's oddities by name.

A steady mood is what Steam always does and is on from the start; any other is on only where somebody
switches it on. `docs/local-steam.md` has them as a table.
"""

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


class Mood(Enum):
    """An oddity of Steam.

    Attributes:
        value: its name, as commands and addresses take it.
        what: what Steam does then.
        source: where that is known from.
        steady: whether Steam is always so.
        times: how many calls it lasts where nothing else is said; None for until it is switched off.
    """

    what: str
    source: str
    steady: bool
    times: int | None

    def __new__(
        cls, name: str, what: str, source: str, steady: bool = False, times: int | None = None
    ) -> Self:
        """Make a member whose value is the name."""
        mood = object.__new__(cls)
        mood._value_ = name
        mood.what = what
        mood.source = source
        mood.steady = steady
        mood.times = times
        return mood

    # Any call.
    KEY_MISSING = (
        "key-missing",
        "Methods with a key answer 403 without one and 401 for a wrong one, as a page of HTML.",
        "recorded calls, Aug and Sep 2026",
        True,
    )
    WRONG_KEY_SILENT = (
        "wrong-key-silent",
        "Methods without a key answer 200 and 15 empty bytes to a wrong one.",
        _RECORDED_AUGUST,
        True,
    )
    POST_REFUSED = ("post-refused", "A POST is answered 405.", _RECORDED, True)
    LONG_URL_REFUSED = (
        "long-url-refused",
        "An address of more than 8 KB is answered 400, as a page of HTML.",
        "issues of open clients",
        True,
    )
    TOO_MANY = ("too-many", "429 without `Retry-After`.", _INFERRED, False, 1)
    TOO_MANY_RETRY_AFTER = (
        "too-many-retry-after",
        "429 with `Retry-After`, in seconds.",
        _INFERRED,
        False,
        1,
    )
    TOO_MANY_NULL = ("too-many-null", "429 whose body is `null`.", _STORE_PAGES, False, 1)
    TOO_MANY_ANSWERED = (
        "too-many-answered",
        "429 with the right answer as its body.",
        _STORE_PAGES,
        False,
        1,
    )
    REFUSED_FOR_MINUTES = (
        "refused-for-minutes",
        "403 to every call for five minutes, on the clock of the world.",
        "what follows 429 at the store's pages",
    )
    SERVER_ERROR = ("server-error", "500, as a page of HTML.", _VALVE, False, 1)
    UNAVAILABLE = ("unavailable", "503, as a page of HTML.", _VALVE, False, 1)
    EMPTY_RESULT_BUSY = (
        "empty-result-busy",
        "200 with an empty answer, and `x-eresult: 10` as the only sign of trouble.",
        _RECORDED,
        False,
        1,
    )
    CUT_OFF_BODY = (
        "cut-off-body",
        "The connection ends in the middle of the body.",
        _GUARDED,
        False,
        1,
    )
    SLOW_BODY = (
        "slow-body",
        "The second half of the body comes late.",
        _GUARDED,
        False,
        1,
    )

    # The list of apps, tags.
    LAST_PAGE_BARE = (
        "last-page-bare",
        "The last page of the list has neither `have_more_results` nor `last_appid`.",
        "a stored page, May 2021",
        True,
    )
    FIRST_LIST_EMPTY = (
        "first-list-empty",
        "The first page of the list is empty; asked again, it is right.",
        _GUARDED,
        False,
        1,
    )
    DUPLICATE_PAGE = (
        "duplicate-page",
        "A page after the first brings the page before it once more.",
        _GUARDED,
        False,
        1,
    )
    UNCHANGED_TAGS_EMPTY = (
        "unchanged-tags-empty",
        "Tags that have the hash the client has come as an empty list.",
        _RECORDED_AUGUST,
        True,
    )

    # Facts of games.
    COUNTRY_NEEDED = (
        "country-needed",
        "Without `country_code` the answer is empty, with `x-eresult: 8`.",
        "recorded calls, Oct 2026",
        True,
    )
    UNKNOWN_ITEM_15 = (
        "unknown-item-15",
        "An unknown, withdrawn or region-locked app has `success: 15`, `appid: 0` and nothing but its `id`.",
        _RECORDED,
        True,
    )
    ITEM_MISSING = (
        "item-missing",
        "Every seventh item is not in the answer.",
        _GUARDED,
    )
    ITEMS_SHUFFLED = (
        "items-shuffled",
        "Items come in another order than asked for.",
        _GUARDED,
    )
    ITEMS_GONE = (
        "items-gone",
        "Every item has `success: 15`, as where a whole region is shut out.",
        _INFERRED,
    )
    FIELDS_LEFT_OUT = (
        "fields-left-out",
        "Every third item lacks its publishers, release, reviews, platforms, tags and categories.",
        _GUARDED,
    )
    CENTS_AS_TEXT = (
        "cents-as-text",
        "Prices in cents are text, not numbers.",
        _PROTOCOL,
        True,
    )
    COMING_SOON_UNDATED = (
        "coming-soon-undated",
        "What is coming soon has no date, or a sentence in its place.",
        _PROTOCOL,
    )
    FREE_WITHOUT_OPTIONS = (
        "free-without-options",
        "A free game has no purchase option at all.",
        _RECORDED,
        True,
    )
    SOLD_NOWHERE = (
        "sold-nowhere",
        "Every fourth priced item has no purchase option, as where it is not sold.",
        _RECORDED,
    )
    DISCOUNT_ENDING = ("discount-ending", "Every discount ends within the hour.", _INFERRED)
    UNKNOWN_FIELD = (
        "unknown-field",
        "Answers have fields that nobody knows yet, at the top and inside items.",
        "fields that came in 2026",
    )
    UNKNOWN_ENUM = (
        "unknown-enum",
        "Every fifth item is of a type, a Deck rating and a content warning that nobody knows yet.",
        "types that came in 2026",
    )

    # Pages of the store.
    PAGE_OF_ONE_APP = (
        "page-of-one-app",
        "Several apps at once are answered 400, but for prices alone.",
        _GUARDED,
        True,
    )
    PAGE_OF_PARENT = (
        "page-of-parent",
        "DLC and demos are answered with the data of their game.",
        _GUARDED,
    )

    # Reviews.
    OLD_PARAMETERS_IGNORED = (
        "old-parameters-ignored",
        "Parameters of the old endpoint are ignored without a word: English, helpful, the last 30 days.",
        _RECORDED,
        True,
    )
    UNKNOWN_APP_EMPTY = (
        "unknown-app-empty",
        "An unknown app is answered 200 and empty.",
        _RECORDED,
        True,
    )
    BAD_CURSOR_EMPTY = (
        "bad-cursor-empty",
        "A cursor that Steam does not know is answered 200 and empty.",
        _RECORDED,
        True,
    )
    REVIEWS_END_EARLY = (
        "reviews-end-early",
        "A page after the first is empty, as if the walk were over; asked again, it is right.",
        _GUARDED,
        False,
        1,
    )
    REPEATED_CURSOR = (
        "repeated-cursor",
        "A page gives the cursor that it was asked for.",
        _GUARDED,
    )
    CURSORS_FORGOTTEN = (
        "cursors-forgotten",
        "No cursor is known any more, as after a restart.",
        _INFERRED,
    )
    HUGE_VOTES = ("huge-votes", "Every second review has near 2^32 votes.", _GUARDED)
    EDITED_REVIEW = (
        "edited-review",
        "The oldest review of every app was edited a minute ago, and turned around.",
        _INFERRED,
    )

    # People.
    LIBRARY_CLOSED = ("library-closed", "Every library is closed: 200 and empty.", _RECORDED)
    LIBRARY_EMPTY = (
        "library-empty",
        "Every library is open and has no games: `game_count: 0`.",
        _RECORDED,
    )
    HOURS_HIDDEN = ("hours-hidden", "Every play time is 0.", _RECORDED)
    LIBRARY_GLITCH = (
        "library-glitch",
        "An open library is answered as a closed one; asked again, it is right.",
        _GUARDED,
        False,
        1,
    )
    UNVETTED_LEFT_OUT = (
        "unvetted-left-out",
        "Games of limited profile features are left out but for `skip_unvetted_apps=false`.",
        _RECORDED_AUGUST,
        True,
    )
    LAST_PLAYED_WITHHELD = (
        "last-played-withheld",
        "Nobody's games say when they were last played.",
        "said by several sources, unconfirmed",
    )
    WISHLIST_CLOSED = (
        "wishlist-closed",
        "Every wishlist is closed: 200, empty and `x-eresult: 15`.",
        _RECORDED,
    )
    VANITY_42 = (
        "vanity-42",
        "An unknown vanity name is answered 200 with `success: 42`.",
        _VALVE,
        True,
    )
    PLAYERS_404 = (
        "players-404",
        "An unknown or unreleased app has no player count: 404 with `result: 42` as JSON.",
        _RECORDED,
        True,
    )

    # Signing in.
    FORGED_ENDPOINT = (
        "forged-endpoint",
        "The person comes back with another host's `op_endpoint`.",
        _HOLE,
    )
    FORGED_IDENTITY = (
        "forged-identity",
        "`openid.identity` is another account than `openid.claimed_id`.",
        _HOLE,
    )
    FOREIGN_CLAIMED_ID = (
        "foreign-claimed-id",
        "The claimed identity is of a host whose name begins like Steam's.",
        _HOLE,
    )
    FOREIGN_RETURN_TO = (
        "foreign-return-to",
        "The assertion was made for another site's `return_to`.",
        _HOLE,
    )
    UNSIGNED_IDENTITY = (
        "unsigned-identity",
        "`openid.signed` does not name the identity.",
        _HOLE,
    )
    REPEATED_FIELD = (
        "repeated-field",
        "A second `openid.claimed_id` follows the first.",
        _HOLE,
    )
    STALE_NONCE = ("stale-nonce", "The nonce is an hour old.", _OPENID)
    REPLAY = ("replay", "The person comes back with the assertion of the sign-in before.", _OPENID)
    SIGN_IN_INVALID = ("sign-in-invalid", "The check answers `is_valid:false`.", _OPENID)
    SIGN_IN_CANCELLED = (
        "sign-in-cancelled",
        "The person presses cancel: mode `cancel` and nothing else.",
        _OPENID,
    )
    SIGN_IN_503 = (
        "sign-in-503",
        "The check is answered 503; asked again, it is right.",
        "recorded by open sign-ins",
        False,
        1,
    )
