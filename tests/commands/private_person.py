"""A person of whom everything that can be is stored, and how to find any of it where it must not be."""

import json
import re
import struct
from collections.abc import Collection
from datetime import UTC, datetime

from playground import Reply
from playground.world.message import Message
from store import Database, user_data
from store.user_data import LibraryAnswer, LibraryState, Sharing
from tests.commands.own_library import PERSONA, STEAM_ID, library_of

NAME = "Dulcinea"
# Apps that nobody else has to do with, each by one way in which it can be stored or fetched.
OWNED, LIKED, DISLIKED, HIDDEN, WISHED, BORROWABLE = range(1_876_543_219, 1_876_543_225)
MINUTES = 987_654_321
_LENDERS_ACCOUNT = STEAM_ID + 1


def store_everything(
    store: Database,
    person: int,
    *,
    lender: int,
    borrower: int,
    like: str,
    sharing: Sharing = Sharing.PRIVATE,
) -> None:
    """Have a person own games (those of the player `like` of the data too), like, hide, lend and borrow.

    The people are given by their Discord ids.
    """
    library = library_of(store, like) | {OWNED: MINUTES}
    moment = datetime.now(UTC)
    with store.user_data.writer() as session:
        for somebody, steam_id, name, games in (
            (person, STEAM_ID, PERSONA, library),
            (lender, _LENDERS_ACCOUNT, "Teresa", {BORROWABLE: 60}),
        ):
            answer = LibraryAnswer(LibraryState.OPEN, games, name)
            user_data.link_account(session, somebody, steam_id, persona=name)
            user_data.store_answer(session, somebody, steam_id, answer, moment)
        user_data.set_sharing(session, person, sharing)
        user_data.record_taste(session, person, [LIKED], likes=True)
        user_data.record_taste(session, person, [DISLIKED], likes=False)
        user_data.hide_game(session, person, HIDDEN)
        user_data.lend(session, lender, person, moment)
        user_data.lend(session, person, borrower, moment)


class Traces:
    """What can only come from a person for whom `store_everything` was called."""

    def __init__(self, discord_id: int) -> None:
        self._id = discord_id
        self._app_ids = (OWNED, LIKED, DISLIKED, HIDDEN, WISHED, BORROWABLE)
        numbers = (STEAM_ID, self._id, *self._app_ids, MINUTES)
        hours = rf"{MINUTES // 60:,}".replace(",", r"\D{0,3}")
        self._text = re.compile(
            rf"{PERSONA}|{NAME}|(?<!\d)(?:{'|'.join(map(str, numbers))}|{hours})(?!\d)", re.IGNORECASE
        )

    def in_text(self, text: str, *, told: Collection[object] = ()) -> set[str]:
        """Return what there is of the person in a text, but for what whoever asked had `told`."""
        known = {str(one).casefold() for one in told}
        return {found.casefold() for found in self._text.findall(text)} - known

    def in_reply(self, reply: Reply, *, told: Collection[object] = ()) -> set[str]:
        """Return the same of all that a reply holds: messages, components, files, forms."""
        messages = [reply.message, *(followup.message for followup in reply.followups)]
        parts = [content(message) for message in messages if message is not None]
        parts.append(json.dumps(reply.interaction.modal, ensure_ascii=False))
        return self.in_text("\n".join(parts), told=told)

    def in_bytes(self, data: bytes) -> set[str]:
        """Return the same of a file, in which numbers may be packed as databases pack them."""
        packed = {
            **{str(number): struct.pack(">q", number) for number in (STEAM_ID, self._id)},
            **{str(number): struct.pack(">i", number) for number in self._app_ids},
            "a library": struct.pack("<i", OWNED),
            "minutes": struct.pack("<i", MINUTES),
        }
        found = {name for name, form in packed.items() if form in data}
        return found | self.in_text(data.decode("latin-1"))


def content(message: Message) -> str:
    """Return every byte of a message that whoever sees it can have, files and their descriptions included."""
    files = [file.data.decode("latin-1") for file in message.files]
    return "\n".join([json.dumps(message.to_json(), ensure_ascii=False), *files])
