"""Leads: what employees do with the simulations that somebody sent, and what is told of them."""
