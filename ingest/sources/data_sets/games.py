"""Reading a catalogue of games."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time

from ingest.clean.games import UnusableRecord
from ingest.clean.mapped_games import Pricing, clean_mapped_game
from ingest.clean.rows import CleanGame
from ingest.sources.data_sets.mapping import Mapping, Zero
from ingest.sources.data_sets.rows import rows_of
from ingest.sources.data_sets.values import FieldValues
from ingest.sources.steam_files.reading import Reading


def read_games(reading: Reading, mapping: Mapping) -> Iterator[CleanGame]:
    """Yield the games of the whole file.

    Raises:
        SourceError: If the file cannot be read to its end, or its columns are not those of its header.
        GuardError: If so much of it cannot be used that the rest does not matter.
    """
    tally = reading.tally
    values = FieldValues(mapping)
    price = mapping.columns.get("price_now")
    pricing = Pricing(mapping.currency, price is not None and price.zero is Zero.FREE_IF_TAGGED)
    looked = None if mapping.as_of is None else datetime.combine(mapping.as_of, time(), UTC)
    for number, record in rows_of(reading, mapping):
        try:
            game = clean_mapped_game(values.of(record, tally.discard), pricing, tally.discard)
        except UnusableRecord as error:
            tally.refuse_line(number, str(error), record)
        else:
            page = None if game.page is None else replace(game.page, checked_at=looked)
            yield replace(game, page=page)
