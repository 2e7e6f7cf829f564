"""What the system refuses is a sentence with the remedy that fits."""

import errno
import os
import subprocess
import sys

import pytest

from bot.system_refusals import sentence_about


@pytest.mark.parametrize("number", [errno.EMFILE, errno.ENFILE])
def test_too_many_open_files_are_no_fault_of_a_path(number: int) -> None:
    assert sentence_about(OSError(number, os.strerror(number), "data/x")) == (
        "No more files can be opened than are open already; raise how many this process may open, by"
        " `ulimit -n` or LimitNOFILE of systemd."
    )


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.ENOTDIR])
def test_what_is_refused_of_a_file_names_it_and_the_reason(number: int) -> None:
    said = sentence_about(OSError(number, os.strerror(number), "data/x"))
    assert said.startswith(f"data/x cannot be used ({os.strerror(number)})")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_a_low_limit_is_raised_as_far_as_the_system_lets_it() -> None:
    script = (
        "import resource as r; from bot.system_refusals import allow_open_files\n"
        "r.setrlimit(r.RLIMIT_NOFILE, (40, 512)); allow_open_files(); print(r.getrlimit(r.RLIMIT_NOFILE))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "(512, 512)\n"
