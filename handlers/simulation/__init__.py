"""Simulators of credits and CDATs: open to whoever looks in, and to members with more."""
