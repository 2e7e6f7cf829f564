"""Guessing at the one thing that a part of a name means, or a misspelt name."""

from store.dialect import NameRow
from store.models import NameKind
from store.names.editions import edition_key
from store.names.fame import is_far_better_known, is_known_by_ten, is_well_known, stands_out
from store.names.search import DECIDING_PREFIX, USUAL_LIMIT, NameSearch


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
        return _only_one(search) or (misspelt[0] if len(misspelt) == 1 else None)
    best = _best_known(search)
    if best is not None:
        game, rival = best
        if _is_meant_by_part(search, game, rival):
            return _rather_misspelt(search, game) or game
        return None if search.with_whole_words() else search.misspelt_nickname()
    return _misspelt(search)


def _only_one(search: NameSearch) -> NameRow | None:
    """Return the name that begins with the key or has words that do, if there is only one such name."""
    if len(search.key) < DECIDING_PREFIX:
        return None
    rows = [row for row in search.by_words(limit=5) if row.by_words]
    return rows[0] if len({row.key for row in rows}) == 1 else None


def _best_known(search: NameSearch) -> tuple[NameRow, NameRow | None] | None:
    """Return the best known game that has the words or is called so, and the next; add-ons are none.

    Games that have several words as they were typed, or no other words, go before those that have them apart.
    An edition of the first is no other game.
    """
    if len(search.key) < DECIDING_PREFIX:
        return None
    games = [row for row in search.without_add_ons(search.by_words(USUAL_LIMIT)) if row.by_words]
    if " " in search.key:
        games = [row for row in games if search.is_phrase_of(row)] or games
    others = (row for row in games[1:] if edition_key(row.key) != edition_key(games[0].key))
    return (games[0], next(others, None)) if games else None


def _is_meant_by_part(search: NameSearch, game: NameRow, rival: NameRow | None) -> bool:
    """Return whether a part of its name means a game: no other is as well known by it, or begins so."""
    begun = [row.ref_id for row in _begun_by_others(search, game)]
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


def _begun_by_others(search: NameSearch, game: NameRow) -> list[NameRow]:
    """Return the names that begin with the key, as whole words, where that of a game does not."""
    if _begins_with(game.key, search.key):
        return []
    return [row for row in search.by_words(USUAL_LIMIT) if _begins_with(row.key, search.key)]


def _begins_with(key: str, words: str) -> bool:
    return f"{key} ".startswith(f"{words} ")


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
    if not search.without_add_ons(close[:1]):
        return None
    rival = close[1].ref_id if len(close) > 1 else None
    return close[0] if stands_out(search.session, close[0].ref_id, rival) else None
