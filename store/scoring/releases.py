"""Telling whether a game is out."""

from typing import Final

from sqlalchemy import Date, Integer, and_, bindparam, or_

from store.models import Game, GameStats

# A game is released if its date has come or is unknown. A release text without a year ("Coming soon") means
# that it is not, unless somebody owns it already. It takes `today` and `this_year`, and the games with their
# stats, where there are any.
IS_OUT: Final = or_(
    Game.release_date <= bindparam("today", type_=Date),
    and_(Game.release_date.is_(None), Game.release_year <= bindparam("this_year", type_=Integer)),
    and_(Game.release_year.is_(None), or_(Game.release_text.is_(None), GameStats.owners > 0)),
)
