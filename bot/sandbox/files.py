"""The files that travelled through the sandbox."""

from __future__ import annotations

import mimetypes
import secrets
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from bot.sandbox.json_types import Json, without_nothing


@dataclass(frozen=True)
class StoredFile:
    """Some bytes, under the ids Telegram gives them."""

    file_id: str
    unique_id: str
    path: str
    name: str
    mime_type: str
    content: bytes

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self.content)

    def as_file(self) -> Json:
        """The Bot API's File."""
        return without_nothing(
            file_id=self.file_id,
            file_unique_id=self.unique_id,
            file_size=self.size,
            file_path=self.path,
        )

    def as_document(self) -> Json:
        """The Bot API's Document."""
        return without_nothing(
            file_id=self.file_id,
            file_unique_id=self.unique_id,
            file_name=self.name,
            mime_type=self.mime_type,
            file_size=self.size,
        )

    def as_photo(self) -> list[Json]:
        """The Bot API's sizes of a photo: the sandbox keeps only the original."""
        width, height = image_size(self.content) or (1, 1)
        return [
            {
                "file_id": self.file_id,
                "file_unique_id": self.unique_id,
                "file_size": self.size,
                "width": width,
                "height": height,
            }
        ]


class Files:
    """Keeps files by id and by path."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def keep(self, name: str, content: bytes, mime_type: str, folder: str) -> StoredFile:
        """Store bytes; the type is guessed from the name where the sender didn't say."""
        number = len(self._by_id)
        guessed = mimetypes.guess_type(name)[0] or "application/octet-stream"
        suffix = mimetypes.guess_extension(mime_type or guessed) or ""
        stored = StoredFile(
            file_id=f"BQAC{secrets.token_urlsafe(24)}",
            unique_id=f"AgAD{secrets.token_hex(6)}",
            path=f"{folder}/file_{number}{suffix}",
            name=name,
            mime_type=mime_type if mime_type not in ("", "application/octet-stream") else guessed,
            content=content,
        )
        self._by_id[stored.file_id] = self._by_path[stored.path] = stored
        return stored

    def by_id(self, file_id: str) -> StoredFile | None:
        """A file that a message named."""
        return self._by_id.get(file_id)

    def by_path(self, path: str) -> StoredFile | None:
        """A file that getFile pointed to."""
        return self._by_path.get(path)


def image_size(content: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG, GIF or JPEG; None when it isn't one."""
    if content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
        return width, height
    if content[:6] in (b"GIF87a", b"GIF89a") and len(content) >= 10:
        width, height = struct.unpack("<HH", content[6:10])
        return width, height
    return _jpeg_size(content) if content.startswith(b"\xff\xd8") else None


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    for marker, start in _jpeg_segments(content):
        is_frame = 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC)
        if is_frame and len(content) >= start + 7:
            height, width = struct.unpack(">HH", content[start + 3 : start + 7])
            return width, height
    return None


def _jpeg_segments(content: bytes) -> Iterator[tuple[int, int]]:
    """Markers and where their length field stands."""
    position = 2
    while position + 4 <= len(content) and content[position] == 0xFF:
        marker, length = content[position + 1], int.from_bytes(content[position + 2 : position + 4])
        yield marker, position + 2
        position += 2 + length
