"""What drawing raises."""


class NothingToDraw(Exception):
    """The chart would be empty; the message says why."""
