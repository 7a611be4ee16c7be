"""Certificates as papers."""
