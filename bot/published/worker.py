"""The process in which the bot looks for a newer published store; it keeps to the protocol of a refresh.

Fetching, unpacking and checking a large file keep a core busy for seconds, and take memory that the bot need
not have.
"""

from typing import IO

from bot.published.request import LookRequest
from bot.refresh.worker import ProgressMessages, serve_request, write_message
from store.runs import Stage


def _look(request: LookRequest, out: IO[str]) -> None:
    write_message(out, stage=Stage.STARTING)
    # Imported late: this takes a while, and the bot should hear of this process at once.
    from bot.published.look import look

    write_message(out, outcome=look(request, ProgressMessages(out)))


if __name__ == "__main__":
    serve_request(LookRequest.from_json, _look)
