"""What every command stands on, in packages that import downwards only (docs/architecture.md)."""
