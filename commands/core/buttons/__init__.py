"""Buttons, menus, forms and pages under replies."""
