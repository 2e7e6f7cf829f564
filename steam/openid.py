"""Signing in through Steam by OpenID 2.0: where a person is sent, and what is believed of what comes back.

Nothing in what comes back says whom to ask whether it is true: that is Steam's own endpoint, always.
https://openid.net/specs/openid-authentication-2_0.html, sections 10 and 11.
"""

import enum
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from store.names.steam_ids import is_steam_id

NAMESPACE = "http://specs.openid.net/auth/2.0"
# How old an assertion may be, or how far ahead Steam's clock.
FRESH_FOR = timedelta(minutes=5)

_SELECT = f"{NAMESPACE}/identifier_select"
_MUST_BE_SIGNED = frozenset(
    ("signed", "op_endpoint", "claimed_id", "identity", "return_to", "response_nonce", "assoc_handle")
)
_NONCE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})Z[\x21-\x7e]{0,200}")
_PREFIX = "openid."
_GOOD = 200


class Refusal(enum.StrEnum):
    """Why an assertion is not believed."""

    CANCELLED = "cancelled"  # the person did not sign in
    FORGED = "forged"  # it is not what Steam sends, or not for us
    STALE = "stale"  # it is old, or was used before
    NOT_CONFIRMED = "not confirmed"  # Steam says that it is not its own
    UNAVAILABLE = "unavailable"  # Steam could not be asked


class SignInRefused(Exception):
    """What came back is not believed; `detail` says what is wrong with it, without what was in it."""

    def __init__(self, refusal: Refusal, detail: str) -> None:
        self.refusal = refusal
        self.detail = detail
        super().__init__(f"{refusal}: {detail}")


@dataclass(frozen=True, slots=True)
class Assertion:
    """What came back, of the right shape, and not confirmed by Steam yet; `fields` are as they came."""

    steam_id: int
    nonce: str
    fields: tuple[tuple[str, str], ...]

    def question(self) -> dict[str, str]:
        """Return the form by which Steam is asked whether it is its own."""
        return {**dict(self.fields), "openid.mode": "check_authentication"}


@dataclass(frozen=True, slots=True)
class Provider:
    """Steam, whose community has the address `community`, such as https://steamcommunity.com."""

    community: str

    @property
    def endpoint(self) -> str:
        """Where people sign in, and where assertions are confirmed."""
        return f"{self.community}/openid/login"

    def login_address(self, return_to: str, realm: str) -> str:
        """Return where a person signs in, who is sent back to `return_to` within `realm`."""
        asked = {
            "ns": NAMESPACE,
            "mode": "checkid_setup",
            "identity": _SELECT,
            "claimed_id": _SELECT,
            "return_to": return_to,
            "realm": realm,
        }
        return f"{self.endpoint}?{urlencode({_PREFIX + name: value for name, value in asked.items()})}"

    def read(self, query: Sequence[tuple[str, str]], *, return_to: str, now: datetime) -> Assertion:
        """Return the assertion in a query, if it has the shape of one that Steam made for `return_to`.

        Args:
            query: Names and values of the address that the person came back to, in their order.
            return_to: The address that the person was sent away with.
            now: The present moment.

        Raises:
            SignInRefused: It has not, or the person did not sign in.
        """
        repeated = [name for name, count in Counter(name for name, _ in query).items() if count > 1]
        if repeated:
            raise SignInRefused(Refusal.FORGED, "a parameter is repeated")
        fields = {name.removeprefix(_PREFIX): value for name, value in query if name.startswith(_PREFIX)}
        if fields.get("mode") == "cancel":
            raise SignInRefused(Refusal.CANCELLED, "the person did not sign in")
        self._require_form(fields, return_to)
        _require_fresh(fields["response_nonce"], now)
        kept = tuple((name, value) for name, value in query if name.startswith(_PREFIX))
        return Assertion(self._steam_id(fields), fields["response_nonce"], kept)

    def _require_form(self, fields: dict[str, str], return_to: str) -> None:
        expected = {
            "ns": NAMESPACE,
            "mode": "id_res",
            "op_endpoint": self.endpoint,
            "return_to": return_to,
        }
        for name, value in expected.items():
            if fields.get(name) != value:
                raise SignInRefused(Refusal.FORGED, f"{name} is another")
        unsigned = _MUST_BE_SIGNED - set(fields.get("signed", "").split(","))
        if unsigned:
            raise SignInRefused(Refusal.FORGED, f"{', '.join(sorted(unsigned))} is not signed")
        missing = [name for name in (*sorted(_MUST_BE_SIGNED), "sig") if not fields.get(name)]
        if missing:
            raise SignInRefused(Refusal.FORGED, f"{', '.join(missing)} is missing")

    def _steam_id(self, fields: dict[str, str]) -> int:
        if fields["claimed_id"] != fields["identity"]:
            raise SignInRefused(Refusal.FORGED, "two identities are claimed")
        found = re.fullmatch(
            rf"{re.escape(self.community)}/openid/id/(76561[0-9]{{12}})", fields["claimed_id"]
        )
        if found is None or not is_steam_id(int(found[1])):
            raise SignInRefused(Refusal.FORGED, "the identity is none of Steam's")
        return int(found[1])


def require_confirmed(status: int, body: str) -> None:
    """Make sure that an answer to `Assertion.question` says that the assertion is Steam's own.

    Raises:
        SignInRefused: It says that it is not, or nothing at all.
    """
    if status != _GOOD:
        raise SignInRefused(Refusal.UNAVAILABLE, f"Steam answers with status {status}")
    lines = body.split("\n")
    if f"ns:{NAMESPACE}" not in lines:
        raise SignInRefused(Refusal.UNAVAILABLE, "Steam answers something else")
    if [line for line in lines if line.startswith("is_valid:")] != ["is_valid:true"]:
        raise SignInRefused(Refusal.NOT_CONFIRMED, "Steam says that it is not its own")


def _require_fresh(nonce: str, now: datetime) -> None:
    found = _NONCE.fullmatch(nonce)
    if found is None:
        raise SignInRefused(Refusal.FORGED, "response_nonce is none")
    try:
        made_at = datetime.strptime(found[1], "%Y-%m-%dT%H:%M:%S").replace(tzinfo=UTC)
    except ValueError:
        raise SignInRefused(Refusal.FORGED, "response_nonce is none") from None
    if abs(now - made_at) > FRESH_FOR:
        raise SignInRefused(Refusal.STALE, "it is old")
