"""The commands as Discord knows them: every use goes through their tree, which is synced and translated."""
