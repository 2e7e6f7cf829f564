"""Backups of the store's files: whole copies taken while the bot goes on, and the way back."""

from store.backup.backups import BackupInfo, Restored, backup, list_backups, restore

__all__ = ["BackupInfo", "Restored", "backup", "list_backups", "restore"]
