"""The ledger of notifications and all that is kept beside it."""
