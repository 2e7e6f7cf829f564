"""`nextplay doctor`: what is missing or stale."""

import typer


def add_to(app: typer.Typer) -> None:
    """Put the command on the command line."""
    app.command()(doctor)


def doctor() -> None:
    """Say what is missing or stale, and what to do about it."""
    from rich.table import Table

    from bot.cli.console import console
    from bot.doctor.examine import examine
    from bot.settings import load_settings

    findings = examine(load_settings())
    table = Table(box=None, show_header=False, pad_edge=False)
    for finding in findings:
        table.add_row(finding.severity, finding.subject, finding.text)
    console().print(table)
    raise typer.Exit(code=1 if any(finding.is_failure for finding in findings) else 0)
