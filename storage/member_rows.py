"""Members as they are kept."""

from typing import Any

from sqlalchemy import Row

from domain.members import Document, DocumentType, Member, MemberStatus


def member_of(row: Row[Any]) -> Member:
    """The member of a row with all of the table's columns."""
    return Member(
        id=row.id,
        number=row.number,
        document=Document(DocumentType(row.document_type), row.document_number),
        first_names=row.first_names,
        surnames=row.surnames,
        birth_date=row.birth_date,
        email=row.email,
        mobile=row.mobile,
        status=MemberStatus(row.status),
    )
