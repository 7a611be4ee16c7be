"""Certificates over the database: what they certify, the register of those issued."""
