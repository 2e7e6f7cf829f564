"""Recognising texts that are surely not English, the only language that VADER knows.

Most reviews are short English full of slang, which every detector takes for something else now and then. So a
text counts as English unless much speaks against it: hardly any of its words is one of the commonest English
ones, and the detector is sure of another language. The first settles most texts, and costs next to nothing.
"""

import re

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from localization.markup import without_markup

# Of what the detector knows, the languages in which Steam is used, as ISO 639-1 codes.
_LANGUAGES = (
    "ar bg cs da de el en es fi fr he hi hr hu id it ja ko nl no pl pt ro ru sk sr sv th tr uk vi zh".split()
)
_ENGLISH = "en"
# Measured on the real reviews: of what is less sure, some is English after all.
_SURE = 0.85
_FEW = 0.2
# More characters of a long text tell no more.
_READ = 500
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_COMMON = frozenset(
    """
    the a an and or but if of to in is it its it's that this i you he we they my your me be are was were
    have has had do does did not don't can can't will would with for on at as so from by just like game
    games play fun good great best get got all when what who how there their them than then too very
    really more most no one out up because about into only over even never ever want buy love hate time
    hours people still some any been being also much many well make makes nice better bad worth graphics
    awesome amazing first now after again
    """.split()
)


class ForeignLanguages:
    """Detects the language of texts that are surely not English."""

    def __init__(self) -> None:
        self._detector = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
        self._detector.set_languages(_LANGUAGES)

    def detect(self, text: str) -> str | None:
        """Return the ISO 639-1 code of the language, None for English and for what is not surely anything."""
        beginning = text[:_READ]
        words = _WORD.findall(beginning.lower().replace("’", "'"))
        if sum(word in _COMMON for word in words) >= _FEW * len(words):
            return None
        language, sureness = self._detector.classify(without_markup(beginning))
        return str(language) if language != _ENGLISH and sureness > _SURE else None
