"""Identity documents and tax numbers as they are printed."""

from domain.members import Document, DocumentType
from domain.nit import grouped, with_check_digit
from handlers.kit.texts import plain


def identity(document: Document) -> str:
    """`cédula de ciudadanía n.º 41.789.123`; a NIT with its check digit."""
    match document.kind:
        case DocumentType.NIT:
            number = with_check_digit(document.number)
        case DocumentType.PA:
            number = document.number
        case _:
            number = grouped(document.number)
    return plain(f"documents.identity.{document.kind}", {"number": number})
