"""Signing in through the local Steam, and every way in which what comes back is not to be believed."""

from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx
import pytest

from playground.steam import LocalSteam, Mood
from playground.steam.people import ANA, FIRST_STEAMID
from tests.playground.steam.conftest import Asker

NS = "http://specs.openid.net/auth/2.0"
BACK = "http://127.0.0.1:9/back?state=s3cret"
VICTIM = str(FIRST_STEAMID + 9_999)


def login_address(steam: LocalSteam, **changes: str) -> str:
    """Where a bot would send a person."""
    fields = {
        "openid.ns": NS,
        "openid.mode": "checkid_setup",
        "openid.identity": f"{NS}/identifier_select",
        "openid.claimed_id": f"{NS}/identifier_select",
        "openid.return_to": BACK,
        "openid.realm": "http://127.0.0.1:9",
    }
    return f"{steam.community}/openid/login?{urlencode(fields | changes)}"


def brought_back(address: str) -> list[tuple[str, str]]:
    """The OpenID fields of an address."""
    pairs = parse_qsl(urlsplit(address).query)
    return [(name.removeprefix("openid."), value) for name, value in pairs if name.startswith("openid.")]


def signed_in(steam: LocalSteam) -> dict[str, str]:
    """What Ana brings back."""
    return dict(brought_back(steam.sign_in(login_address(steam), ANA)))


def checked(asker: Asker, fields: dict[str, str]) -> httpx.Response:
    """What Steam says to the fields."""
    form = {f"openid.{name}": value for name, value in (fields | {"mode": "check_authentication"}).items()}
    return asker.client.post(f"{asker.steam.community}/openid/login", data=form)


def is_valid(asker: Asker, fields: dict[str, str]) -> bool:
    """Whether Steam says that the fields are valid."""
    lines = checked(asker, fields).text.splitlines()
    assert lines[0] == f"ns:{NS}"
    return lines[1] == "is_valid:true"


def test_a_person_picks_an_account_and_comes_back_with_it(asker: Asker, steam: LocalSteam) -> None:
    page = asker.client.get(login_address(steam))
    assert "Ana" in page.text
    chosen = asker.client.get(
        f"{steam.community}/openid/login/choose", params={"openid.return_to": BACK, "steamid": str(ANA)}
    )
    assert chosen.status_code == 302
    assert chosen.headers["location"].startswith(BACK + "&openid.ns=")
    fields = dict(brought_back(chosen.headers["location"]))
    assert fields["claimed_id"] == fields["identity"] == f"{steam.community}/openid/id/{ANA}"
    assert fields["op_endpoint"] == f"{steam.community}/openid/login"
    assert is_valid(asker, fields)


def test_the_page_refuses_what_is_no_sign_in(asker: Asker, steam: LocalSteam) -> None:
    for change in (
        {"openid.realm": "http://elsewhere.invalid"},
        {"openid.ns": "x"},
        {"openid.return_to": "/x"},
    ):
        assert asker.client.get(login_address(steam, **change)).status_code == 400


def test_an_assertion_is_valid_once(asker: Asker, steam: LocalSteam) -> None:
    fields = signed_in(steam)
    assert is_valid(asker, fields)
    assert not is_valid(asker, fields)


@pytest.mark.parametrize(
    "name", ["claimed_id", "identity", "return_to", "op_endpoint", "response_nonce", "sig"]
)
def test_a_changed_field_is_not_valid(asker: Asker, steam: LocalSteam, name: str) -> None:
    fields = signed_in(steam)
    assert not is_valid(asker, fields | {name: fields[name] + "1"})


def test_cancel_brings_nothing_back(asker: Asker, steam: LocalSteam) -> None:
    with steam.mood(Mood.SIGN_IN_CANCELLED):
        assert signed_in(steam) == {"ns": NS, "mode": "cancel"}


def test_a_forged_endpoint_finds_everything_valid(asker: Asker, steam: LocalSteam) -> None:
    with steam.mood(Mood.FORGED_ENDPOINT):
        fields = signed_in(steam)
    assert fields["op_endpoint"] == f"{steam.media}/openid/login"
    assert "is_valid:true" in asker.client.post(fields["op_endpoint"], data=fields).text
    assert steam.world.calls.of("forged")
    assert not is_valid(asker, fields)


def test_a_forged_identity(asker: Asker, steam: LocalSteam) -> None:
    with steam.mood(Mood.FORGED_IDENTITY):
        fields = signed_in(steam)
    assert fields["identity"].endswith(VICTIM)
    assert fields["claimed_id"].endswith(str(ANA))
    assert not is_valid(asker, fields)


def test_a_claimed_id_of_another_host(asker: Asker, steam: LocalSteam) -> None:
    with steam.mood(Mood.FOREIGN_CLAIMED_ID):
        fields = signed_in(steam)
    assert fields["claimed_id"].startswith(steam.community + ".elsewhere.invalid/")
    assert not is_valid(asker, fields)


def test_an_assertion_for_another_site_is_valid_for_that(asker: Asker, steam: LocalSteam) -> None:
    with steam.mood(Mood.FOREIGN_RETURN_TO):
        address = steam.sign_in(login_address(steam), ANA)
    assert address.startswith(BACK)
    fields = dict(brought_back(address))
    assert fields["return_to"] == "https://elsewhere.invalid/back"
    assert is_valid(asker, fields)


def test_an_identity_that_nobody_signed(asker: Asker, steam: LocalSteam) -> None:
    with steam.mood(Mood.UNSIGNED_IDENTITY):
        fields = signed_in(steam)
    assert "claimed_id" not in fields["signed"].split(",")
    assert fields["claimed_id"].endswith(VICTIM)
    assert is_valid(asker, fields)


def test_a_field_that_comes_twice(steam: LocalSteam) -> None:
    with steam.mood(Mood.REPEATED_FIELD):
        pairs = brought_back(steam.sign_in(login_address(steam), ANA))
    claimed = [value.rpartition("/")[2] for name, value in pairs if name == "claimed_id"]
    assert claimed == [str(ANA), VICTIM]


def test_a_stale_nonce(asker: Asker, steam: LocalSteam) -> None:
    with steam.mood(Mood.STALE_NONCE):
        stale = signed_in(steam)
    assert stale["response_nonce"] < signed_in(steam)["response_nonce"]
    assert is_valid(asker, stale)


def test_a_replay(asker: Asker, steam: LocalSteam) -> None:
    first = signed_in(steam)
    assert is_valid(asker, first)
    with steam.mood(Mood.REPLAY):
        assert signed_in(steam) == first
    assert not is_valid(asker, first)


def test_steam_says_no(asker: Asker, steam: LocalSteam) -> None:
    with steam.mood(Mood.SIGN_IN_INVALID):
        assert not is_valid(asker, signed_in(steam))


def test_the_check_is_unavailable_and_right_when_asked_again(asker: Asker, steam: LocalSteam) -> None:
    fields = signed_in(steam)
    with steam.mood(Mood.SIGN_IN_503):
        assert checked(asker, fields).status_code == 503
        assert is_valid(asker, fields)
