"""The SQLite file: revisions, and everything that is read out of them."""
