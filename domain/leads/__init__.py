"""Leads: simulations that a member or a visitor wants to be called about."""
