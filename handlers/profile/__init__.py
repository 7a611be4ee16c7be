"""Updating one's own data, and following what was asked for."""
