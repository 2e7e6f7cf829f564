"""What has no answer: a name that the data lack, nothing to go on or left, a private player."""

import logging

from bot.errors.reply import ErrorReply
from bot.telemetry.interactions import InteractionOutcome
from commands.core.cards.described import called, described
from commands.core.cards.games import notes_in_words
from commands.core.replies.provenance import not_in_data, outside_data
from localization.markdown import Markdown, escape
from localization.translations import Translations
from store import NotFound
from store.errors import (
    DESCRIPTION,
    NoDeckRatings,
    NothingLeft,
    NothingPlayed,
    NothingToGoOn,
    NotInData,
    OutsideData,
    PlayerIsPrivate,
    PrivacyUnknown,
    RuledOut,
    Unknown,
)
from store.results.names import distinct_labels

# The kinds of what was not found that are years, which do not complete as they are typed.
_YEARS = frozenset({"year", "release year"})


def not_found(error: Exception, translations: Translations) -> ErrorReply | None:
    """A name or year that the data do not have."""
    if not isinstance(error, NotFound):
        return None
    sentences = {
        "game": translations.gettext("No game is called “{asked}”.", asked=escape(error.asked)),
        "developer": translations.gettext("No developer is called “{asked}”.", asked=escape(error.asked)),
        "genre": translations.gettext("No genre is called “{asked}”.", asked=escape(error.asked)),
        "tag": translations.gettext("No tag is called “{asked}”.", asked=escape(error.asked)),
        DESCRIPTION: translations.gettext("No genre or tag is called “{asked}”.", asked=escape(error.asked)),
        "player": translations.gettext("No player is called “{asked}”.", asked=escape(error.asked)),
        "year": translations.gettext("No reviews were posted in {asked}.", asked=escape(error.asked)),
        "release year": translations.gettext(
            "No game released in {asked} has a review.", asked=escape(error.asked)
        ),
    }
    sentence = sentences.get(
        error.kind, translations.gettext("Nothing is called “{asked}”.", asked=escape(error.asked))
    )
    if isinstance(error, NotInData):
        sentence = _not_in_data(error, translations)
    if not error.suggestions:
        if isinstance(error, NotInData) or error.kind in _YEARS:
            return ErrorReply(sentence)
        hint = translations.gettext("Names complete as you type.")
        return ErrorReply(Markdown(f"{sentence} {hint}"))
    if error.kind in _YEARS:
        years = translations.listing([escape(year) for year in error.suggestions])
        hint = translations.gettext("The nearest years with reviews: {years}.", years=years)
        return ErrorReply(Markdown(f"{sentence} {hint}"))
    closest = distinct_labels(notes_in_words(error.choices, translations)) or error.suggestions
    if error.kind == DESCRIPTION:
        closest = tuple(called(name, translations) for name in closest)
    names = translations.listing([_quoted(name, translations) for name in closest], style="or")
    hint = translations.gettext("Did you mean {names}?", names=names)
    which = translations.gettext("Did you mean one of these?") if len(closest) > 1 else hint
    return ErrorReply(Markdown(f"{sentence} {hint}"), above_buttons=Markdown(f"{sentence} {which}"))


def outside(error: Exception, translations: Translations) -> ErrorReply | None:
    """The question is about a time after the data end."""
    if not isinstance(error, OutsideData):
        return None
    return ErrorReply(outside_data(error.asked, error.ends, translations))


def nothing_known(error: Exception, translations: Translations) -> ErrorReply | None:
    """The name is known, but nothing that would answer the question."""
    if isinstance(error, NothingPlayed):
        return ErrorReply(
            translations.gettext(
                "Nobody in these data has played a game of the genre “{genre}”.",
                genre=described(error.genre, translations),
            )
        )
    if isinstance(error, NoDeckRatings):
        return ErrorReply(
            translations.gettext("These data do not know how games run on the Steam Deck; ask without that.")
        )
    if isinstance(error, NothingToGoOn):
        return ErrorReply(_nothing_to_go_on(error, translations))
    if isinstance(error, NothingLeft):
        return ErrorReply(_nothing_left(error, translations))
    return None


def private(error: Exception, translations: Translations) -> ErrorReply | None:
    """The player is somebody's who keeps it private."""
    if not isinstance(error, PlayerIsPrivate):
        return None
    return ErrorReply(
        translations.gettext(
            "The data of “{player}” are private: that player is linked to somebody else. If it is you, {link}"
            " says so.",
            player=escape(error.user_id),
            link=translations.command("link"),
        )
    )


def privacy_unknown(error: Exception, translations: Translations) -> ErrorReply | None:
    """Nobody can tell who is private, so that no player is shown. The log has the reason."""
    if not isinstance(error, PrivacyUnknown):
        return None
    return ErrorReply(
        translations.gettext(
            "No player is shown just now, as nobody can tell who is private; whoever runs this bot finds the"
            " reason in its log."
        ),
        logging.WARNING,
        outcome=InteractionOutcome.FAILED,
    )


def _not_in_data(error: NotInData, translations: Translations) -> Markdown:
    if error.on_steam:
        title = called(error.title, translations) if error.kind == DESCRIPTION else error.title
        return not_in_data(title, error.ends, translations)
    return translations.gettext(
        "“{title}” is not on Steam, and this bot knows only games that are.", title=escape(error.title)
    )


def _quoted(name: str, translations: Translations) -> Markdown:
    return translations.gettext("“{name}”", name=escape(name))


def _nothing_to_go_on(error: NothingToGoOn, translations: Translations) -> Markdown:
    asked = escape(error.asked)
    sentences = {
        Unknown.TRAINING: translations.gettext(
            "No suggestions have been worked out from these data yet; whoever runs this bot can do that."
        ),
        Unknown.GAME: translations.gettext(
            "Too little is known of “{asked}” to find games like it; name another game.", asked=asked
        ),
        Unknown.PLAYER: translations.gettext(
            "These data have neither a game that “{asked}” owns nor a review in which “{asked}” recommends"
            " one; name a game instead.",
            asked=asked,
        ),
        Unknown.LIBRARY: translations.gettext(
            "Too little is known of the games of “{asked}” to go by them; name a game instead.", asked=asked
        ),
        Unknown.GAMES: translations.gettext(
            "Too little is known of “{asked}” to go by; name games that more people own.", asked=asked
        ),
    }
    return sentences[error.unknown]


def _nothing_left(error: NothingLeft, translations: Translations) -> Markdown:
    sentences = {
        RuledOut.NOT_CLOSE: translations.gettext(
            "No game comes close enough to be suggested; try another game."
        ),
        RuledOut.TOO_WELL_KNOWN: translations.gettext(
            "Only well-known games come close; ask without “hidden gems”."
        ),
        RuledOut.KNOWN: translations.gettext(
            "All games that come close are owned or reviewed already; try another game."
        ),
        RuledOut.LEFT_OUT: translations.gettext(
            "All other games that come close are hidden; {hidden} brings them back.",
            hidden=translations.command("hidden"),
        ),
        RuledOut.FILTERS: translations.gettext(
            "These filters leave no game to suggest; loosen or drop one of them."
        ),
        RuledOut.NOT_FOR_SALE: translations.gettext(
            "All other games that come close are not sold, not out yet, or add-ons; try another game."
        ),
        RuledOut.GROUP: translations.gettext(
            "No game that comes close can be played by so many; ask with fewer people."
        ),
    }
    return sentences[error.ruled_out]
