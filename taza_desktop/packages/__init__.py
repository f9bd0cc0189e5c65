"""Signed containers: written, verified and read; keys and certificates."""
