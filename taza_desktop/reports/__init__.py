"""The report: composed once, rendered by Word, Excel and the window."""
