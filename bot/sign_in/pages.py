"""The pages of a sign-in: plain HTML of one file, without scripts and anything from elsewhere."""

import base64
import hashlib
from html import escape

from aiohttp import web

from localization.markdown import Markdown, clean
from localization.translations import Translations

_STYLE = (
    "body{box-sizing:border-box;margin:0;min-height:100vh;padding:1rem;display:grid;place-items:center;"
    "background:#1b2838;color:#e6edf3;font:1.05rem/1.5 system-ui,sans-serif}"
    "main{box-sizing:border-box;width:min(32rem,100%);padding:2rem 1.5rem;text-align:center;"
    "text-wrap:balance;background:#223245;border-radius:.75rem;border-top:.4rem solid #66c0f4}"
    "main.done{border-color:#5ba32b}main.refused{border-color:#e0a030}"
    "h1{font-size:1.4rem;margin:0 0 1rem}p{margin:0 0 1rem;overflow-wrap:anywhere}"
    "p:last-child{margin:0}"
    "a{display:inline-block;padding:.75rem 1.5rem;border-radius:.5rem;background:#66c0f4;color:#0b141d;"
    "font-weight:600;text-decoration:none}a:focus-visible{outline:3px solid #fff;outline-offset:3px}"
    "small{display:block;margin-top:1.5rem;color:#a9b8c6}"
)
_STYLE_DIGEST = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
# Loads nothing, cannot be framed, and sends the state in its address to no other site.
_HEADERS = {
    "Content-Security-Policy": (
        f"default-src 'none'; style-src 'sha256-{_STYLE_DIGEST}'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}


def start_page(name: str, login: str, translations: Translations) -> web.Response:
    """Say whose account it will be, and lead to Steam."""
    who = translations.gettext(
        "The Steam account that you sign in with will belong to the Discord user {name}.",
        name=Markdown(clean(name)),
    )
    warning = translations.gettext("If that is not you, close this page: somebody sent you their own link.")
    told = translations.gettext("Steam tells this bot the number of your account, and nothing else.")
    return _page(
        translations,
        translations.gettext("Sign in through Steam"),
        f"<p>{escape(who)}</p><p>{escape(warning)}</p>"
        f'<a href="{escape(login)}">{escape(translations.gettext("Go on to Steam"))}</a>'
        f"<small>{escape(told)}</small>",
        kind="start",
    )


def end_page(sentence: str, translations: Translations, *, status: int = 200) -> web.Response:
    """Say how it ended."""
    is_done = status == web.HTTPOk.status_code
    title = translations.gettext("You are signed in") if is_done else translations.gettext("Not signed in")
    kind = "done" if is_done else "refused"
    return _page(translations, title, f"<p>{escape(sentence)}</p>", kind=kind, status=status)


def _page(translations: Translations, title: str, body: str, *, kind: str, status: int = 200) -> web.Response:
    text = (
        f'<!doctype html><html lang="{escape(translations.locale.language)}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)} · Nextplay</title><style>{_STYLE}</style></head>"
        f'<body><main class="{kind}"><h1>{escape(title)}</h1>{body}</main></body></html>'
    )
    return web.Response(text=text, content_type="text/html", status=status, headers=_HEADERS)
