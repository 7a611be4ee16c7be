"""A QR code as a picture for the chat."""

from io import BytesIO

import segno

_SCALE, _QUIET = 10, 4


def qr_picture(text: str) -> bytes:
    """PNG, black on white, with its quiet zone; a quarter of it may be hidden."""
    drawn = BytesIO()
    segno.make(text, error="Q", micro=False).save(drawn, kind="png", scale=_SCALE, border=_QUIET)
    return drawn.getvalue()
