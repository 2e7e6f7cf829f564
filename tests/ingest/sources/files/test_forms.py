"""Lines come out of a file however it is packed and written; what cannot be read is said in one sentence."""

import bz2
import gzip
import io
import json
import lzma
import os
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from backports import zstd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.errors import SourceError
from ingest.sources.files import Unusable, first_lines, lines_of, opened
from ingest.sources.files import blocks as blocks_module
from ingest.sources.files import lines as lines_module

TEXT = b'{"id": 1, "name": "caf\xc3\xa9"}\n{"id": 2}\n'
LINES = [b'{"id": 1, "name": "caf\xc3\xa9"}', b'{"id": 2}']


def zipped(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return packed.getvalue()


def tarred(*members: tuple[str, bytes], form: int = tarfile.PAX_FORMAT) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=form) as archive:
        for name, content in members:
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return packed.getvalue()


ONE = ("steam_games.json", TEXT)
PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "bzip2": bz2.compress,
    "xz": lzma.compress,
    "Zstandard": zstd.compress,
}
WAYS: dict[str, bytes] = {
    "plain": TEXT,
    **{name: pack(TEXT) for name, pack in PACKERS.items()},
    "gzip in gzip": gzip.compress(gzip.compress(TEXT)),
    "xz in gzip": gzip.compress(lzma.compress(TEXT)),
    **{f"{name} of two members": pack(TEXT[:10]) + pack(TEXT[10:]) for name, pack in PACKERS.items()},
    "gzip with padding": gzip.compress(TEXT) + bytes(1024),
    "gzip with padding of several blocks": gzip.compress(TEXT) + bytes(1 << 20),
    "gzip with padding between members": gzip.compress(TEXT[:10]) + bytes(512) + gzip.compress(TEXT[10:]),
    "xz with padding": lzma.compress(TEXT) + bytes(8),
    "zip": zipped(ONE),
    "zip, stored": zipped(ONE, method=zipfile.ZIP_STORED),
    "zip with a folder": zipped(("data/", b""), ("data/steam_games.json", TEXT)),
    "zip of macOS": zipped(ONE, ("__MACOSX/._steam_games.json", b"\0\5\x16\7"), (".DS_Store", b"x")),
    "zip of gzip": zipped(("steam_games.json.gz", gzip.compress(TEXT))),
    "zip with its member called as if outside": zipped(("../../etc/passwd", TEXT)),
    "tar": tarred(ONE),
    "tar, GNU": tarred(ONE, form=tarfile.GNU_FORMAT),
    "tar, ustar": tarred(ONE, form=tarfile.USTAR_FORMAT),
    "tar with a long name": tarred(("d" * 300 + ".json", TEXT)),
    "tar.gz": gzip.compress(tarred(ONE)),
    "tar.bz2": bz2.compress(tarred(ONE)),
    "tar.xz": lzma.compress(tarred(ONE)),
    "tar of gzip": tarred(("steam_games.json.gz", gzip.compress(TEXT))),
    "UTF-8 with a mark": b"\xef\xbb\xbf" + TEXT,
    "two files with marks joined": b"\xef\xbb\xbf" + TEXT.replace(b"\n", b"\n\xef\xbb\xbf", 1),
    **{
        f"{encoding}{' with a mark' if mark else ''}": (mark + TEXT.decode()).encode(encoding)
        for encoding in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
        for mark in ("", "\ufeff")
    },
    "UTF-16 in gzip": gzip.compress(TEXT.decode().encode("utf-16")),
    "carriage returns": TEXT.replace(b"\n", b"\r"),
}


def read(file: Path, name: str | None = None) -> list[bytes]:
    is_wanted = None if name is None else (lambda member: member == name)
    with opened(file) as stream:
        return [line for some in lines_of(stream, is_wanted=is_wanted) for line in some if line]


def saved(folder: Path, content: bytes) -> Path:
    file = folder / "steam_games.json.gz"  # a name says nothing
    file.write_bytes(content)
    return file


@pytest.mark.parametrize("content", WAYS.values(), ids=WAYS.keys())
def test_a_file_is_read_however_it_is_packed_and_encoded(tmp_path: Path, content: bytes) -> None:
    file = saved(tmp_path, content)
    assert read(file) == LINES
    assert first_lines(file, 1) == LINES[:1]
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("content", WAYS.values(), ids=WAYS.keys())
def test_what_is_stored_is_followed_from_the_first_byte_to_the_last(tmp_path: Path, content: bytes) -> None:
    followed = bytearray()
    with opened(saved(tmp_path, content)) as stream:
        for _lines in lines_of(stream, on_stored=followed.extend):
            pass
    assert followed == content


@pytest.mark.parametrize("archive", [zipped, tarred], ids=["zip", "tar"])
def test_of_several_members_the_one_that_is_meant_is_read(
    tmp_path: Path, archive: Callable[..., bytes]
) -> None:
    file = saved(tmp_path, archive(("d/readme.txt", b"Read me\n"), ("d/steam_games.json", TEXT)))
    assert read(file, "steam_games.json") == LINES


