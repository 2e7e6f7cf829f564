"""Registering commands over HTTP, and everything about a command that Discord refuses."""

from typing import Any

import pytest

from tests.playground.conftest import Caller, Place


def slash(name: str = "hello", **more: Any) -> dict[str, Any]:
    return {"name": name, "description": "Says hello", **more}


def option(name: str = "text", kind: int = 3, **more: Any) -> dict[str, Any]:
    return {"name": name, "description": "Some text", "type": kind, **more}


def with_option(**more: Any) -> dict[str, Any]:
    return slash(options=[option(**more)])


def choices(amount: int) -> list[dict[str, Any]]:
    return [{"name": f"choice {n}", "value": str(n)} for n in range(amount)]


async def put(call: Caller, place: Place, *commands: Any) -> tuple[int, Any]:
    return await call("PUT", f"/applications/{place.application.id}/commands", list(commands))


def paths(errors: dict[str, Any], above: str = "") -> set[str]:
    """Every place of a nested error object that reports something, e.g. "0.options.1.name"."""
    found = {above} if "_errors" in errors else set()
    for key, below in errors.items():
        if key != "_errors":
            found |= paths(below, f"{above}.{key}".lstrip("."))
    return found


GOOD = [
    slash(),
    slash("ñandú"),
    slash("お天気"),
    slash("นก"),
    slash(name_localizations={"es-ES": "hola"}, description_localizations={"es-ES": "Dice hola"}),
    slash(options=[option(f"o{n}") for n in range(25)]),
    with_option(choices=choices(25)),
    with_option(autocomplete=True, required=True),
    with_option(kind=4, min_value=-5, max_value=5),
    slash(options=[option("group", 2, options=[option("leaf", 1, options=[option()])])]),
    {"name": "Look Up", "type": 2},
    {"name": "Quote this", "type": 3},
]

BAD = [
    ("no name", {"description": "x"}, "0.name"),
    ("capitals", slash("Hello"), "0.name"),
    ("space in name", slash("hello there"), "0.name"),
    ("33 characters of name", slash("x" * 33), "0.name"),
    ("no description", {"name": "hello"}, "0.description"),
    ("101 characters of description", slash(description="x" * 101), "0.description"),
    ("unknown type", slash(type=9), "0.type"),
    ("unknown locale", slash(name_localizations={"xx": "hola"}), "0.name_localizations.xx"),
    ("capitals in a localized name", slash(name_localizations={"de": "Hallo"}), "0.name_localizations"),
    (
        "long localized description",
        slash(description_localizations={"de": "x" * 101}),
        "0.description_localizations.de",
    ),
    ("26 options", slash(options=[option(f"o{n}") for n in range(26)]), "0.options"),
    ("same option twice", slash(options=[option(), option()]), "0.options.1.name"),
    (
        "required after optional",
        slash(options=[option("a"), option("b", required=True)]),
        "0.options.1",
    ),
    ("option without description", slash(options=[{"name": "a", "type": 3}]), "0.options.0.description"),
    ("capitals in option", with_option(name="Text"), "0.options.0.name"),
    ("unknown option type", with_option(kind=12), "0.options.0.type"),
    ("26 choices", with_option(choices=choices(26)), "0.options.0.choices"),
    (
        "101 characters of choice",
        with_option(choices=[{"name": "x" * 101, "value": "x"}]),
        "0.options.0.choices.0.name",
    ),
    (
        "same choice twice",
        with_option(choices=[{"name": "x", "value": "1"}, {"name": "x", "value": "2"}]),
        "0.options.0.choices.1.name",
    ),
    (
        "text as the value of a number",
        with_option(kind=4, choices=[{"name": "x", "value": "one"}]),
        "0.options.0.choices.0.value",
    ),
    (
        "choices and autocomplete",
        with_option(choices=choices(1), autocomplete=True),
        "0.options.0.choices",
    ),
    ("autocomplete of a person", with_option(kind=6, autocomplete=True), "0.options.0.autocomplete"),
    ("range of a text", with_option(min_value=1), "0.options.0.min_value"),
    ("empty range", with_option(kind=4, min_value=2, max_value=1), "0.options.0.min_value"),
    ("6001 characters allowed", with_option(max_length=6001), "0.options.0.max_length"),
    ("subcommand beside an option", slash(options=[option("sub", 1), option()]), "0.options"),
    (
        "group in a group",
        slash(options=[option("g", 2, options=[option("h", 2, options=[])])]),
        "0.options.0.options.0.type",
    ),
    (
        "subcommand in a subcommand",
        slash(options=[option("g", 1, options=[option("h", 1)])]),
        "0.options.0.options.0.type",
    ),
    ("unknown context", slash(contexts=[3]), "0.contexts.0"),
    ("no context at all", slash(contexts=[]), "0.contexts"),
    ("unknown way to install", slash(integration_types=[5]), "0.integration_types.0"),
    (
        "permissions that are no number",
        slash(default_member_permissions="many"),
        "0.default_member_permissions",
    ),
    ("context menu with description", {"name": "Look", "type": 2, "description": "x"}, "0.description"),
    (
        "over 8000 characters",
        slash(options=[option(f"o{n}", description="x" * 100, choices=choices(25)) for n in range(25)]),
        "0",
    ),
]


