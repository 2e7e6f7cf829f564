"""`nextplay users`: what people stored, as a whole."""

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.settings import Settings
    from store import Database
    from store.database import UserDataFile, UserDataServer

# What stands for the file beside the store, and for the server that is set.
_FILE, _SERVER = "file", "server"
_PLACE = "file, which is beside the store; server, which is NEXTPLAY_USER_DATABASE; or any file or address."


def add_to(app: typer.Typer) -> None:
    """Put the command on the command line."""
    users = typer.Typer(help="Tend what people stored.", no_args_is_help=True)
    users.command("copy")(copy)
    users.command("unlink")(unlink)
    app.add_typer(users, name="users")


def copy(
    source: Annotated[str, typer.Argument(metavar="FROM", help=f"From where: {_PLACE}")],
    target: Annotated[str, typer.Argument(metavar="TO", help="Where to, named alike; nothing may be in it.")],
) -> None:
    """Copy what people stored from a file to a PostgreSQL server, or back: all of it or nothing.

    Stop the bot first: what is stored meanwhile is not in the copy. What is copied is counted and compared.
    """
    from rich.table import Table

    from bot.cli.console import console
    from bot.published.opening import open_store
    from bot.settings import load_settings
    from store.database import UserDataFile
    from store.errors import CopyRefused
    from store.user_data.transfer import copy_user_data

    if source == target:
        raise CopyRefused("Nothing was copied: that is one and the same place; name another one.")
    settings = load_settings()
    database = open_store(settings)
    places = [_opened(database, place, settings) for place in (source, target)]
    if isinstance(places[0], UserDataFile) and not places[0].exists():
        raise CopyRefused(f"There is nothing to copy at {places[0].file}; name a file of people's data.")
    try:
        copied = copy_user_data(*places)
    finally:
        for place in places:
            place.close()
    table = Table("table", "rows", "SHA-256", box=None, pad_edge=False)
    for part in copied:
        table.add_row(part.name, f"{part.rows:,}", part.sha256[:16])
    printed = console()
    printed.print(table)
    printed.print(
        "The copy holds the same. What is erased from now on is erased where the bot runs alone:"
        " delete the other once you need it no longer."
    )


def unlink(
    player: Annotated[
        str,
        typer.Argument(
            metavar="PLAYER",
            help="A player of the data: the name, the SteamID64 or the address of the profile.",
        ),
    ],
) -> None:
    """End every link of a person to a player that nobody has proven by signing in through Steam.

    For a player whom somebody claims without being it, where no sign-in can settle that. The player is then
    shown as before anybody linked it. Those who were linked are not told, and may say so again. The bot need
    not be stopped; `/admin audit` shows it to those in charge of the bot.
    """
    from bot.published.opening import open_store
    from bot.settings import load_settings
    from store import NextplayError, user_data
    from store.errors import NotFound
    from store.queries import find_player

    database = open_store(load_settings())
    with database.reader() as session:
        try:
            user_id = find_player(session, player)
        except NotFound:  # links outlive the players whom a refresh has dropped
            user_id = player
    with database.user_data.writer() as session:
        ended = user_data.unlink_unproven(session, user_id)
        if not ended:
            raise NextplayError(f"Nobody is linked to a player called {user_id}; name one as the data do.")
        user_data.add_audit_line(session, discord_id=None, action=user_data.END_LINKS, detail=user_id)
    links = "1 link" if ended == 1 else f"{ended} links"
    typer.echo(f"Ended {links} to {user_id} that nobody had proven.")


def _opened(database: "Database", place: str, settings: "Settings") -> "UserDataFile | UserDataServer":
    from bot.settings import SettingsError
    from store.database import Address

    if place == _FILE:
        return database.user_data_file
    if place == _SERVER:
        if settings.user_data is None:
            raise SettingsError("NEXTPLAY_USER_DATABASE is not set; set it to the address of the server.")
        return database.user_data_on(settings.user_data)
    if "://" not in place or place.startswith("sqlite:"):
        return database.user_data_in(place)
    try:
        return database.user_data_on(Address(place))
    except ValueError as error:
        raise SettingsError(f"The address cannot be used: {error}.") from None
