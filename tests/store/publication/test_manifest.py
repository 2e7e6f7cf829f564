"""A manifest is read as it was written, and anything else is refused in a sentence."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.files import migration
from store.files.migration import MigrationBranch
from store.publication.errors import ManifestTooNew, PublicationError
from store.publication.manifest import KnownGame, Manifest

DIGEST = "0123456789abcdef" * 4
MANIFEST = Manifest(
    program="0.1.0",
    revision=migration.head(MigrationBranch.DATA),
    rules={"version": 6},
    data_as_of=date(2017, 12, 31),
    refreshed_at=datetime(2026, 4, 20, 4, 30, tzinfo=UTC),
    published_at=datetime(2026, 4, 20, 5, 0, tzinfo=UTC),
    file="store-20260420T050000Z-0123456789ab.sqlite3.zst",
    size=132,
    sha256=DIGEST,
    unpacked_size=299,
    unpacked_sha256=DIGEST[::-1],
    counts={"games": 32_135},
    known=(KnownGame(620, "Portal 2", 5),),
)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


def changed(**fields: Any) -> bytes:
    return json.dumps({**json.loads(MANIFEST.to_json()), **fields}).encode()


def test_it_is_read_as_it_was_written() -> None:
    assert Manifest.from_json(MANIFEST.to_json()) == MANIFEST


@given(st.binary())
def test_whatever_else_is_there_is_refused_in_a_sentence(data: bytes) -> None:
    with pytest.raises(PublicationError, match=r"^The published store cannot be used: .*\.$"):
        Manifest.from_json(data)


@given(st.sampled_from(sorted(json.loads(MANIFEST.to_json()))), _JSON)
def test_a_field_of_any_other_value_is_read_or_refused(field: str, value: Any) -> None:
    try:
        found = Manifest.from_json(changed(**{field: value}))
    except PublicationError:
        return
    assert isinstance(found, Manifest)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("file", "../../etc/passwd"),
        ("file", "https://elsewhere.example/store.sqlite3.zst"),
        ("file", "store-/../x.sqlite3.zst"),
        ("size", 0),
        ("size", 1 << 60),
        ("unpacked_size", -1),
        ("sha256", "0" * 63),
        ("unpacked_sha256", "../../0000"),
        ("refreshed_at", "2026-04-20T04:30:00"),
        ("counts", {"games\n@everyone": 1}),
        ("counts", {"g" * 50_000: 1}),
    ],
)
def test_what_would_lead_astray_is_refused(field: str, value: object) -> None:
    with pytest.raises(PublicationError, match="its manifest is none"):
        Manifest.from_json(changed(**{field: value}))


def test_one_of_a_newer_form_names_the_program_that_wrote_it() -> None:
    with pytest.raises(ManifestTooNew, match=r"Nextplay 9\.0 published it.*update Nextplay here"):
        Manifest.from_json(changed(form=2, program="9.0", file={"what": "ever"}))


@pytest.mark.parametrize(
    "program", ["9.0\n[look](https://elsewhere.example)", "9" * 50_000, "\x1b[2J", 9, None]
)
def test_what_is_no_version_is_not_repeated(program: object) -> None:
    with pytest.raises(ManifestTooNew, match="a newer Nextplay published it") as refusal:
        Manifest.from_json(changed(form=2, program=program))
    assert len(str(refusal.value)) < 200


def test_a_store_of_an_older_schema_is_served() -> None:
    replace(MANIFEST, revision="0001").require_served_by(6)


@pytest.mark.parametrize(
    "newer",
    [replace(MANIFEST, revision="9999"), replace(MANIFEST, rules={"version": 7})],
    ids=["schema", "rules"],
)
def test_a_store_of_a_newer_program_is_not(newer: Manifest) -> None:
    with pytest.raises(ManifestTooNew):
        newer.require_served_by(6)
