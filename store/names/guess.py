"""Guessing at the one thing that a part of a name means, or a misspelt name."""

from store.dialect import NameRow
from store.models import NameKind
from store.names.fame import is_far_better_known, is_known_by_ten, is_well_known, stands_out
from store.names.search import NameSearch


def guessed(search: NameSearch) -> NameRow | None:
    """Return what a search key means though nothing is called so; None where it may mean several."""
    guesses = (*search.respelt, _best_guess(search), *search.of_other_edition)
    return next(filter(None, guesses), None)


def is_rather_that(search: NameSearch, guess: NameRow) -> bool:
    """Return whether a known game is meant although the text resembles the name of one the data lack."""
    return bool(search.respelt or search.with_whole_words()) or search.resembles(guess)


def _best_guess(search: NameSearch) -> NameRow | None:
    if search.kind is not NameKind.GAME:
        misspelt = [] if search.by_words(1) else search.clearly_meant()
        return search.only_one() or (misspelt[0] if len(misspelt) == 1 else None)
    best = search.best_known()
    if best is not None:
        game, rival = best
        if _is_meant_by_part(search, game, rival):
            return _rather_misspelt(search, game) or game
        return None if search.with_whole_words() else search.misspelt_nickname()
    return _misspelt(search)


def _is_meant_by_part(search: NameSearch, game: NameRow, rival: NameRow | None) -> bool:
    """Return whether a part of its name means a game: no other is as well known by it, or begins so."""
    begun = [row.ref_id for row in search.begun_by_others(game)]
    if begun and is_known_by_ten(search.session, begun):
        return False
    if not _begins(search, game) and (
        _cuts_a_word(search.key, game.key) or not is_well_known(search.session, game.ref_id)
    ):
        return False
    return stands_out(search.session, game.ref_id, rival and rival.ref_id)


def _rather_misspelt(search: NameSearch, game: NameRow) -> NameRow | None:
    """Return the game of a misspelt nickname where the key only begins a word of one that far fewer know.

    "terria" is a slip of Terraria rather than the beginning of "Terrian Saga".
    """
    if not _cuts_a_word(search.key, game.key):
        return None
    meant = search.misspelt_nickname()
    if meant is None or not is_far_better_known(search.session, meant.ref_id, game.ref_id):
        return None
    return meant


def _begins(search: NameSearch, game: NameRow) -> bool:
    """Return whether the name of a game, or what the game is called, begins with the key."""
    begins = game.key.removeprefix("the ").startswith(search.key.removeprefix("the "))
    return begins or game in search.called


def _cuts_a_word(key: str, name: str) -> bool:
    """Return whether a word of a key is the beginning of one in a name, but no whole one."""
    words = name.split()
    return any(typed not in words and any(word.startswith(typed) for word in words) for typed in key.split())


def _misspelt(search: NameSearch) -> NameRow | None:
    """Return the game that is clearly misspelt: nothing else resembles it so much, or is nearly as known."""
    close = sorted(search.clearly_meant(), key=lambda row: row.rank)
    if not close or not search.is_base(close[0]):
        return None
    rival = close[1].ref_id if len(close) > 1 else None
    return close[0] if stands_out(search.session, close[0].ref_id, rival) else None
