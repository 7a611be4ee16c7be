"""Entering: document, PIN, "I am not a robot", one-time code, and the first PIN of one's own."""
