"""Employees' work, over the database."""
