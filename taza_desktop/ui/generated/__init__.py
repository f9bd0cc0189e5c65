"""Modules compiled from the Designer files in `ui/`."""
