"""Sign-ins that have begun: each is one Discord user's, good once and for ten minutes."""

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

from commands.core.services.sign_ins import Finished
from localization.translations import Translations

GOOD_FOR_SECONDS = 600.0
_RANDOM_BYTES = 32


@dataclass(slots=True)
class PendingSignIn:
    """A sign-in that has begun.

    Attributes:
        discord_id: Whose it is.
        name: What the page calls that Discord user.
        translations: The language of its pages.
        finished: What is done once the person has signed in.
        expires_at: Until when it is good, by the monotonic clock.
        browser: The digest of the cookie of the browser in which its first page was opened last.
    """

    discord_id: int
    name: str
    translations: Translations
    finished: Finished
    expires_at: float
    browser: bytes = b""

    def open_in_browser(self) -> str:
        """Return the cookie without which nobody can come back: that browser has seen whose sign-in it is."""
        cookie = secrets.token_urlsafe(_RANDOM_BYTES)
        self.browser = _digest(cookie)
        return cookie

    def is_of_browser(self, cookie: str) -> bool:
        """Return whether a browser with this cookie opened the first page."""
        return hmac.compare_digest(self.browser, _digest(cookie))


class PendingSignIns:
    """The sign-ins that have begun, by their states; what a person is sent is known only by its digest."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        """Begin without any."""
        self._monotonic = monotonic
        self._by_state: dict[bytes, PendingSignIn] = {}

    def begin(self, discord_id: int, name: str, translations: Translations, finished: Finished) -> str:
        """Return the state of a new sign-in, in place of any other of the same person."""
        now = self._monotonic()
        self._by_state = {
            key: one
            for key, one in self._by_state.items()
            if one.expires_at > now and one.discord_id != discord_id
        }
        state = secrets.token_urlsafe(_RANDOM_BYTES)
        self._by_state[_digest(state)] = PendingSignIn(
            discord_id, name, translations, finished, now + GOOD_FOR_SECONDS
        )
        return state

    def find(self, state: str) -> PendingSignIn | None:
        """Return the sign-in of a state; None once it is used or its time is over."""
        found = self._by_state.get(_digest(state))
        return found if found is not None and found.expires_at > self._monotonic() else None

    def spend(self, state: str) -> None:
        """Invalidate a state."""
        self._by_state.pop(_digest(state), None)

    def forget(self, discord_id: int) -> None:
        """Invalidate the sign-in of a Discord user."""
        self._by_state = {key: one for key, one in self._by_state.items() if one.discord_id != discord_id}

    def clear(self) -> None:
        """Invalidate every sign-in."""
        self._by_state.clear()


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()
