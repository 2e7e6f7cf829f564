"""How a command refuses."""

from localization.markdown import Markdown


class CommandError(Exception):
    """A command cannot be done as asked; `sentence` says why, and what to do instead."""

    def __init__(self, sentence: Markdown) -> None:
        self.sentence = sentence
        super().__init__(sentence)
