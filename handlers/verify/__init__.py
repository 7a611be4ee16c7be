"""Employees verify members' requests to change their data."""
