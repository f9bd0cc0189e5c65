"""Offline data entry and reporting for the national plan «Таза Қазақстан» 2024–2029."""

__version__ = "0.1.0"
