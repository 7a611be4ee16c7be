"""E-mail: a queue that survives a crash, and its sender."""
