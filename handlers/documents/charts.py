"""The two pictures of a statement; they run in a pool process, where matplotlib may be imported."""

from domain.statement import Statement
from handlers.documents.composition import Bar, composition
from handlers.documents.picture import HAS, OWES, Picture
from handlers.documents.progress import progress, progress_message
from handlers.kit.format import day, money
from handlers.kit.texts import plain

KEY = "documents.chart"
SLIVER = 0.006


def composition_chart(statement: Statement) -> bytes:
    """A PNG, 1200 px wide: what the member has against what is owed, on one scale."""
    content = composition(statement)
    widest = max((bar.amount for bar in (*content.has, *content.owes)), default=0)
    picture = _titled(content.message, statement)
    if content.has:
        picture.section(plain(f"{KEY}.has"), money(content.total_has), HAS)
        _bars(picture, content.has, widest, HAS)
    if content.owes:
        picture.section(plain(f"{KEY}.owes"), money(content.total_owes), OWES)
        _bars(picture, content.owes, widest, OWES)
    return picture.png()


def credits_chart(statement: Statement) -> bytes:
    """A PNG, 1200 px wide: how much of each open credit is paid and how much is pending."""
    rows = progress(statement)
    picture = _titled(progress_message(rows), statement)
    for row in rows:
        picture.line(row.label, row.instalments, bold=True)
        picture.bar([(row.share, HAS), (1 - row.share, OWES)])
        paid = plain(f"{KEY}.progress.paid", {"amount": row.paid})
        picture.line(paid, plain(f"{KEY}.progress.pending", {"amount": row.pending}))
        picture.gap()
    return picture.png()


def _titled(message: str, statement: Statement) -> Picture:
    picture = Picture()
    picture.title(message, plain(f"{KEY}.cut_off", {"cut_off": day(statement.cut_off)}))
    return picture


def _bars(picture: Picture, bars: tuple[Bar, ...], widest: int, color: str) -> None:
    for bar in bars:
        picture.line(bar.label, money(bar.amount))
        picture.bar([(max(bar.amount / widest, SLIVER), color)])
        picture.gap()
