"""Certificates: what they certify, how they are issued, voided and checked."""
