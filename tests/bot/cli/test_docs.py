"""The reference of the command line says what the command line takes."""

from tools.cli_docs import FILE, render


def test_the_reference_is_as_the_commands_are() -> None:
    assert FILE.read_text(encoding="utf-8") == render(), "run `make docs`"
