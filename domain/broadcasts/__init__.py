"""Broadcasts by employees: composed, confirmed by another, steered, and looked at afterwards."""
