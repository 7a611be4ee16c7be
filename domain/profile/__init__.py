"""Personal data: what is on file, what a member asks to change, and who decides."""
