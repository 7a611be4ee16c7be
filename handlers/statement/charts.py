"""The pictures of a statement, and the button that asks for one."""

from dataclasses import dataclass

from domain.statement import Statement
from handlers.kit.callbacks import Callback
from handlers.kit.flow import Delivery, Go
from handlers.kit.screen import Attachment, Button, Phrase
from handlers.kit.texts import plain


@dataclass(frozen=True, slots=True)
class Draw(Callback):
    prefix = "sdrw"


def draw_button() -> Button:
    """The button that asks for the picture of its screen."""
    return Button("statement.button.chart", Draw())


def drawing(stay: Go) -> Go:
    """The same screen, with its picture on the way."""
    return Go(stay.step, stay.data, Phrase("statement.chart.drawing"), Delivery("chart"))


def composition_picture(statement: Statement) -> Attachment:
    """What the member has and owes."""
    return _picture("composition", statement)


def credits_picture(statement: Statement) -> Attachment:
    """How much of each credit is paid."""
    return _picture("credits", statement)


def _picture(name: str, statement: Statement) -> Attachment:
    return Attachment(
        f"handlers.documents.charts:{name}_chart",
        (statement,),
        plain("statement.chart.filename", {"day": statement.cut_off.isoformat()}),
        Phrase(f"statement.chart.{name}", {"cut_off": statement.cut_off}),
        picture=True,
    )