RECORDS = [
    {"id": 1, "text": 'braces }{ ][ , and "quotes" \\ it\'s', "list": [{"a": {}}, []]},
    {"id": 2, "text": "caf\u00e9\n\u2028"},
    {"id": 3},
]
FORMS = {
    "an array": json.dumps(RECORDS),
    "an array with a line each": "[\n" + ",\n".join(map(json.dumps, RECORDS)) + "\n]\n",
    "an array over many lines": json.dumps(RECORDS, indent=2),
    "an array with Windows' line ends": json.dumps(RECORDS, indent=2).replace("\n", "\r\n"),
    "an array of literals": repr(RECORDS),
    "objects over many lines": "\n".join(json.dumps(record, indent=4) for record in RECORDS),
    "two arrays": json.dumps(RECORDS[:1]) + "\n" + json.dumps(RECORDS[1:]),
    "an array with a mark": "\ufeff" + json.dumps(RECORDS),
}


@pytest.mark.parametrize("text", FORMS.values(), ids=FORMS.keys())
def test_the_objects_of_a_value_that_spans_lines_come_as_one_line_each(tmp_path: Path, text: str) -> None:
    lines = read(saved(tmp_path, text.encode()))
    assert [eval(line, {}) for line in lines] == RECORDS
    assert not any(b"\n" in line for line in lines)


@pytest.mark.slow
@given(
    records=st.lists(
        st.dictionaries(st.text(), st.recursive(st.text() | st.integers(), st.lists, max_leaves=4)),
        min_size=1,
        max_size=4,
    ),
    indent=st.sampled_from([None, 0, 3]),
    size=st.integers(1, 50),
)
def test_an_array_gives_its_objects_wherever_its_blocks_are_cut(
    records: list[dict[str, object]], indent: int | None, size: int
) -> None:
    text = json.dumps(records, indent=indent).encode()
    cut = (text[at : at + size] for at in range(0, len(text), size))
    lines = [line for some in lines_module.split(text, cut) for line in some]
    assert [json.loads(line) for line in lines] == records


def test_what_stands_between_the_objects_of_an_array_is_left_to_be_refused(tmp_path: Path) -> None:
    assert read(saved(tmp_path, b'[1, 2,\n {"id": 1}, oops {"id": 2}]')) == [
        b"[1, 2,  ",
        b'{"id": 1}',
        b", oops ",
        b'{"id": 2}',
    ]


def test_a_damaged_first_line_does_not_make_an_array_of_the_rest(tmp_path: Path) -> None:
    text = b'{"id": 1, "name": "it\n{"id": 2}\n{"id": 3}\n'
    assert read(saved(tmp_path, text)) == text.splitlines()


def encrypted() -> bytes:
    content = bytearray(zipped(ONE))
    content[6] |= 1  # the flags of the member
    content[content.index(b"PK\x01\x02") + 8] |= 1  # and those in the directory
    return bytes(content)


def nameless() -> bytes:
    content = bytearray(zipped(("a", TEXT)))
    directory = content.index(b"PK\x01\x02")
    content[directory + 28] = 0  # the length of the name
    del content[directory + 46]  # and the name itself
    content[-22 + 12] -= 1  # and what it adds to the directory
    return bytes(content)


def with_header(size: int) -> bytes:
    """A tar archive whose first header claims to be followed by a name of `size` bytes."""
    entry = tarfile.TarInfo("././@LongLink")
    entry.size, entry.type = size, tarfile.GNUTYPE_LONGNAME
    return entry.tobuf(tarfile.GNU_FORMAT) + bytes(4096)


