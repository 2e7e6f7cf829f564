"""What is said of each answer that Steam gave about a library, with the remedy."""

from localization.markdown import Markdown
from localization.translations import Translations
from store.user_data import LibraryState

# Where Steam lets a person decide who sees what; it leads to the own profile of whoever opens it.
_PRIVACY_SETTINGS = "https://steamcommunity.com/my/edit/settings"


def state_sentence(state: LibraryState, translations: Translations) -> Markdown | None:
    """Return what is wrong with a library and what helps; None where nothing is."""
    words = translations.gettext("your privacy settings")
    settings = Markdown(f"[{words}]({_PRIVACY_SETTINGS})")
    if state is LibraryState.PROFILE_CLOSED:
        return translations.gettext(
            "Your Steam profile is private, so Steam shows nobody your games. Set “My profile” and “Game"
            " details” to Public in {settings}, then press “Fetch again”, here or under {me}.",
            settings=settings,
            me=translations.command("me"),
        )
    if state is LibraryState.GAMES_CLOSED:
        return translations.gettext(
            "Your Steam profile is public, but its games are not. Set “Game details” to Public in {settings},"
            " then press “Fetch again”, here or under {me}.",
            settings=settings,
            me=translations.command("me"),
        )
    if state is LibraryState.HOURS_HIDDEN:
        return translations.gettext(
            "Steam shows your games without any hours, so all count alike. To let the hours count,"
            " untick “Always keep my total playtime private” in {settings}, then press “Fetch again” under"
            " {me}.",
            settings=settings,
            me=translations.command("me"),
        )
    if state is LibraryState.EMPTY:
        return translations.gettext(
            "Your Steam library is public and has no games in it; Steam does not show those of your family"
            " and those that you marked as private. Name a few games that you like in {recommend} instead.",
            recommend=translations.command("recommend"),
        )
    if state is LibraryState.FAILED:
        return translations.gettext(
            "Steam does not answer just now; nothing is wrong with your account. Press “Fetch again” in a few"
            " minutes, here or under {me}.",
            me=translations.command("me"),
        )
    return None
