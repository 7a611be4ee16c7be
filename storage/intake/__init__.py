"""Reading the core system's files: every row checked, bad ones reported, the rest loaded."""
