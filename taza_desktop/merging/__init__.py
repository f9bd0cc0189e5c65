"""Packages into a register: preview, apply, undo, conflicts."""
