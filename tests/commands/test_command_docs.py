"""The page of the commands says what the commands say."""

from tools.command_docs import PAGE, page


def test_the_page_is_as_the_commands_are() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run `make docs`"
