"""What goes wrong with published stores."""

from store.errors import StoreError


class PublicationError(StoreError):
    """A store could not be published, or one that was published cannot be used."""


class ManifestTooNew(PublicationError):
    """A newer version of Nextplay published the store than this one can serve."""