REFUSED: dict[str, tuple[bytes, str]] = {
    "garbage behind gzip": (
        gzip.compress(TEXT) + b"trailing words",
        "has something else behind its gzip data",
    ),
    "one byte behind gzip": (gzip.compress(TEXT) + b"x", "has something else behind its gzip data"),
    "garbage behind bzip2": (bz2.compress(TEXT) + b"trailing words", "behind its bzip2 data"),
    "garbage behind xz": (lzma.compress(TEXT) + b"trailing words", "behind its xz data"),
    "garbage behind Zstandard": (zstd.compress(TEXT) + b"trailing words", "behind its Zstandard data"),
    **{f"half of {name}": (pack(TEXT)[:-5], "ends in the middle") for name, pack in PACKERS.items()},
    "half of the second member": (gzip.compress(TEXT) + gzip.compress(TEXT)[:-9], "ends in the middle"),
    "a wrong byte in gzip": (gzip.compress(TEXT)[:-6] + b"\0" + gzip.compress(TEXT)[-5:], "is damaged"),
    "half of a zip": (zipped(ONE)[:-30], "is a damaged zip archive"),
    "a wrong byte in a zip": (
        zipped(ONE, method=zipfile.ZIP_STORED).replace(b'"id": 2', b'"id": 3'),
        "is a damaged zip archive",
    ),
    "half of a tar": (tarred(ONE, form=tarfile.USTAR_FORMAT)[:530], "is a damaged tar archive"),
    "half of a tar.gz": (gzip.compress(tarred(ONE))[:-9], "ends in the middle"),
    "an encrypted zip": (encrypted(), "is an encrypted zip archive; unpack it with its password first"),
    "a zip of another method": (
        zipped(ONE, method=zipfile.ZIP_BZIP2),
        "method of zip that is not read here",
    ),
    "a zip whose member has no name": (nameless(), "is a damaged zip archive"),
    "an empty zip": (zipped(), "is a zip archive without a file in it"),
    "a zip of several": (zipped(ONE, ("b.json", TEXT)), r"of several files \(steam_games\.json, b\.json\)"),
    "a tar of several": (tarred(ONE, ("b.json", TEXT)), r"tar archive of several files"),
    "a zip in a zip": (zipped(("a.zip", zipped(ONE))), "holds an archive inside another packing"),
    "a zip in gzip": (gzip.compress(zipped(ONE)), "holds an archive inside another packing"),
    "a tar in a tar": (tarred(("a.tar", tarred(ONE))), "holds an archive inside another packing"),
    "gzip five times over": (
        gzip.compress(gzip.compress(gzip.compress(gzip.compress(gzip.compress(TEXT))))),
        "is packed more than 4 times over",
    ),
    "a tar whose header claims a gigabyte": (with_header(1 << 30), "a header is of no sensible length"),
    "half of UTF-16": (TEXT.decode().encode("utf-16")[:-1], "is damaged"),
    "half of an array": (json.dumps(RECORDS).encode()[:-20], "ends in the middle of a record"),
    "an array without its end": (json.dumps(RECORDS).encode()[:-1], "ends in the middle of its list"),
}


@pytest.mark.parametrize(("content", "why"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_read_is_refused_with_its_own_cause(tmp_path: Path, content: bytes, why: str) -> None:
    with pytest.raises(Unusable, match=why):
        read(saved(tmp_path, content))


@pytest.mark.slow
@pytest.mark.parametrize("pack", PACKERS.values(), ids=PACKERS.keys())
def test_what_unpacks_out_of_all_proportion_is_refused(
    tmp_path: Path, pack: Callable[[bytes], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blocks_module, "_UNSUSPECTED_BYTES", 1 << 22)
    for line in (b"\0" * 99 + b"\n", b"\n"):
        bomb = pack(line * ((1 << 24) // len(line)))
        for content in (bomb, gzip.compress(bomb), zipped(("a.json", bomb))):
            with pytest.raises(Unusable, match="unpacks to more than"):
                read(saved(tmp_path, content))


def test_a_line_without_end_is_refused_before_it_fills_the_memory(tmp_path: Path) -> None:
    for content in (b"{" + b"a" * (1 << 25), b"[{" + b"a" * (1 << 25), b"[" + b" " * (1 << 25)):
        with pytest.raises(Unusable, match="has a line or record of more than 16 MB"):
            read(saved(tmp_path, gzip.compress(content, 1)))


def test_a_pipe_a_socket_a_device_or_a_folder_is_refused_at_once(tmp_path: Path) -> None:
    import socket

    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "socket"))
        (tmp_path / "link").symlink_to(tmp_path / "pipe")
        kinds = {"pipe": "a pipe", "socket": "a socket", "link": "a pipe", ".": "a folder"}
        for name, kind in kinds.items():
            with pytest.raises(SourceError, match=f"is {kind}, not a regular file"), opened(tmp_path / name):
                pass
    with (
        pytest.raises(SourceError, match="/dev/zero is a device, not a regular file"),
        opened(Path("/dev/zero")),
    ):
        pass


def test_a_link_to_a_file_is_that_file(tmp_path: Path) -> None:
    saved(tmp_path, TEXT)
    (tmp_path / "link").symlink_to(tmp_path / "steam_games.json.gz")
    assert read(tmp_path / "link") == LINES


def test_a_file_that_becomes_a_pipe_before_it_is_opened_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = saved(tmp_path, TEXT)
    before = Path.stat(file)
    file.unlink()
    os.mkfifo(file)
    monkeypatch.setattr(Path, "stat", lambda _path: before)
    with pytest.raises(SourceError, match="is a pipe, not a regular file"), opened(file):
        pass


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=st.sampled_from(list(WAYS.values())),
    cut=st.integers(0, 10_000),
    flips=st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), max_size=4),
)
def test_a_damaged_file_is_read_or_refused_and_nothing_else(
    tmp_path: Path, content: bytes, cut: int, flips: list[tuple[int, int]]
) -> None:
    damaged = bytearray(content[: cut % (len(content) + 1)] or content)
    for at, value in flips:
        damaged[at % len(damaged)] = value
    try:
        read(saved(tmp_path, bytes(damaged)))
    except Unusable as error:
        assert str(error)
