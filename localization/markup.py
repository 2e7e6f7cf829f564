"""What people's texts carry beside words: links, and the marks of HTML, BBCode and Markdown."""

import re

# Domains that no sentence ends in where the space after its full stop is missing.
_ENDINGS = "com|net|org|info|biz|edu|gov|io|gg|tv|ru|uk|eu"
# Others, known by what follows them: youtu.be/…, redd.it/…, goo.gl/…
_ENDINGS_OF_PATHS = f"{_ENDINGS}|be|it|gl|ly|co|me|us|de|fr|pl|br|ca|es|nl|cc|to"
_NAME = r"(?<![\w@.-])(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+"
_LINK = re.compile(
    r"\b(?:https?|ftp|steam)://[^\s<>\[\]\"]*"
    r"|(?<![\w@.-])www\.[^\s<>\[\]\"]+"
    rf"|{_NAME}(?:{_ENDINGS})(?![\w-])(?:[:/?#][^\s<>\[\]\"]*)?"
    rf"|{_NAME}(?:{_ENDINGS_OF_PATHS})/[^\s<>\[\]\"]+",
    re.IGNORECASE,
)
# What every other link has; looking for this first takes a small part of the time.
_DOT_INSIDE = re.compile(r"\w\.\w")
_MARKDOWN_LINK = re.compile(r"\[([^\[\]]*)\]\((?:https?://|www\.)[^\s()]*\)", re.IGNORECASE)
# https://steamcommunity.com/comment/Recommendation/formattinghelp
_BBCODE = re.compile(
    r"\[/?(?:b|i|u|s|h[1-6]|hr|url|img|list|olist|\*|quote|spoiler|strike|code|noparse|table|t[rdh]|color|size"
    r"|center|previewyoutube)(?:=[^\[\]]*)?\]",
    re.IGNORECASE,
)
_HTML = re.compile(
    r"</?(?:a|b|i|u|s|p|br|hr|em|strong|strike|span|div|font|img|ul|ol|li|code|pre|blockquote|center|h[1-6]"
    r"|table|t[rdh])(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)


def without_markup(text: str) -> str:
    """Return `text` without links and marks, each of which becomes a space; the words of a link stay."""
    if "[" in text:
        text = _BBCODE.sub(" ", _MARKDOWN_LINK.sub(r" \1 ", text))
    if "<" in text:
        text = _HTML.sub(" ", text)
    return _LINK.sub(" ", text) if "://" in text or _DOT_INSIDE.search(text) else text
