"""Every reply of the demo's script and of the first button under each, in English and Spanish.

So that two versions of the code can be compared:

    python -m tools.replies                      print the replies as a person sees them
    python -m tools.replies --json FILE          write them whole as JSON lines: text, embeds, buttons, files
    python -m tools.replies --compare OLD NEW    say what differs between two such files

They are those on generated sample data, which are the same everywhere. What differs from run to run (times,
durations, sizes on disk, ids, addresses) is replaced by its kind.
"""

import argparse
import asyncio
import difflib
import json
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rich.console import Console

from bot.local.demo import fill_demo
from bot.local.demo_script import demo_script
from bot.local.server import local_server, type_line
from bot.refresh.process import ChildRefresher
from bot.settings import Settings
from store import Database

LOCALES = ("en-US", "es-ES")

# Every reply has its pictures after this time, in seconds, however busy the machine.
_SECONDS_FOR_PICTURES = 90.0
_FOLDERS_OF_REPLIES = frozenset({"commands", "charts"})

_VARIABLE = (
    (re.compile(r"https?://(?:127\.0\.0\.1|localhost)[^\s)\"]*/([^/\s?)\"]+)[^\s)\"]*"), r"<address>/\1"),
    (re.compile(r"<t:\d+(:\w)?>"), r"<time\1>"),
    (re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d| UTC)?"), "<time>"),
    # Discord's ids. Steam ids are part of the data and stay.
    (re.compile(r"(?<!\d)(?!7656119)\d{17,20}(?!\d)"), "<id>"),
    (
        re.compile(r"\b(?:in |hace |dentro de )?\d+\s(?:seconds?|minutes?|segundos?|minutos?)\b(?: ago)?"),
        "<duration>",
    ),
    (re.compile(r"\b\d+(?:[.,]\d+)?\s(?:s|ms)\b"), "<duration>"),
    (re.compile(r"\b\d+(?:[.,]\d+)?\s(?:[kMG]i?B)\b"), "<size>"),
    (re.compile(r"\s*\((?:edited|editado)\)"), ""),
)
# Of a message: when and where it was posted says nothing of the reply.
_LEFT_OUT = frozenset(
    {"id", "timestamp", "edited_timestamp", "channel_id", "author", "nonce", "interaction"}
    | {"interaction_metadata", "application_id", "webhook_id", "size", "url", "proxy_url", "width", "height"}
)


def main() -> None:
    """Do what the command line says; exit with 1 if two files differ."""
    parser = argparse.ArgumentParser(description="Every reply of the demo's script.")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write them whole, as JSON lines")
    parser.add_argument(
        "--compare", type=Path, nargs=2, metavar=("OLD", "NEW"), help="compare two such files"
    )
    arguments = parser.parse_args()
    if arguments.compare is not None:
        old, new = map(read_replies, arguments.compare)
        differences = list(compare(old, new))
        print("\n".join(differences) if differences else f"{len(new)} replies, all the same")
        sys.exit(1 if differences else 0)
    replies = asyncio.run(collect_replies())
    if arguments.json is None:
        for reply in replies:
            print(f"\n› [{reply['locale']}] {reply['line']}\n{reply['seen']}")
    else:
        # As drawn, lines break where a duration's digits make them: the payload says all that is seen.
        whole = [{name: part for name, part in reply.items() if name != "seen"} for reply in replies]
        lines = [json.dumps(reply, ensure_ascii=False, sort_keys=True) + "\n" for reply in whole]
        arguments.json.write_text("".join(lines), encoding="utf-8")
        print(f"{len(replies)} replies in {arguments.json}")


