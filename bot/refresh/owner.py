"""Ending with the bot that started this process, even where that is killed, whatever this process is at."""

import ctypes
import os
import signal
import sys
import time
from threading import Thread

_SECONDS_BETWEEN_LOOKS = 1.0
# prctl(2): the signal that the kernel sends when the parent is gone.
_PR_SET_PDEATHSIG = 1


def end_with(owner: int) -> None:
    """End this process within seconds of its parent, the process `owner`, also if that is gone already.

    On Linux the kernel kills it: a thread would wait for LAPACK, which keeps the interpreter to itself for as
    long as it computes. Elsewhere a thread has to do. A transaction that is open by then never happened.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.name == "posix":  # other systems keep reporting the id of a parent that has ended
        _end_if_left(owner)
        Thread(target=_look_after, args=(owner,), name="end with owner", daemon=True).start()


def _look_after(owner: int) -> None:
    while True:
        time.sleep(_SECONDS_BETWEEN_LOOKS)
        _end_if_left(owner)


def _end_if_left(owner: int) -> None:
    if os.getppid() != owner:
        os._exit(1)
