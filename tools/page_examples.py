"""Runs the examples of a page, its blocks marked `pycon`, in the order in which they stand."""

import doctest
import re
from pathlib import Path


def run_examples(page: Path) -> tuple[int, str]:
    """Run the examples of a page in the working directory.

    Returns:
        How many were run, and what those printed that gave something else than the page shows.
    """
    blocks = re.findall(r"```pycon\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    examples = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, page.name, None, None)
    told: list[str] = []
    results = doctest.DocTestRunner(verbose=False).run(examples, out=told.append)
    return results.attempted, "".join(told)
