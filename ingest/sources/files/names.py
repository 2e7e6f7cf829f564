"""Which names are those of data files. What is in them is told by their content."""

_RECORDS = (".json", ".jsonl", ".ndjson")
_PACKED = (".gz", ".gzip", ".tgz", ".bz2", ".tbz2", ".xz", ".txz", ".zst", ".zip", ".tar")
SUFFIXES = (*_RECORDS, *_PACKED)


def is_data_name(name: str) -> bool:
    """Tell whether a file name ends as those of data files do; neither a part, nor a checksum beside one."""
    return not name.startswith(".") and name.lower().endswith(SUFFIXES)
