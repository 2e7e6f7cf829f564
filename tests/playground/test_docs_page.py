"""The page about the local Discord says what the code serves."""

from pathlib import Path

from playground.http.operations import documented
from tools.local_discord_docs import PAGE, operations, with_table


def test_the_table_is_that_of_the_routes() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == with_table(page), "run `make docs`"


def test_the_list_of_operations_is_that_of_discords_description(discord_api: Path) -> None:
    listed = operations(discord_api)
    assert [f"{one.method} {one.path} {one.name}" for one in documented()] == listed.splitlines()
