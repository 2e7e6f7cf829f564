"""Telling texts that are surely not English, the only language that VADER knows.

Most reviews are short English full of slang, which every detector takes for something else now and then; so a
text counts as English unless much speaks against it. Most are settled by the commonest English words alone.
"""

import re
import unicodedata
from collections import Counter

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from localization.markup import without_markup

# What Steam is used in, of what the detector knows: https://partner.steamgames.com/doc/store/localization/languages
_LANGUAGES = (
    "ar bg cs da de el en es fi fr hu id it ja ko nb nl no pl pt ro ru sv th tr uk vi zh he hi hr sk sr".split()  # noqa: SIM905
)
# A script that is written in one language, or nearly so.
_SCRIPTS = {
    "THAI": "th",
    "HANGUL": "ko",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "GREEK": "el",
    "HEBREW": "he",
    "DEVANAGARI": "hi",
}
_ENGLISH = frozenset()
