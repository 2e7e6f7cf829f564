"""What every table shares: the declarative base and the naming of constraints."""

import enum

from sqlalchemy import BigInteger, Enum, Integer, MetaData
from sqlalchemy.orm import DeclarativeBase

# Alembic can only alter or drop a constraint that has a name.
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

# A year column of a summary is part of its key and so cannot be NULL; an unknown year is stored as this.
UNKNOWN_YEAR = 0

# Sums of minutes outgrow 32 bits. SQLite's INTEGER has 64 already, and only INTEGER may be a row id.
BigInt = BigInteger().with_variant(Integer, "sqlite")


class Base(DeclarativeBase):
    """The base of all tables."""

    metadata = MetaData(naming_convention=NAMING)


def text_enum(kind: type[enum.StrEnum]) -> Enum:
    """A column type that stores the value of a string enumeration as plain text."""
    return Enum(
        kind, native_enum=False, length=16, values_callable=lambda members: [m.value for m in members]
    )
