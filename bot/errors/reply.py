"""How an error is answered."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from bot.telemetry.interactions import InteractionOutcome
from localization.markdown import Markdown
from localization.translations import Translations


@dataclass(frozen=True, slots=True)
class ErrorReply:
    """How an error is handled: the sentence for the person, and the level that it is logged at.

    There is no sentence where the person can no longer be answered; at level NOTSET nothing is logged.
    `error_id` is the number under which a defect is logged with its trace. `outcome` is what is counted.
    The sentence is deleted after `seconds`, if given, when it no longer holds. Above buttons that name what
    may have been meant, `above_buttons` stands in its place, if given.
    """

    sentence: Markdown | None
    level: int = logging.NOTSET
    error_id: str | None = None
    outcome: InteractionOutcome = InteractionOutcome.REFUSED
    seconds: float | None = None
    above_buttons: Markdown | None = None


Handler: TypeAlias = Callable[[Exception, Translations], ErrorReply | None]
