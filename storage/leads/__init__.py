"""Leads, over the database."""
