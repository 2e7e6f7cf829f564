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
        """Return who voted for an answer, in order."""
        return self.votes.setdefault(answer_id, [])

    def result_embed(self) -> Json:
        """Return the embed that says how the poll ended; of several answers with most votes none has won.

        Source: Discord's documentation, "Embed fields by embed type: poll result".
        """
        counts = {answer: len(voters) for answer, voters in self.votes.items() if voters}
        most = max(counts.values(), default=0)
        victors = [answer for answer, count in counts.items() if count == most]
        fields = {
            "poll_question_text": self.question.get("text", ""),
            "victor_answer_votes": str(most),
            "total_votes": str(sum(counts.values())),
        }
        if len(victors) == 1:
            media = self.answers[victors[0] - 1]
            fields |= {"victor_answer_id": str(victors[0]), "victor_answer_text": media.get("text", "")}
            emoji = media.get("emoji") or {}
            fields |= {
                f"victor_answer_emoji_{key}": str(emoji[key]) for key in ("id", "name") if emoji.get(key)
            }
        return {
            "type": "poll_result",
            "fields": [{"name": name, "value": value, "inline": False} for name, value in fields.items()],
            "content_scan_version": 0,
        }

    def to_json(self, reader: User | None = None) -> Json:
        """Return the poll object as `reader` sees it."""
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
