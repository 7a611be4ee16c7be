"""A QR code as a picture for the chat; runs in a pool process like every drawing."""

from io import BytesIO

import segno

# Read from another screen at arm's length: large modules, wide quiet zone.
SCALE, QUIET = 10, 5


def qr_picture(text: str) -> bytes:
    """The PNG of a text; the same text always gives the same bytes."""
    file = BytesIO()
    segno.make(text, error="M", micro=False).save(file, kind="png", scale=SCALE, border=QUIET)
    return file.getvalue()
