"""Broadcasts by employees, kept and counted."""
