"""Whatever is wrong with a database file, every command is answered, without naming the machine's own."""

from collections.abc import Callable
from pathlib import Path

import pytest

from store import Database
from tests.bot.conftest import Serve
from tests.bot.test_doctor import execute, zero_a_page
from tests.commands.asking import Asking, commands


def remove(file: Path) -> None:
    for part in file.parent.glob(f"{file.name}*"):
        part.unlink()


SPOILED: dict[str, Callable[[Path], object]] = {
    "missing": remove,
    "no database": lambda file: file.write_bytes(b"no database" * 100_000),
    "empty": lambda file: file.write_bytes(b""),
    "of a newer version": lambda file: execute(file, "UPDATE alembic_version SET version_num = '9999'"),
    "damaged": zero_a_page,
    "with rows that do not fit": lambda file: execute(file, "UPDATE names SET label = x'00ff', key = 7"),
}


@pytest.mark.parametrize("what", SPOILED)
async def test_a_store_that_cannot_be_used_costs_answers_and_names_nothing(
    serve: Serve, own_store: Database, what: str
) -> None:
    served = await serve(own_store)
    asking = Asking(served)
    asked = [(command, asking.example(command)) for command in commands(served)]
    own_store.close()
    own_store._is_current = False
    SPOILED[what](own_store.file)
    for command, options in asked:
        reply = await served.admin.slash(command.qualified_name, **options)
        assert not reply.failed, command.qualified_name
        assert str(own_store.file.parent) not in reply.text
        assert "noted as" not in reply.text, command.qualified_name


@pytest.mark.parametrize("what", ["missing", "no database", "empty", "of a newer version"])
async def test_user_data_that_cannot_be_used_cost_answers_and_name_nothing(
    serve: Serve, own_store: Database, what: str
) -> None:
    served = await serve(own_store)
    asking = Asking(served)
    own_store.user_data.close()
    own_store.user_data_file._is_current = False
    SPOILED[what](own_store.user_data_file.file)
    for command in commands(served):
        reply = await served.admin.slash(command.qualified_name, **asking.example(command))
        assert not reply.failed, command.qualified_name
        assert str(own_store.file.parent) not in reply.text
        assert "noted as" not in reply.text, command.qualified_name
