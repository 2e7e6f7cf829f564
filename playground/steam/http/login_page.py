"""The page on which a person picks the account to sign in with."""

from collections.abc import Iterable
from html import escape

from playground.steam.people import Person

_STYLE = (
    "body{margin:0;min-height:100vh;display:grid;place-items:center;background:#eceff3;color:#1b2838;"
    "font:1rem/1.5 system-ui,sans-serif}"
    "main{box-sizing:border-box;width:min(28rem,100%);padding:2rem 1.5rem;text-align:center}"
    "h1{font-size:1.4rem;margin:0 0 .5rem}p{margin:0 0 1.5rem}form{display:grid;gap:.5rem}"
    "button{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 1rem;padding:.6rem 1rem;"
    "font:inherit;color:inherit;text-align:left;background:#fff;border:1px solid #b9c3cd;border-radius:.5rem;"
    "cursor:pointer}"
    "button:hover{border-color:#1b2838}button:focus-visible{outline:3px solid #1f6fb2;outline-offset:2px}"
    "button.cancel{justify-content:center;margin-top:1rem;background:none}small{color:#4d5b69}"
)


def login_page(people: Iterable[Person], return_to: str) -> str:
    """Return the page, whose form sends the number of an account, or none, to where a person is sent back."""
    accounts = "".join(
        f'<button name="steamid" value="{one.steamid}">'
        f"{escape(one.name)} <small>{one.steamid}</small></button>"
        for one in people
    )
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Sign in (local Steam)</title><style>{_STYLE}</style></head><body><main>"
        "<h1>Sign in through the local Steam</h1><p>Nobody here exists. Who do you want to be?</p>"
        '<form action="/openid/login/choose">'
        f'<input type="hidden" name="openid.return_to" value="{escape(return_to)}">{accounts}'
        '<button class="cancel" name="steamid" value="">Cancel</button></form></main></body></html>'
    )
