"""Backups of the store's files: whole copies taken while the bot runs, and restoring them.

Each function takes a `Database`, or its `user_data` for what people stored; the two are backed up apart.
"""

from store.backup.folder import BackupInfo, damaged_name, list_backups
from store.backup.restore import Restored, restore
from store.backup.take import backup, copy_as_it_is

__all__ = ["BackupInfo", "Restored", "backup", "copy_as_it_is", "damaged_name", "list_backups", "restore"]
