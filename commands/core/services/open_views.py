"""The buttons and menus that are being listened for, which take memory for as long as they are."""

from discord import ui

# Each takes tens of kilobytes: its pages, and the interaction that it belongs to.
_MOST = 1_000


class OpenViews:
    """The views that listen, of all people together. Use it from one event loop."""

    def __init__(self, most: int = _MOST) -> None:
        """Let `most` views listen; one more stops the one that was used longest ago."""
        self._most = most
        # In the order in which they were used last.
        self._views: dict[ui.View, None] = {}

    def __len__(self) -> int:
        """Return how many listen."""
        return len(self._views)

    def use(self, view: ui.View) -> None:
        """Take note that a view was opened or pressed."""
        self._views.pop(view, None)
        self._views[view] = None
        if len(self._views) > self._most:
            oldest = next(iter(self._views))
            self.close(oldest)
            oldest.stop()

    def close(self, view: ui.View) -> None:
        """Take note that a view no longer listens."""
        self._views.pop(view, None)
