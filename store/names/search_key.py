"""The form in which names are compared, whatever the case, accents and ornaments they are written with."""

import re
import unicodedata

# Steam titles carry these as ornaments; compatibility normalisation would turn ™ into the letters "TM".
_ORNAMENTS = str.maketrans("", "", "™®©℠℗")
# Letters that are a Latin letter with a stroke or two in one, which Unicode does not decompose.
_STROKED = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)
# An accent on a Latin or Greek letter is an ornament; in other scripts a mark makes another letter (й, が).
_ACCENTS = re.compile(r"(?<![^\W\d_a-zα-ω])[\u0300-\u036f]+")
# "S.T.A.L.K.E.R." is one word, "Dr. Mario" is two.
_ACRONYM = re.compile(r"(?<![^\W_])(?:[^\W\d_]\.){2,}(?:[^\W\d_](?![^\W_]))?")
_NOT_A_LETTER_OR_DIGIT = re.compile("[^a-z0-9]+")
# Written inside words; those of format (zero-width joiners, soft hyphens) show nothing at all.
_INSIDE_WORDS = str.maketrans("", "", "'’‘`´ʼ\u00ad\u200b\u200c\u200d\u2060\ufeff")


def search_key(text: str) -> str:
    """Return the form of a name by which it is compared and searched; it is its own search key.

    Case, accents on Latin and Greek letters, ™ and its like, apostrophes and the dots of acronyms are
    dropped, "&" is read as "and", and any other punctuation and white space becomes a single space. Letters
    of all scripts stay. A name of nothing but symbols keeps them. Characters that no file can hold (halves
    of surrogate pairs) and control characters count as white space.
    """
    folded = text.casefold().translate(_INSIDE_WORDS) if text.isascii() else _without_accents(text)
    words = _ACRONYM.sub(lambda match: match[0].replace(".", ""), folded) if "." in folded else folded
    words = words.replace("&", " and ")
    key = unicodedata.normalize("NFKC", " ".join(_spaced(words).split()))
    return key or " ".join(_printable(folded if folded.strip() else text).split())


def squashed(key: str) -> str:
    """Return a search key without its spaces, as "left4dead" is often written."""
    return key.replace(" ", "")


def _without_accents(text: str) -> str:
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\ufffd", " ")
    bare = whole.translate(_ORNAMENTS).translate(_INSIDE_WORDS)
    folded = unicodedata.normalize(
        "NFKD", unicodedata.normalize("NFKD", bare if bare.strip() else whole).casefold()
    )
    return unicodedata.normalize("NFKC", _ACCENTS.sub("", folded.translate(_STROKED)))


def _spaced(text: str) -> str:
    if text.isascii():
        return _NOT_A_LETTER_OR_DIGIT.sub(" ", text)
    return "".join(c if c.isalnum() or unicodedata.category(c)[0] == "M" else " " for c in text)


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text)
