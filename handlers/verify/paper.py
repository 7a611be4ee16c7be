"""A member's paper on its way to a verifier."""


def as_sent(content: bytes) -> bytes:
    """The bytes as the member sent them."""
    return content
