"""The cooperative's employees: who they are and what they may do."""
