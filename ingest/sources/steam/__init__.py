"""Steam's own services as a source.

>>> from ingest.sources.steam.settings import SteamSettings
>>> from ingest.sources.steam.source import SteamSource
>>> source = SteamSource(SteamSettings(country="DE"), Path("data/nextplay.steam.sqlite3"))
"""
