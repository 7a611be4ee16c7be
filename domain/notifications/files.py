"""Documents and pictures that go with a notification: what they are is seen in their bytes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from domain.notifications.flaws import flawed
from domain.notifications.markup import cleaned

MEBIBYTE = 1 << 20
MOST_BYTES = 10 * MEBIBYTE
MOST_PICTURE_BYTES = 5 * MEBIBYTE
MOST_SIDES = 10_000
LONGEST_NAME = 80


class FileKind(StrEnum):
    DOCUMENT = "document"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class PushedFile:
    name: str
    kind: FileKind
    mime_type: str
    content: bytes = field(repr=False)


_ENDINGS: Mapping[str, str] = {
    "application/pdf": ".pdf",
    "image/png": ".png",
    "image/jpeg": ".jpg",
}


def read_file(name: str, content: bytes) -> PushedFile:
    """The file; Flawed when it is empty, too large, or neither PDF, PNG nor JPEG."""
    if not content:
        raise flawed("body", "empty", "the file is empty")
    if len(content) > MOST_BYTES:
        raise flawed("body", "too_large", f"at most {MOST_BYTES} bytes")
    mime_type = _sniff(content)
    if mime_type == "application/pdf":
        return PushedFile(_name(name, mime_type), FileKind.DOCUMENT, mime_type, content)
    if len(content) > MOST_PICTURE_BYTES:
        raise flawed("body", "too_large", f"a picture has at most {MOST_PICTURE_BYTES} bytes")
    width, height = _sides(content, mime_type)
    if width + height > MOST_SIDES or max(width, height) > 20 * min(width, height):
        raise flawed("body", "measures", "width and height: 10 000 in all, at most 20 to 1")
    return PushedFile(_name(name, mime_type), FileKind.PICTURE, mime_type, content)


def _sniff(content: bytes) -> str:
    if content.startswith(b"%PDF-"):
        return "application/pdf"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    raise flawed("body", "unknown_type", "the file must be a PDF, a PNG or a JPEG")


def _sides(content: bytes, mime_type: str) -> tuple[int, int]:
    """Width and height as the picture's own head states them; nothing is unpacked."""
    sides = _png_sides(content) if mime_type == "image/png" else _jpeg_sides(content)
    if sides is None or min(sides) < 1:
        raise flawed("body", "broken", "the picture does not say how large it is")
    return sides


def _png_sides(content: bytes) -> tuple[int, int] | None:
    if content[12:16] != b"IHDR" or len(content) < 24:
        return None
    return int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")


def _jpeg_sides(content: bytes) -> tuple[int, int] | None:
    """From the first frame header (SOF) among the segments."""
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height = int.from_bytes(content[at + 5 : at + 7], "big")
            return int.from_bytes(content[at + 7 : at + 9], "big"), height
        at += 2 + max(length, 2)
    return None


def _name(given: str, mime_type: str) -> str:
    """A name that is safe anywhere, with the ending of what it is."""
    stem = re.sub(r"[^\w. -]", "_", cleaned(given).replace("/", "_")).strip(" .")
    ending = _ENDINGS[mime_type]
    stem = stem.removesuffix(ending)[: LONGEST_NAME - len(ending)].strip(" .")
    return f"{stem or 'archivo'}{ending}"
