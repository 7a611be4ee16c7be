"""`[documents]`: what papers carry besides the cooperative's texts."""

from pathlib import Path
from typing import Self

from pydantic import model_validator

from domain.cooperative import Signatory
from storage.cooperative.model import Table, Text, fault
from storage.cooperative.problems import Fault

_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
_LARGEST_LOGO = 200_000


class DocumentsTable(Table):
    """`logo`: a file beside the cooperative file; `signatory` and `post`: who certifies."""

    logo: Text | None = None
    signatory: Text | None = None
    post: Text | None = None

    @model_validator(mode="after")
    def _named_whole(self) -> Self:
        if self.signatory is not None and self.post is None:
            raise fault(Fault.MISSING, "post")
        if self.post is not None and self.signatory is None:
            raise fault(Fault.MISSING, "signatory")
        return self

    def value(self) -> Signatory | None:
        """Who certifies, if the file says so."""
        if self.signatory is None or self.post is None:
            return None
        return Signatory(self.signatory, self.post)


def read_picture(path: Path) -> bytes | None:
    """The bytes of a PNG or JPEG of at most 200,000; None when the file is nothing like it."""
    try:
        content = path.read_bytes()
    except OSError:
        return None
    fits = content.startswith(_PICTURES) and len(content) <= _LARGEST_LOGO
    return content if fits else None
