"""Rules and use cases; ports beside the use case that needs them; no I/O."""
