"""The audit trail: entries kept aside until the commit, the keyed chain over them, reading it."""
