"""What the sources write, made plain: one module a role, each rule a function."""
