"""Numbers that look random and are the same in every process: all that is generated comes from them."""

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

_MASK = 0xFFFFFFFF


def mixed(number: int, salt: int) -> int:
    """32 bits that depend on every bit of both numbers (two rounds of a multiply-xorshift hash)."""
    x = (number * 0x9E3779B1 + salt * 0x85EBCA77 + 0x165667B1) & _MASK
    x = ((x ^ (x >> 15)) * 0x2C1B3C6D) & _MASK
    x = ((x ^ (x >> 12)) * 0x297A2D39) & _MASK
    return x ^ (x >> 15)


def pick(choices: Sequence[T], number: int, salt: int) -> T:
    """One of the choices."""
    return choices[mixed(number, salt) % len(choices)]


def share(number: int, salt: int) -> float:
    """Return a number from 0 up to, but not including, 1."""
    return mixed(number, salt) / (_MASK + 1)
