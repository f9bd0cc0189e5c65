"""Carrying packages to a meeting place and back, over lines that break."""
