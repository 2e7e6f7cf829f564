"""The overview of all commands."""

from commands.help.card import Entry, overview
from localization.translations import Translations

TEXTS = Translations()


def test_help_begins_with_starters_and_groups_every_command_to_be_clicked() -> None:
    entries = (
        Entry("game", 7, {"name": "Portal 2"}),
        Entry("genre", 8, {"name": "Action"}),
        Entry("admin status", 9),
        Entry("new", None),
    )
    assert overview(entries, TEXTS).lines == (
        "</game:7> `name:Portal 2`\xa0· all about a game",
        *("", "**Find a game**", "</game:7>"),
        *("", "**Look at the numbers**", "</genre:8>"),
        *("", "**You and this server**", "</admin status:9>\xa0· `/new`"),
    )
