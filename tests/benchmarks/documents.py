"""Papers and pictures against the smallest documents of the same libraries, in one process."""

from collections.abc import Callable
from io import BytesIO
from statistics import median
from time import perf_counter

from fpdf import FPDF
from matplotlib.figure import Figure

from handlers.documents.charts import composition_chart, credits_chart
from handlers.documents.fonts import font_file
from handlers.documents.statement_pdf import statement_pdf
from tests.documents.samples import KINDS

ROUNDS = 7
Maker = Callable[[], bytes]
Row = tuple[str, str, str]


def rows() -> list[Row]:
    """Name, figure and peer of each document: median time and size, and both as ratios."""
    papers = {kind: KINDS[kind] for kind in ("ordinary", "forty_products", "many_movements")}
    measured = [
        _row(
            f"statement PDF, {kind}", lambda p=values: statement_pdf(p), "fpdf2, 1 line", fpdf2_line
        )
        for kind, values in papers.items()
    ]
    statement = papers["forty_products"].statement
    for chart in (composition_chart, credits_chart):
        name = chart.__name__.replace("_", " ")
        measured.append(_row(name, lambda c=chart: c(statement), "matplotlib, 3 bars", _bars))
    return measured


def _row(name: str, ours: Maker, peer_name: str, peer: Maker) -> Row:
    mine, mine_size, other, other_size = interleaved(ours, peer)
    figure = f"{mine * 1000:.0f} ms, {mine_size / 1000:.0f} kB"
    ratios = f"time x{mine / other:.1f}, size x{mine_size / other_size:.1f}"
    return (
        name,
        figure,
        f"{peer_name}: {other * 1000:.0f} ms, {other_size / 1000:.0f} kB ({ratios})",
    )


def interleaved(ours: Maker, peer: Maker) -> tuple[float, int, float, int]:
    """Median seconds and size of both, made in turns."""
    times: dict[Maker, list[float]] = {ours: [], peer: []}
    sizes = {maker: len(maker()) for maker in times}
    for _ in range(ROUNDS):
        for maker, taken in times.items():
            start = perf_counter()
            maker()
            taken.append(perf_counter() - start)
    return median(times[ours]), sizes[ours], median(times[peer]), sizes[peer]


def fpdf2_line() -> bytes:
    """fpdf2's own minimum with an embedded font, as accents need one."""
    pdf = FPDF(format="letter")
    pdf.add_font("DejaVu", "", font_file("DejaVuSans"))
    pdf.set_font("DejaVu", size=12)
    pdf.add_page()
    pdf.cell(text="Aportes sociales: $ 4.850.000")
    return bytes(pdf.output())


def _bars() -> bytes:
    """matplotlib's own minimum at the same width: three labelled bars, plain axes."""
    figure = Figure(figsize=(8, 8), dpi=150)
    figure.add_subplot().barh(["Aportes", "Ahorros", "CDAT"], [3, 2, 1])
    file = BytesIO()
    figure.savefig(file, format="png")
    return file.getvalue()


if __name__ == "__main__":
    for row in rows():
        print(" | ".join(row))
