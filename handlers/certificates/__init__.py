"""Certificates: choose one, prove again who asks, receive it here or by e-mail."""
