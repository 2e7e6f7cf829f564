"""What Discord shows names files only by their names, and neither folders nor secrets of the machine."""

from pathlib import Path

import pytest

from commands.core.replies.host_details import HostDetails

DETAILS = HostDetails([Path("/srv/next play/data"), Path("data/source"), Path("data")])


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        ("/srv/next play/data/games.json is cut off.", "games.json is cut off."),
        ("The database /srv/next play/data is empty.", "The database data is empty."),
        ("There is no data/source/games.json.", "There is no games.json."),
        ("Cannot write “/var/lib/x/y.sqlite3” (/tmp/z).", "Cannot write “y.sqlite3” (z)."),
        (r"C:\Users\ana\games.json is cut off.", "games.json is cut off."),
        ("~/steam/games.json is cut off.", "games.json is cut off."),
        (
            "https://ana:word@example.com/steam/games.json?key=abc answers 404.",
            "https://example.com/steam/games.json answers 404.",
        ),
        ("The data and/or reviews are fewer than 1/2.", "The data and/or reviews are fewer than 1/2."),
    ],
)
def test_a_sentence_is_shown_without_what_is_the_machines_own(sentence: str, shown: str) -> None:
    assert DETAILS.hide(sentence) == shown
