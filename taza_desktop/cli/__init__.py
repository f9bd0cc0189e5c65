"""Every job of the program without a window."""
