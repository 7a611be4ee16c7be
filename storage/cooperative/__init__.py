"""The tables of the cooperative file: what each may hold, and what is wrong with a file."""
