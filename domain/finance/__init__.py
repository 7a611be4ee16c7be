"""Simulations: rates, credits, CDATs and the cooperative's product lines, in exact decimals."""
