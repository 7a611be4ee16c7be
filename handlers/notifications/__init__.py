"""Notifications as members read them, and what they choose to be told."""
