"""Guessing the language of a review by its commonest words: a guess, good for shares of many reviews."""

import enum
import re

_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")


class Language(enum.StrEnum):
    """What a text seems to be written in."""

    ENGLISH = "English"
    SPANISH = "Spanish"
    PORTUGUESE = "Portuguese"
    GERMAN = "German"
    FRENCH = "French"
    OTHER_SCRIPT = "another script"
    UNKNOWN = "unknown"


# Words that are frequent in one of these languages and are no frequent words of the others.
_COMMON = {
    Language.ENGLISH: "the and you this that with for but not have was are very good great best fun play if"
    " get of to game is it would when they your all too just awesome love worth buy",
    Language.SPANISH: "el los las muy pero juego juegos es y con una lo jugar más mejor bueno buen está esta"
    " por para que del recomiendo",
    Language.PORTUGUESE: "jogo jogos não nao muito bom é um uma os do da com mais melhor você ele ela mas"
    " jogar pra em",
    Language.GERMAN: "der das und ist ich nicht ein eine mit zu den von sehr auf spiel gut aber auch man es",
    Language.FRENCH: "le les et est un une des jeu pas très pour je vous dans ce mais avec bien sur",
}
_LANGUAGES_OF = {
    word: [language for language, words in _COMMON.items() if word in words.split()]
    for words in _COMMON.values()
    for word in words.split()
}


def guess_language(text: str) -> Language:
    """Return the language whose commonest words a text has most of.

    A text mostly in letters that are not Latin is in another script; one without any of these words, or with
    as many of two languages, is unknown.
    """
    words = _WORD.findall(text.casefold())
    letters = "".join(words)
    if not letters:
        return Language.UNKNOWN
    if 2 * len(_LATIN.findall(letters)) < len(letters):
        return Language.OTHER_SCRIPT
    hits = dict.fromkeys(_COMMON, 0)
    for word in words:
        for language in _LANGUAGES_OF.get(word, ()):
            hits[language] += 1
    first, second = sorted(hits, key=lambda language: -hits[language])[:2]
    return first if hits[first] > hits[second] else Language.UNKNOWN
