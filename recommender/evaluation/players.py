"""Numbering players so that a split is the same whatever order a store met them in."""

from dataclasses import replace

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from recommender.data.libraries import Libraries
from store.models import Player


def numbered_by_user_id(session: Session, libraries: Libraries) -> Libraries:
    """Return the libraries with players numbered, from 1, in the order of the user ids of the items file."""
    statement = select(Player.id).where(Player.items_count.is_not(None)).order_by(Player.user_id)
    number_of = {player: number for number, player in enumerate(session.scalars(statement), start=1)}
    numbers = np.array([number_of[player] for player in libraries.player_ids.tolist()], np.int64)
    order = np.argsort(numbers)
    return replace(libraries.of(order), player_ids=numbers[order])