async def collect_replies() -> list[dict[str, Any]]:
    """Fill a store with generated sample data, and return every reply of the script in every language."""
    replies = []
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(database=Path(folder) / "nextplay.sqlite3", _env_file=None)
        settings = fill_demo(settings, None, Console(quiet=True))
        database = Database(settings.database)
        with database.reader() as session:
            steps = demo_script(session)
        for locale in LOCALES:
            # Each on a server of its own: what one leaves behind would show in the next.
            refresher = ChildRefresher.from_settings(settings)
            async with local_server(database, refresher) as server:
                for person in (server.member, server.admin):
                    person.user.locale = locale
                for step in steps:
                    person = server.admin if step.as_admin else server.member
                    reply = await type_line(person, step.line)
                    await _pictures_drawn()
                    replies.append({"locale": locale, "line": step.line, **described(reply)})
                    button = _first_button(reply)
                    if button is not None:
                        pressed = await (await person.click(reply, button)).settled()
                        await _pictures_drawn()
                        line = f"{step.line}, then the button {button}"
                        replies.append({"locale": locale, "line": line, **described(pressed)})
        database.close()
    return replies


def described(reply: Any) -> dict[str, Any]:
    """Return all that a person sees of a reply, without what differs from run to run."""
    messages = [reply.message, *(followup.message for followup in reply.followups)]
    return {
        "failed": reply.failed,
        "ephemeral": reply.ephemeral,
        "seen": without_variable(reply.plain_text),
        "files": [file.filename for file in reply.files],
        "messages": [_stable(message.to_json()) for message in messages if message is not None],
    }


def _first_button(reply: Any) -> str | None:
    """Return the label of the first button that can be pressed under a reply."""
    parts = [part for row in reply.components for part in row["components"]]
    labels = [part.get("label") for part in parts if "custom_id" in part and not part.get("disabled")]
    return next((label for label in labels if label), None)


def without_variable(text: str) -> str:
    """Replace times, durations, sizes, ids and addresses by their kind."""
    for pattern, kind in _VARIABLE:
        text = pattern.sub(kind, text)
    return text


def _stable(value: Any) -> Any:
    match value:
        case dict():
            return {key: _stable(part) for key, part in value.items() if key not in _LEFT_OUT}
        case list():
            return [_stable(part) for part in value]
        case str():
            return without_variable(value)
    return value


async def _pictures_drawn() -> None:
    """Wait for pictures that come after their reply."""
    async with asyncio.timeout(_SECONDS_FOR_PICTURES):
        while any(_is_at_work(task) for task in asyncio.all_tasks()):  # noqa: ASYNC110 - there is no event to wait for
            await asyncio.sleep(0.02)


def _is_at_work(task: asyncio.Task[Any]) -> bool:
    """Return whether a task is one of a reply, not one that sleeps until a chart or button times out."""
    if task.get_name() == "CommandTree-invoker":
        return True  # discord.py runs a command in it
    coroutine: Any = task.get_coro()
    file = getattr(getattr(coroutine, "cr_code", None), "co_filename", "")
    if not _FOLDERS_OF_REPLIES & set(Path(file).parts):
        return False
    while (inner := getattr(coroutine, "cr_await", None)) is not None and hasattr(inner, "cr_code"):
        coroutine = inner
    return bool(coroutine.cr_code.co_name != "sleep")


def read_replies(file: Path) -> list[dict[str, Any]]:
    """Read what `--json` wrote."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def compare(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> Iterator[str]:
    """Yield what differs, reply by reply."""
    if [_key(reply) for reply in old] != [_key(reply) for reply in new]:
        yield "The commands that were run are not the same:"
        yield from _difference(
            [" ".join(_key(reply)) for reply in old], [" ".join(_key(reply)) for reply in new]
        )
    answers = {_key(reply): reply for reply in new}
    for reply in old:
        answer = answers.get(_key(reply))
        if answer is not None and answer != reply:
            yield f"\n› [{reply['locale']}] {reply['line']}"
            yield from _difference(_lines(reply), _lines(answer))


def _key(reply: dict[str, Any]) -> tuple[str, str]:
    return reply["locale"], reply["line"]


def _lines(reply: dict[str, Any]) -> list[str]:
    return json.dumps(reply, ensure_ascii=False, sort_keys=True, indent=1).splitlines()


def _difference(old: list[str], new: list[str]) -> Iterator[str]:
    return difflib.unified_diff(old, new, "old", "new", n=2, lineterm="")


if __name__ == "__main__":
    main()
