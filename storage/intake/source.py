"""A file as bytes: its encoding and its delimiter, found out without guessing."""

import codecs
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from storage.intake.findings import FileUnusable, Reason

UTF_8 = "utf-8-sig"
WINDOWS = "cp1252"
DELIMITERS = ";,\t"
_CHUNK = 1 << 20
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def encoding_of(path: Path) -> str:
    """UTF-8 when every byte is valid UTF-8, else Windows-1252; FileUnusable for neither."""
    with path.open("rb") as file:
        if file.read(2) in _UTF_16:
            raise FileUnusable(Reason.ENCODING)
    for encoding in (UTF_8, WINDOWS):
        if _decodes(path, encoding):
            return encoding
    raise FileUnusable(Reason.ENCODING)


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


@contextmanager
def opened(path: Path, encoding: str) -> Iterator[TextIO]:
    """The file as text; FileUnusable when a declared encoding does not fit."""
    with path.open(encoding=encoding, newline="") as stream:
        try:
            yield stream
        except UnicodeDecodeError:
            raise FileUnusable(Reason.ENCODING) from None


def delimiter_of(path: Path, encoding: str) -> str:
    """The mark that parts the header: `;`, `,` or a tab, whichever is there most."""
    with opened(path, encoding) as stream:
        header = next((line for line in stream if line.strip()), "")
    outside = "".join(header.split('"')[::2])
    return max(DELIMITERS, key=outside.count)
