"""Anyone checks whether a certificate is genuine: in the chat, or on a page."""
