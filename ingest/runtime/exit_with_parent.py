"""Ending helper processes with the process that started them."""

import os
from multiprocessing import parent_process
from threading import Thread


def exit_with_parent() -> None:
    """End this process as soon as the one that started it is gone, even killed.

    A worker of a process pool waits for work on a pipe of which it holds both ends, so it would never see the
    pipe close.
    """
    parent = parent_process()
    assert parent is not None, "only a helper calls this"

    def wait() -> None:
        parent.join()
        os._exit(1)

    Thread(target=wait, name="end with parent", daemon=True).start()
