"""A source gives all its lines, or one sentence that says what is wrong with the file."""

import gzip
import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.errors import SourceError
from ingest.sources.steam_files.source_file import SourceFile
from store.runs import SilentProgress

# Text that does not shrink, so that a file has many blocks to be read in.
NOISE = b"\n".join(os.urandom(30_000).hex().encode() for _ in range(80))


def lines_of(file: Path) -> list[bytes]:
    return [line for batch in SourceFile(file, SilentProgress()).batches() for line in batch.lines]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(rest=st.binary().filter(lambda rest: b"\n\xef\xbb\xbf" not in rest))
def test_lines_are_those_of_the_file_packed_or_not(tmp_path: Path, rest: bytes) -> None:
    data = b"{}\n" + rest.removeprefix(b"\xef\xbb\xbf")
    expected = data.removesuffix(b"\n").split(b"\n")
    (tmp_path / "plain").write_bytes(data)
    (tmp_path / "packed").write_bytes(gzip.compress(data))
    assert lines_of(tmp_path / "plain") == expected
    assert lines_of(tmp_path / "packed") == expected


def test_a_large_file_comes_in_batches_that_number_its_lines(tmp_path: Path) -> None:
    file = tmp_path / "large.gz"
    file.write_bytes(gzip.compress(NOISE))
    source = SourceFile(file, SilentProgress())
    batches = list(source.batches())
    assert len(batches) > 2
    assert b"\n".join(line for batch in batches for line in batch.lines) == NOISE
    assert [batch.first for batch in batches[1:]] == [
        before.first + len(before.lines) for before in batches[:-1]
    ]
    assert source.lines == 80


def test_the_state_is_that_of_the_bytes_on_disk(tmp_path: Path) -> None:
    file = tmp_path / "large.gz"
    file.write_bytes(gzip.compress(NOISE))
    source = SourceFile(file, SilentProgress())
    for _batch in source.batches():
        pass
    assert source.state.size == file.stat().st_size
    assert source.state.modified_ns == file.stat().st_mtime_ns
    assert source.state.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()


def test_members_of_a_packed_file_are_read_one_after_the_other(tmp_path: Path) -> None:
    file = tmp_path / "members.gz"
    file.write_bytes(gzip.compress(b"one\ntw") + gzip.compress(b"o\nthree\n") + b"\0" * 8)
    assert lines_of(file) == [b"one", b"two", b"three"]


def test_a_byte_order_mark_is_no_part_of_the_first_line(tmp_path: Path) -> None:
    file = tmp_path / "marked"
    file.write_bytes(b"\xef\xbb\xbfone\ntwo\n")
    assert lines_of(file) == [b"one", b"two"]


def test_a_file_that_ends_in_the_middle_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "cut.gz"
    file.write_bytes(gzip.compress(NOISE)[:-100])
    with pytest.raises(SourceError, match=r"cut\.gz ends in the middle; fetch it again"):
        lines_of(file)


def test_a_file_with_wrong_bytes_is_refused(tmp_path: Path) -> None:
    packed = bytearray(gzip.compress(NOISE))
    packed[len(packed) // 2] ^= 0xFF
    file = tmp_path / "damaged.gz"
    file.write_bytes(packed)
    with pytest.raises(SourceError, match=r"damaged\.gz is damaged .* fetch it again"):
        lines_of(file)


@pytest.mark.parametrize("content", [b"", gzip.compress(b"", mtime=0)])
def test_an_empty_file_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "empty"
    file.write_bytes(content)
    with pytest.raises(SourceError, match="empty is empty; fetch it again"):
        lines_of(file)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"missing cannot be read \(No such file"):
        lines_of(tmp_path / "missing")


@pytest.mark.parametrize("content", [NOISE, gzip.compress(NOISE)], ids=["plain", "packed"])
@pytest.mark.parametrize("change", ["grow", "touch"])
def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path: Path, content: bytes, change: str) -> None:
    file = tmp_path / "busy"
    file.write_bytes(content)
    batches = SourceFile(file, SilentProgress()).batches()
    next(batches)
    if change == "grow":
        with file.open("ab") as stream:
            stream.write(content)
    else:
        os.utime(file, ns=(1, 1))
    with pytest.raises(SourceError, match="changed while it was read; start again once it is complete"):
        for _batch in batches:
            pass


def test_a_file_that_is_replaced_while_it_is_read_is_read_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "replaced"
    file.write_bytes(NOISE)
    batches = SourceFile(file, SilentProgress()).batches()
    lines = list(next(batches).lines)
    (tmp_path / "new").write_bytes(b"something else\n")
    (tmp_path / "new").replace(file)
    lines += [line for batch in batches for line in batch.lines]
    assert b"\n".join(lines) == NOISE
