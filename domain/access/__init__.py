"""Entering: document, PIN, one-time code, first PIN and the authorisation before them."""
