"""Identity documents as people type them."""

import re
import unicodedata

from domain.members import Document, DocumentType

# Published lengths disagree, so the rules are lenient.
_SHAPES = {
    DocumentType.CC: r"[0-9]{6,10}",
    DocumentType.CE: r"[0-9]{6,12}",
    DocumentType.TI: r"[0-9]{10,11}",
    DocumentType.RC: r"[0-9]{10,11}",
    DocumentType.PA: r"[0-9A-Z]{6,12}",
    DocumentType.PPT: r"[0-9]{7,15}",
    DocumentType.NIT: r"[0-9]{9,10}",
}


class MalformedDocument(ValueError):
    """What was typed cannot be a document of that kind."""


def read_document(kind: DocumentType, typed: str) -> Document:
    """The document, without points, spaces or dashes; MalformedDocument when it cannot be one."""
    number = re.sub(r"[\s.,'_-]", "", unicodedata.normalize("NFKC", typed)).upper()
    if not re.fullmatch(_SHAPES[kind], number):
        raise MalformedDocument(kind)
    return Document(kind, number)
