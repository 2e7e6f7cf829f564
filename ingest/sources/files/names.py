"""Which names are those of data files. What is in them is recognised by their content."""

_RECORDS = (".json", ".jsonl", ".ndjson")
_PACKED = (".gz", ".gzip", ".tgz", ".bz2", ".tbz2", ".xz", ".txz", ".zst", ".zip", ".tar")
_TABLES = (".csv", ".tsv")


def is_data_name(name: str) -> bool:
    """Return whether a file name ends as those of data files do, unlike a part or a checksum."""
    return is_record_name(name) or is_table_name(name)


def is_record_name(name: str) -> bool:
    """Return whether a file name ends as those of files of JSON, or of packed ones, do."""
    return not name.startswith(".") and name.lower().endswith((*_RECORDS, *_PACKED))


def is_table_name(name: str) -> bool:
    """Return whether a file name ends as those of tables do."""
    return not name.startswith(".") and name.lower().endswith(_TABLES)
