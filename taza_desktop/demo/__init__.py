"""The worked example on the published facts of 2024."""
