"""What is packed unpacks to the same, and nothing else passes for it."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.publication.errors import PublicationError
from store.publication.manifest import Manifest
from store.publication.packing import Packed, pack, unpack
from tests.store.publication.test_manifest import MANIFEST

CONTENT = b"SQLite format 3\0" * 200_000


def ignore(_size: int) -> None:
    """Hear of progress."""


def manifest_of(packed: Packed) -> Manifest:
    return replace(
        MANIFEST,
        size=packed.size,
        sha256=packed.sha256,
        unpacked_size=packed.unpacked_size,
        unpacked_sha256=packed.unpacked_sha256,
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("packing")


@pytest.fixture(scope="module")
def manifest(folder: Path) -> Manifest:
    """That of `CONTENT`, which is packed in the file `packed`."""
    (folder / "plain").write_bytes(CONTENT)
    return manifest_of(pack(folder / "plain", folder / "packed", ignore))


def test_it_unpacks_to_the_same(folder: Path, manifest: Manifest) -> None:
    unpack(folder / "packed", folder / "out", manifest, ignore)
    assert (folder / "out").read_bytes() == CONTENT
    assert manifest.size < len(CONTENT) / 100


@given(data=st.data())
def test_a_file_that_is_damaged_or_cut_short_anywhere_is_refused(
    folder: Path, manifest: Manifest, data: st.DataObject
) -> None:
    packed = bytearray((folder / "packed").read_bytes())
    place = data.draw(st.integers(0, len(packed) - 1))
    if data.draw(st.booleans()):
        del packed[place:]
    else:
        packed[place] ^= data.draw(st.integers(1, 255))
    (folder / "damaged").write_bytes(packed)
    with pytest.raises(PublicationError, match=r"its file .*; publish it again\.$"):
        unpack(folder / "damaged", folder / "out", manifest, ignore)


def test_one_that_goes_on_behind_its_end_is_refused(folder: Path, manifest: Manifest) -> None:
    (folder / "longer").write_bytes((folder / "packed").read_bytes() * 2)
    with pytest.raises(PublicationError, match="something follows its end"):
        unpack(folder / "longer", folder / "out", manifest, ignore)


def test_no_more_is_written_than_the_manifest_says(folder: Path, manifest: Manifest) -> None:
    few = replace(manifest, unpacked_size=1000)
    with pytest.raises(PublicationError, match="more than its manifest says"):
        unpack(folder / "packed", folder / "out", few, ignore)
    assert (folder / "out").stat().st_size <= 1000
