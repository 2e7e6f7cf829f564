"""How cards show a game."""

from localization.markdown import Markdown, escape
from localization.translations import Translations
from store.results import GameKind, GameRef


def store_page(game: GameRef) -> str:
    """Return the address of a game's page in the Steam store."""
    return f"https://store.steampowered.com/app/{game.id}/"


def game_link(game: GameRef) -> Markdown:
    """A game's title, leading to its page in the store."""
    return Markdown(f"[{escape(game.title)}]({store_page(game)})")


def release_year(game: GameRef, translations: Translations) -> Markdown:
    """The year that a game was released in, marked where no day is known."""
    year = translations.year(game.release_year)
    return translations.gettext("{year}, no exact date", year=year) if game.year_only else year


def kind_name(kind: GameKind, translations: Translations) -> Markdown:
    """What an app is, in words."""
    names = {
        GameKind.GAME: translations.gettext("game"),
        GameKind.DLC: translations.gettext("add-on"),
        GameKind.SOUNDTRACK: translations.gettext("soundtrack"),
        GameKind.DEMO: translations.gettext("demo"),
        GameKind.BETA: translations.gettext("beta"),
        GameKind.SOFTWARE: translations.gettext("software"),
        GameKind.VIDEO: translations.gettext("video"),
        GameKind.MOD: translations.gettext("mod"),
    }
    return names[kind]
