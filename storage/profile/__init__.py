"""Personal data, over the database: drafts, requests, proofs on file and what was approved."""
