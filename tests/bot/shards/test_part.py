"""Which shards a process serves is written in one way, and anything else is refused in a sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.shards.part import MOST_SHARDS, ShardPart


@st.composite
def parts(draw: st.DrawFn) -> ShardPart:
    total = draw(st.integers(1, 100_000))
    first = draw(st.integers(0, total - 1))
    return ShardPart(first, draw(st.integers(first, min(total, first + MOST_SHARDS) - 1)), total)


@given(parts())
def test_a_part_is_read_as_it_is_written(part: ShardPart) -> None:
    assert ShardPart.parse(str(part)) == part


def test_a_single_shard_needs_no_range() -> None:
    assert ShardPart.parse("3/32") == ShardPart(3, 3, 32)


@pytest.mark.parametrize(
    "text", ["", "0", "0-7", "7-0/32", "0-32/32", "32/32", "-1/32", "a-b/c", "0-7/0", "0-7/32,8-15/32"]
)
def test_what_is_no_part_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="shards"):
        ShardPart.parse(text)


def test_more_than_one_process_can_connect_are_refused() -> None:
    with pytest.raises(ValueError, match="one process serves"):
        ShardPart.parse(f"0-{MOST_SHARDS}/1000")
