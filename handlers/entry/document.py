"""Document type and number: the beginning of entering, and of all else that needs a document."""

from collections.abc import Callable
from dataclasses import dataclass

from domain.access.attempts import Purpose
from domain.access.identity import MalformedDocument, read_document
from domain.access.present_document import PresentDocument, TooManyDocuments
from domain.conversation import Visit
from domain.members import Document, DocumentType
from handlers.entry.guard import halt
from handlers.entry.taps import CANCEL
from handlers.kit.callbacks import Callback
from handlers.kit.flow import Data, Go, Input, Outcome, Step
from handlers.kit.screen import Button, Phrase, Rows, Screen

_USUAL = (
    (DocumentType.CC,),
    (DocumentType.CE, DocumentType.TI),
    (DocumentType.PA, DocumentType.PPT),
)
_OTHERS = ((DocumentType.RC,), (DocumentType.NIT,))


@dataclass(frozen=True, slots=True)
class Kind(Callback):
    prefix = "edk"
    kind: str


@dataclass(frozen=True, slots=True)
class Others(Callback):
    prefix = "edo"


@dataclass(frozen=True, slots=True)
class Kinds(Callback):
    prefix = "eda"


@dataclass(frozen=True, slots=True)
class DocumentSteps:
    """`onward`: what follows an attempt's id and its document."""

    visit: Visit
    documents: PresentDocument
    purpose: Purpose
    onward: Callable[[str, Document], Go]

    def steps(self) -> dict[str, Step]:
        """The steps `kind`, `other` and `number`."""
        return {
            "kind": Step(self.show_kinds, self.take_kind, discreet=True),
            "other": Step(self.show_others, self.take_kind, discreet=True),
            "number": Step(self.show_number, self.take_number, discreet=True, even=(str,)),
        }

    async def show_kinds(self, data: Data) -> Screen:
        others = ((Button("entry.kind.others", Others()),),)
        return Screen("entry.kind.text", rows=_buttons(_USUAL) + others + CANCEL)

    async def show_others(self, data: Data) -> Screen:
        return Screen("entry.kind.text", rows=_buttons(_OTHERS) + _CHANGE + CANCEL)

    async def take_kind(self, data: Data, given: Input) -> Outcome:
        """The kind of document, or the less usual ones."""
        match given:
            case Kind(kind) if kind in list(DocumentType):
                return Go("number", {"kind": kind})
            case Others():
                return Go("other")
            case Kinds():
                return Go("kind")
        return Go("kind", notice=Phrase("entry.kind.choose"))

    async def show_number(self, data: Data) -> Screen:
        kind = Phrase(f"entry.kind.{data['kind']}")
        return Screen("entry.number.text", {"kind": kind}, _CHANGE + CANCEL)

    async def take_number(self, data: Data, given: Input) -> Outcome:
        """The number begins an attempt, of a member or of nobody alike."""
        if not isinstance(given, str):
            return Go("kind" if isinstance(given, Kinds) else "number", data)
        kind = DocumentType(data["kind"])
        try:
            document = read_document(kind, given)
            attempt = await self.documents.present(self.visit, document, self.purpose)
        except MalformedDocument:
            return Go("number", data, Phrase(f"entry.number.malformed.{kind}"))
        except TooManyDocuments:
            return halt("documents")
        return self.onward(attempt, document)


_CHANGE: Rows = ((Button("entry.number.change", Kinds()),),)


def _buttons(kinds: tuple[tuple[DocumentType, ...], ...]) -> Rows:
    return tuple(tuple(Button(f"entry.kind.{k}", Kind(k.value)) for k in row) for row in kinds)
