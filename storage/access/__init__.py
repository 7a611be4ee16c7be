"""Entering, over the database: one repository for each port of domain.access."""
