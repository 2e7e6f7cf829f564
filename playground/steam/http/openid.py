"""Signing in by OpenID 2.0: a page where a person picks an account, and the check of what came back."""

import hmac
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from html import escape
from urllib.parse import parse_qsl, urlencode, urlsplit

from aiohttp import web

from playground.steam.http.answers import Refusal
from playground.steam.http.login_page import login_page
from playground.steam.http.parameters import Parameters, text
from playground.steam.moods import Mood
from playground.steam.people import FIRST_STEAMID
from playground.steam.world import World

NS = "http://specs.openid.net/auth/2.0"
_SELECT = f"{NS}/identifier_select"
_SIGNED = ("signed", "op_endpoint", "claimed_id", "identity", "return_to", "response_nonce", "assoc_handle")
_STAMP = "%Y-%m-%dT%H:%M:%SZ"
_STALE_SECONDS = 3600
_VICTIM = FIRST_STEAMID + 9_999
Pairs = list[tuple[str, str]]


class OpenId:
    """Steam as an OpenID provider."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._secret = secrets.token_bytes(32)
        self._spent: set[str] = set()
        self._last: Pairs = []

    def login(self, asked: Parameters) -> web.Response:
        """Return the sign-in page, or the check of an assertion.

        Raises:
            Refusal: 400 for a request that is none of the two, 503 by mood.
        """
        mode = text(asked, "openid.mode")
        if mode == "check_authentication":
            return self._check(asked)
        return self._choose(asked)

    def choose(self, asked: Parameters) -> web.Response:
        """Send a person back to where they came from, signed in as the account they picked, or not."""
        return_to = _return_to(asked)
        steamid = text(asked, "steamid")
        if not steamid.isdecimal() or self._world.person(int(steamid)) is None:
            return _redirect(return_to, [("openid.ns", NS), ("openid.mode", "cancel")])
        return _redirect(return_to, self.assertion(return_to, int(steamid)))

    def forged(self, asked: Parameters) -> web.Response:
        """Return the endpoint of a forger on another host, which finds everything valid."""
        return _plain(True)

    def landing(self, login: str, steamid: int) -> str:
        """Return the address that a browser lands on after a person signed in at a login address.

        Raises:
            Refusal: for a login address that the sign-in page would refuse.
        """
        asked = dict(parse_qsl(urlsplit(login).query))
        self._choose(asked)
        return_to = _return_to(asked)
        return _back(return_to, self.assertion(return_to, steamid))

    def assertion(self, return_to: str, steamid: int) -> Pairs:
        """Return what a person brings back, as the moods would have it."""
        holds = self._world.switches.holds
        if holds(Mood.SIGN_IN_CANCELLED):
            return [("openid.ns", NS), ("openid.mode", "cancel")]
        if self._last and holds(Mood.REPLAY):
            return self._last
        self._last = self._changed(self._fields(return_to, steamid))
        return self._last

    def _fields(self, return_to: str, steamid: int) -> dict[str, str]:
        """Return a signed assertion."""
        holds = self._world.switches.holds
        moment = self._world.now - (_STALE_SECONDS if holds(Mood.STALE_NONCE) else 0)
        identity = self._identity(steamid)
        signed = [name for name in _SIGNED if name not in ("claimed_id", "identity")]
        fields = {
            "ns": NS,
            "mode": "id_res",
            "op_endpoint": self._endpoint,
            "claimed_id": identity,
            "identity": identity,
            "return_to": "https://elsewhere.invalid/back" if holds(Mood.FOREIGN_RETURN_TO) else return_to,
            "response_nonce": f"{datetime.fromtimestamp(moment, UTC):{_STAMP}}{secrets.token_hex(6)}",
            "assoc_handle": "1234567890",
            "signed": ",".join(signed if holds(Mood.UNSIGNED_IDENTITY) else _SIGNED),
        }
        return fields | {"sig": self._signature(fields)}

    def _changed(self, fields: dict[str, str]) -> Pairs:
        """Return what a forger makes of an assertion."""
        holds, victim = self._world.switches.holds, self._identity(_VICTIM)
        if "claimed_id" not in fields["signed"]:
            fields |= {"claimed_id": victim, "identity": victim}
        if holds(Mood.FORGED_ENDPOINT):
            fields["op_endpoint"] = f"{self._world.addresses['media']}/openid/login"
        if holds(Mood.FORGED_IDENTITY):
            fields["identity"] = victim
        if holds(Mood.FOREIGN_CLAIMED_ID):
            foreign = victim.replace("/openid/", ".elsewhere.invalid/openid/", 1)
            fields |= {"claimed_id": foreign, "identity": foreign}
        pairs = [(f"openid.{name}", value) for name, value in fields.items()]
        if holds(Mood.REPEATED_FIELD):
            pairs.append(("openid.claimed_id", victim))
        return pairs

    def _choose(self, asked: Parameters) -> web.Response:
        expected = {"ns": NS, "mode": "checkid_setup", "identity": _SELECT, "claimed_id": _SELECT}
        wrong = [name for name, value in expected.items() if text(asked, f"openid.{name}") != value]
        return_to = _return_to(asked)
        if wrong or not return_to.startswith(text(asked, "openid.realm", return_to)):
            raise Refusal.html(400, f"This is no sign-in: {escape(', '.join(wrong) or 'realm')}")
        page = login_page(self._world.people, return_to)
        return web.Response(text=page, content_type="text/html")

    def _check(self, asked: Parameters) -> web.Response:
        holds = self._world.switches.holds
        if holds(Mood.SIGN_IN_503):
            raise Refusal.html(503)
        fields = {name.removeprefix("openid."): str(value) for name, value in asked.items()}
        nonce = fields.get("response_nonce", "")
        valid = (
            hmac.compare_digest(self._signature(fields), fields.get("sig", "")) and nonce not in self._spent
        )
        self._spent.add(nonce)
        return _plain(valid and not holds(Mood.SIGN_IN_INVALID))

    @property
    def _endpoint(self) -> str:
        return f"{self._world.addresses['community']}/openid/login"

    def _identity(self, steamid: int) -> str:
        return f"{self._world.addresses['community']}/openid/id/{steamid}"

    def _signature(self, fields: Mapping[str, str]) -> str:
        names = fields.get("signed", "").split(",")
        lines = "".join(f"{name}:{fields.get(name, '')}\n" for name in names)
        return hmac.new(self._secret, lines.encode(), "sha256").hexdigest()


def _return_to(asked: Parameters) -> str:
    return_to = text(asked, "openid.return_to")
    if not return_to.startswith(("http://", "https://")):
        raise Refusal.html(400, "There is no return_to.")
    return return_to


def _redirect(return_to: str, pairs: Pairs) -> web.Response:
    return web.Response(status=302, headers={"Location": _back(return_to, pairs)})


def _back(return_to: str, pairs: Pairs) -> str:
    """Return the address that a person lands on with an assertion."""
    return f"{return_to}{'&' if '?' in return_to else '?'}{urlencode(pairs)}"


def _plain(valid: bool) -> web.Response:
    answer = f"ns:{NS}\nis_valid:{'true' if valid else 'false'}\n"
    return web.Response(text=answer, content_type="text/plain")
