"""`nextplay probe`: see whether Steam still answers as this version expects."""

import json
from pathlib import Path
from typing import Annotated

import typer


def add_to(app: typer.Typer) -> None:
    """Put the command on the command line."""
    app.command()(probe)


def probe(
    app: Annotated[int, typer.Option(min=1, max=2**31 - 1, help="A game that the store has.")] = 620,
    sample: Annotated[
        Path, typer.Option(help="Where to write the answers' form, without texts and people, for a report.")
    ] = Path("steam-probe.json"),
) -> None:
    """Ask each of Steam's endpoints once, and compare its answer with what is expected."""
    from rich.table import Table

    from bot.cli.console import console
    from bot.refresh.run import steam_settings
    from bot.settings import load_settings
    from ingest.sources.steam.probe import Verdict
    from ingest.sources.steam.probe import probe as ask
    from store import NextplayError

    printed = console()
    settings = steam_settings(load_settings().steam)
    table = Table("endpoint", "verdict", "why", box=None, pad_edge=False)
    found = []
    for probed in ask(settings, app):
        found.append(probed)
        table.add_row(probed.endpoint, probed.verdict, probed.detail)
    printed.print(table)
    verdicts = {probed.verdict for probed in found} - {Verdict.NOT_ASKED}
    if verdicts == {Verdict.UNREACHABLE}:
        printed.print(
            "Steam cannot be reached from this machine; check its network, its proxy and the addresses in"
            " NEXTPLAY_STEAM_API_HOST and NEXTPLAY_STEAM_STORE_HOST."
        )
        raise typer.Exit(code=1)
    try:
        sample.write_text(json.dumps([probed.sample for probed in found if probed.sample], indent=1))
    except OSError as error:
        raise NextplayError(
            f"{sample} cannot be written ({error.strerror}); name another file by --sample."
        ) from error
    printed.print(f"The form of the answers is in {sample}; it has no texts, no ids of people and no key.")
    if verdicts != {Verdict.OK}:
        printed.print("What differs is worth a bug report with that file; a refresh uses what it can read.")
        raise typer.Exit(code=1)
