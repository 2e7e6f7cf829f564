"""`nextplay evaluate`: measure the recommender against its peers on the libraries in the store."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from recommender.data.content import Content
    from recommender.data.libraries import Libraries
    from recommender.evaluation import Method

_BUNDLES = "bundle_data.json.gz"
_BASES = ("EASE", "EDLAE")


def add_to(app: typer.Typer) -> None:
    """Put the command on the command line."""
    app.command()(evaluate)


def evaluate(
    seeds: Annotated[int, typer.Option(min=1, max=20, help="How many splits to measure on.")] = 5,
    new_games: Annotated[
        bool, typer.Option(help="Whether to measure games that nobody owns yet, which doubles the time.")
    ] = True,
    method: Annotated[
        list[str] | None,
        typer.Option(help="Measure this method alone, by its name in the table; may be given several times."),
    ] = None,
    of_lists: Annotated[
        bool, typer.Option("--lists", help="Measure the store's lists of similar games instead.")
    ] = False,
    named: Annotated[
        bool, typer.Option("--named", help="Measure people who name a few games instead of a library.")
    ] = False,
) -> None:
    """Hide games from players that no method has seen, and print how well each method finds them.

    The methods of the `implicit` library take part where the extra `peers` is installed.

    With --lists it prints how good the store's lists of similar games are; where the folder of the source has
    the file bundle_data.json.gz, its bundles tell of games that are alike.

    With --named it prints how good suggestions are for people of whom only 1, 3, 5 or 10 games are known.
    """
    if sum((of_lists, named, bool(method))) > 1:
        raise typer.BadParameter("--lists, --named and --method each measure something else; give one.")
    from bot.building import require_building

    require_building()
    from bot.published.opening import open_store
    from bot.settings import load_settings
    from recommender.data.content import read_content
    from recommender.data.libraries import read_libraries
    from recommender.evaluation import evaluate_named, numbered_by_user_id, render_named, render_similar_lists
    from store import NextplayError

    settings = load_settings()
    splits = range(1, seeds + 1)
    with open_store(settings).reader(seconds=600) as session:
        if of_lists:
            typer.echo(render_similar_lists(session, _bundles(settings.sources)))
            return
        libraries = numbered_by_user_id(session, read_libraries(session))
        content = read_content(session)
    try:
        if named:
            typer.echo(render_named(evaluate_named(libraries, content, splits, _log())))
        else:
            _print_table(libraries, content, method, splits, with_new_games=new_games)
    except ValueError as error:
        raise NextplayError(str(error)) from error


def _print_table(
    libraries: "Libraries",
    content: "Content",
    names: list[str] | None,
    splits: range,
    *,
    with_new_games: bool,
) -> None:
    """Measure the methods of these names, all without names, and print how well they do."""
    from recommender.evaluation import evaluate as measure
    from recommender.evaluation import ours, peers

    methods = _chosen([*peers(), *ours()], names)
    table = measure(
        libraries, content, methods=methods, seeds=splits, with_new_games=with_new_games, log=_log()
    )
    typer.echo(table.render())
    for base in _BASES:
        if not names or base in names:
            typer.echo()
            typer.echo(table.render_gains(base))


def _log() -> Callable[[str], None]:
    """Return what shows the progress, beside the output."""
    from bot.cli.console import console

    progress = console(stderr=True)
    return lambda line: progress.print(line, style="dim")


def _chosen(methods: "Sequence[Method]", names: list[str] | None) -> "Sequence[Method]":
    """Return the methods of these names, all without names. Raises NextplayError for another name."""
    from store import NextplayError

    known = {method.name: method for method in methods}
    unknown = [name for name in names or () if name not in known]
    if unknown:
        raise NextplayError(f"There is no method {unknown[0]!r}; there are {', '.join(known)}.")
    return [known[name] for name in dict.fromkeys(names)] if names else methods


def _bundles(sources: Sequence[str]) -> Path | None:
    """Return the file of bundles in the folders of the source, if there is one."""
    folders = (path if path.is_dir() else path.parent for path in map(Path, sources))
    return next((file for folder in folders if (file := folder / _BUNDLES).is_file()), None)
