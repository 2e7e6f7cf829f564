"""Typing slash commands at a terminal, and the demo's script for where there is none."""

import asyncio
from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from bot.local.demo_script import Step
from bot.local.server import LocalServer, type_line
from playground import DriverError, Reply, SimulatedUser

TRIAL = "This is a trial: what is stored about you here is thrown away at its end."

_HELP = """\
/command option:value …   ask, as in Discord; /help lists the commands
/command option:text?     a question mark at the end shows what Discord would suggest
press LABEL               press a button under the last reply
choose 1, 3               choose from the menu under it, by place
admin, member             be the server's admin, or a member again
quit                      leave"""


async def run_script(server: LocalServer, steps: Iterable[Step], console: Console) -> bool:
    """Type each step's command line and print the reply; return whether every command was answered."""
    answered = True
    for step in steps:
        person = server.admin if step.as_admin else server.member
        console.print(Text(f"\n› {step.line}", style="bold"))
        reply = await type_line(person, step.line)
        console.print(Text(reply.plain_text))
        answered = answered and not reply.failed
    return answered


async def run_prompt(server: LocalServer, console: Console) -> None:
    """Read lines from the terminal and print what the person would see, until `quit` or the end of input."""
    console.print(Text(TRIAL, style="dim"))
    console.print(Text(_HELP, style="dim"))
    person, last = server.member, None
    while True:
        try:
            line = (await asyncio.to_thread(input, f"\n{person.user.display_name} › ")).strip()
        except EOFError:
            return
        if line in ("quit", "exit"):
            return
        if line in ("admin", "member"):
            person = server.admin if line == "admin" else server.member
        elif line:
            last = await _do(person, line, last, console)


async def _do(person: SimulatedUser, line: str, last: Reply | None, console: Console) -> Reply | None:
    """Do what a line says and print the outcome; return the reply that a button may be pressed under."""
    try:
        if line.startswith(("press ", "choose ")):
            if last is None:
                console.print("There is no reply yet to press a button under.")
                return None
            reply = await _press_or_choose(person, last, line)
        elif line.startswith("/") and line.endswith("?"):
            await _suggest(person, line[:-1], console)
            return last
        elif line.startswith("/"):
            reply = await type_line(person, line)
        else:
            console.print(Text(_HELP, style="dim"))
            return last
    except DriverError as refusal:
        console.print(Text(f"{refusal}", style="yellow"))
        return last
    console.print(Text(reply.plain_text))
    return reply


async def _press_or_choose(person: SimulatedUser, last: Reply, line: str) -> Reply:
    """Press the button or choose from the menu that a line names."""
    what, _, named = line.partition(" ")
    if what == "press":
        return await (await person.click(last, named.strip())).settled()
    options = [
        option for row in last.components for part in row["components"] for option in part.get("options", [])
    ]
    wanted = [part.strip() for part in named.split(",")]
    chosen = [
        options[int(part) - 1]["value"] if part.isdecimal() and 0 < int(part) <= len(options) else part
        for part in wanted
    ]
    return await (await person.select(last, *chosen)).settled()


async def _suggest(person: SimulatedUser, line: str, console: Console) -> None:
    """Print the suggestions for the option that is typed last."""
    head, _, typed = line.rpartition(":")
    command, _, option = head.rpartition(" ")
    choices = await person.autocomplete(command.split(" ")[0] if ":" in command else command, option, typed)
    console.print(Text("\n".join(f"  {choice.name}" for choice in choices) or "  (nothing)"))
