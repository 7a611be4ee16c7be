"""Broadcasts by employees: written, confirmed by another, watched and looked at afterwards."""
