"""Polls: a question with answers that people vote for until it ends."""

from dataclasses import dataclass, field
from datetime import datetime

from playground.world.users import Json, User, iso


@dataclass(slots=True, eq=False)
class Poll:
    """A poll of a message. `answers` are poll media objects; `votes` are by answer id, from 1 on."""

    question: Json
    answers: list[Json]
    hours: int
    multiselect: bool = False
    ends: datetime | None = None
    finalized: bool = False
    votes: dict[int, list[User]] = field(default_factory=dict)

    def voters(self, answer_id: int) -> list[User]:
        """Who voted for an answer, in order."""
        return self.votes.setdefault(answer_id, [])

    def to_json(self, reader: User | None = None) -> Json:
        """The poll object as `reader` sees it."""
        return {
            "question": self.question,
            "answers": [
                {"answer_id": n, "poll_media": media} for n, media in enumerate(self.answers, start=1)
            ],
            "expiry": None if self.ends is None else iso(self.ends),
            "allow_multiselect": self.multiselect,
            "layout_type": 1,
            "results": {
                "is_finalized": self.finalized,
                "answer_counts": [
                    {"id": answer, "count": len(voters), "me_voted": reader in voters}
                    for answer, voters in self.votes.items()
                    if voters
                ],
            },
        }
