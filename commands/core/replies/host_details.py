"""Keeping what only whoever runs the bot may know out of what Discord shows: folders and secret addresses."""

import re
from collections.abc import Iterable
from pathlib import Path

# An absolute path's folders; the slashes of an address follow a colon, a slash or a word.
_FOLDERS = re.compile(r"(?<![\w:/\\.~])(?:~|[A-Za-z]:)?[/\\](?:[^\s/\\\"'“”]+[/\\])+")
_LOGIN = re.compile(r"(?<=://)[^\s/@]+@")
_QUERY = re.compile(r"(?<=\S)\?[^\s\"'“”)]+")


class HostDetails:
    """Knows the folders of this machine, and takes them out of sentences."""

    def __init__(self, folders: Iterable[Path]) -> None:
        """Know these folders: of the store, of backups, of what a refresh reads."""
        forms = {
            form
            for folder in folders
            for form in (str(folder), str(folder.absolute()), str(folder.resolve()))
        }
        # A relative path of one part could be a word of the sentence.
        self._folders = sorted((form for form in forms if len(Path(form).parts) > 1), key=len, reverse=True)

    def hide(self, sentence: str) -> str:
        """Return `sentence` with paths cut down to file names, and addresses without logins and queries."""
        for folder in self._folders:
            name = Path(folder).name
            sentence = sentence.replace(f"{folder}/", "").replace(f"{folder}\\", "").replace(folder, name)
        sentence = _FOLDERS.sub("", _LOGIN.sub("", sentence))
        return _QUERY.sub("", sentence)