@pytest.mark.parametrize("command", GOOD, ids=lambda command: f"{command['name']}-{len(str(command))}")
async def test_valid_commands_are_stored_with_their_ids(
    call: Caller, place: Place, command: dict[str, Any]
) -> None:
    status, body = await put(call, place, command)
    assert status == 200
    assert body[0]["name"] == command["name"]
    assert body[0]["application_id"] == str(place.application.id)
    assert body[0]["id"].isdigit()


@pytest.mark.parametrize(("command", "where"), [case[1:] for case in BAD], ids=[case[0] for case in BAD])
async def test_invalid_commands_are_refused_where_they_are_wrong(
    call: Caller, place: Place, command: dict[str, Any], where: str
) -> None:
    status, body = await put(call, place, command)
    assert (status, body["code"]) == (400, 50035)
    assert paths(body["errors"]) == {where}
    assert (await call("GET", f"/applications/{place.application.id}/commands"))[1] == []


async def test_two_commands_of_one_name_are_refused_but_not_of_two_types(call: Caller, place: Place) -> None:
    status, body = await put(call, place, slash(), slash())
    assert (status, paths(body["errors"])) == (400, {"1.name"})
    status, _ = await put(call, place, slash(), {"name": "hello", "type": 2})
    assert status == 200


@pytest.mark.parametrize(("kind", "limit"), [(1, 100), (2, 15), (3, 15)])
async def test_a_scope_keeps_only_so_many_commands_of_a_kind(
    call: Caller, place: Place, kind: int, limit: int
) -> None:
    def made(amount: int) -> list[dict[str, Any]]:
        about = {"description": "x"} if kind == 1 else {}
        return [{"name": f"c{n}", "type": kind, **about} for n in range(amount)]

    assert (await put(call, place, *made(limit)))[0] == 200
    status, body = await put(call, place, *made(limit + 1))
    assert (status, body["code"]) == (400, 30032)


async def test_only_200_commands_are_created_in_a_day(call: Caller, place: Place) -> None:
    for batch in "ab":
        assert (await put(call, place, *(slash(f"{batch}{n}") for n in range(100))))[0] == 200
    status, body, headers = await call.full(
        "PUT", f"/applications/{place.application.id}/commands", [slash("one-more")]
    )
    assert (status, body["code"]) == (429, 30034)
    assert "Via" in headers
    assert (await put(call, place, *(slash(f"b{n}") for n in range(100))))[0] == 200
    place.discord.clock.advance(86_401)
    assert (await put(call, place, slash("one-more")))[0] == 200


async def test_a_command_keeps_its_id_as_long_as_its_name_and_type(call: Caller, place: Place) -> None:
    _, first = await put(call, place, slash())
    _, same = await put(call, place, slash())
    _, changed = await put(call, place, slash(description="New words"))
    assert first[0]["id"] == same[0]["id"] == changed[0]["id"]
    assert first[0]["version"] == same[0]["version"] != changed[0]["version"]


async def test_commands_are_created_read_changed_and_deleted_one_by_one(call: Caller, place: Place) -> None:
    for base in (
        f"/applications/{place.application.id}/commands",
        f"/applications/{place.application.id}/guilds/{place.guild.id}/commands",
    ):
        status, made = await call("POST", base, slash(name_localizations={"de": "hallo"}))
        assert status == 201
        assert (await call("POST", base, slash()))[0] == 200
        assert (await call("GET", f"{base}/{made['id']}"))[1]["name"] == "hello"
        status, changed = await call("PATCH", f"{base}/{made['id']}", {"description": "New"})
        assert (status, changed["description"], changed["id"]) == (200, "New", made["id"])
        assert (await call("DELETE", f"{base}/{made['id']}"))[0] == 204
        assert (await call("GET", f"{base}/{made['id']}"))[1]["code"] == 10063


async def test_localizations_are_listed_only_when_asked_for(call: Caller, place: Place) -> None:
    await put(call, place, slash(name_localizations={"de": "hallo"}))
    base = f"/applications/{place.application.id}/commands"
    assert "name_localizations" not in (await call("GET", base))[1][0]
    full = await call("GET", base + "?with_localizations=true")
    assert full[1][0]["name_localizations"] == {"de": "hallo"}


async def test_only_the_owner_of_a_token_registers_commands(call: Caller, place: Place) -> None:
    other = place.discord.add_application("Other")
    base = f"/applications/{place.application.id}/commands"
    assert (await call("GET", base, token="wrong"))[0] == 401
    assert (await call("GET", base, token=other.token))[1]["code"] == 20012
    elsewhere = place.discord.add_guild("Elsewhere")
    status, body = await call("GET", f"/applications/{place.application.id}/guilds/{elsewhere.id}/commands")
    assert (status, body["code"]) == (403, 50001)
