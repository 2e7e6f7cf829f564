"""What can be wrong with a published store, and with the host that has it, with what a look says of each."""

import json
from collections.abc import Callable
from pathlib import Path

from tests.bot.published.stores import manifest_of
from tests.ingest.sources.download.host import Host, Served, claim, status


def change_manifest(out: Path, **fields: object) -> None:
    file = manifest_of(out)
    file.write_text(json.dumps({**json.loads(file.read_text()), **fields}))


def newest(out: Path) -> Path:
    return max(out.glob("store-*"))


def cut_short(out: Path, _host: Host) -> None:
    file = newest(out)
    file.write_bytes(file.read_bytes()[:-1000])


def flip_a_bit(out: Path, _host: Host) -> None:
    file = newest(out)
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def take_away(out: Path, _host: Host) -> None:
    newest(out).unlink()


def other_manifest(out: Path, _host: Host) -> None:
    change_manifest(out, sha256="0" * 64)


def web_page(out: Path, _host: Host) -> None:
    manifest_of(out).write_text("<!doctype html><title>Not found</title>")


def newer_program(out: Path, _host: Host) -> None:
    change_manifest(out, form=2, program="9.0")


def newer_schema(out: Path, _host: Host) -> None:
    change_manifest(out, revision="9999")


def newer_rules(out: Path, _host: Host) -> None:
    change_manifest(out, rules={"version": 9999})


def other_counts(out: Path, _host: Host) -> None:
    change_manifest(out, counts={"games": 1})


def other_answers(out: Path, _host: Host) -> None:
    change_manifest(out, known=[{"app_id": 1, "title": "Portal 2", "similar": 5}])


def huge(out: Path, _host: Host) -> None:
    change_manifest(out, unpacked_size=1 << 39)


def unpacks_to_more(out: Path, _host: Host) -> None:
    change_manifest(out, unpacked_size=100_000)


def refuse(_out: Path, host: Host) -> None:
    host.then(status(403))


def lie_of_length(_out: Path, host: Host) -> None:
    host.then(lambda exchange: exchange.answer_well(), *[claim(10_000_000)] * 6)


def announce_too_much(out: Path, host: Host) -> None:
    host.files[f"/store/{manifest_of(out).name}"] = Served(b" " * 100_000)


FAULTS: dict[Callable[[Path, Host], None], str] = {
    cut_short: "checksum|not the one|is damaged|ends|announced|damaged",
    flip_a_bit: "checksum|not the one|is damaged",
    take_away: "no such file|There is no",
    other_manifest: "checksum|not the one|is damaged",
    web_page: "is none|web page",
    newer_program: "Nextplay 9.0 published it",
    newer_schema: "update Nextplay here",
    newer_rules: "update Nextplay here",
    other_counts: "other numbers of games",
    other_answers: "otherwise about Portal 2",
    huge: "are free",
    unpacks_to_more: "more than its manifest says",
}
OF_A_HOST: dict[Callable[[Path, Host], None], str] = {
    refuse: "does not give it to everybody",
    lie_of_length: "larger than the limit",
    announce_too_much: "larger than the limit",
}
