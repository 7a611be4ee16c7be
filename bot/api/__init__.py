"""The push API: what the cooperative's own programs ask the office to tell members."""
