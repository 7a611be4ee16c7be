"""A tall picture for a phone: a sentence, then labelled bars; lengths in inches."""

from collections.abc import Iterable
from io import BytesIO
from typing import Literal

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from handlers.documents.fonts import font_file
from handlers.documents.glyphs import ELLIPSIS, drawable
from handlers.documents.panel import Panel

WIDTH = 8.0
DPI = 150
EDGE = 0.4
BAR = 0.34
APART = 0.25
KEY = 0.27
# from the top of a line to its baseline, in inches for each point of type
ASCENT = 0.76 / 72
LARGE, MEDIUM, SMALL = 27, 21, 19
INK = "#1a1a1a"
QUIET = "#4a5560"
# room for the figures beside and below the axes of a panel
BESIDE, BELOW = 1.55, 0.75
# blue and orange stay apart for every kind of colour blindness, and in grey
HAS = "#0b4f8a"
OWES = "#e08214"
INSURES = "#7b8794"
OTHERS = "#9db7d3"


class Picture:
    """Draws downwards from the top; `png` cuts the paper where the drawing ends."""

    def __init__(self) -> None:
        self._figure = Figure(dpi=DPI, facecolor="white")
        FigureCanvasAgg(self._figure)
        self._axes = self._figure.add_axes((0, 0, 1, 1))
        self._axes.set_axis_off()
        self._y = EDGE
        self._panels: list[tuple[Axes, float, float]] = []
        files = {bold: font_file("DejaVuSans-Bold" if bold else "DejaVuSans") for bold in (0, 1)}
        self._fonts = {bold: FontProperties(fname=str(path)) for bold, path in files.items()}
        self._glyphs = set.intersection(*(set(FT2Font(p).get_charmap()) for p in files.values()))

    def title(self, message: str, below: str) -> None:
        """The picture's conclusion, and in small what it refers to."""
        for line in message.split("\n"):
            self._text(EDGE, line, LARGE, bold=True)
            self._y += 0.5
        self._shorten(self._text(EDGE, below, SMALL, QUIET), WIDTH - 2 * EDGE)
        self._y += 0.55

    def section(self, text: str, figure: str, color: str) -> None:
        """The heading of a group of bars with its total, in their colour."""
        self._y += 0.1
        self._rectangle(0, 1, 0.03, color)
        self._y += 0.15
        self.line(text, figure, MEDIUM, bold=True)
        self._y += 0.15

    def line(
        self, left: str, right: str, size: int = SMALL, bold: bool = False, indent: float = 0.0
    ) -> None:
        """One line of text, shortened to leave room for the figure at the right edge."""
        figure = self._text(WIDTH - EDGE, right, size, bold=True, align="right")
        label = self._text(EDGE + indent, left, size, bold=bold)
        self._shorten(label, WIDTH - 2 * EDGE - APART - indent - self._width(figure))
        self._y += 0.38

    def key(self, left: str, right: str, color: str) -> None:
        """A line of text behind a square of its colour."""
        self._rectangle(0, KEY / (WIDTH - 2 * EDGE), KEY, color)
        self.line(left, right, indent=KEY + 0.12)

    def bar(self, parts: Iterable[tuple[float, str]]) -> None:
        """A bar of parts, each a share of the whole width (0 to 1) and a colour."""
        start = 0.0
        for share, color in parts:
            self._rectangle(start, share, BAR, color)
            start += share
        self._y += BAR + 0.1

    def panel(self, height: float) -> Panel:
        """Room for a drawing with two axes, over the whole width."""
        axes = self._figure.add_axes((0, 0, 1, 1), label=str(len(self._panels)))
        self._panels.append((axes, self._y, height))
        self._y += height + BELOW
        return Panel(axes, self._fonts[False])

    def gap(self) -> None:
        """Empty paper between two groups."""
        self._y += 0.2

    def png(self) -> bytes:
        """The picture's file; the same drawing always gives the same bytes."""
        height = self._y + EDGE
        self._figure.set_size_inches(WIDTH, height)
        self._axes.set_xlim(0, WIDTH)
        self._axes.set_ylim(height, 0)
        for axes, top, tall in self._panels:
            inside = (WIDTH - BESIDE - EDGE) / WIDTH
            axes.set_position((BESIDE / WIDTH, 1 - (top + tall) / height, inside, tall / height))
        file = BytesIO()
        self._figure.savefig(file, format="png", dpi=DPI, metadata={"Software": None})
        return file.getvalue()

    def _rectangle(self, start: float, share: float, height: float, color: str) -> None:
        whole = WIDTH - 2 * EDGE
        corner = (EDGE + start * whole, self._y)
        self._axes.add_patch(Rectangle(corner, share * whole, height, color=color, linewidth=0))

    def _text(
        self,
        x: float,
        text: str,
        size: int,
        color: str = INK,
        *,
        bold: bool = False,
        align: Literal["left", "right"] = "left",
    ) -> Text:
        return self._axes.text(
            x,
            self._y + size * ASCENT,
            drawable(text, self._glyphs),
            size=size,
            color=color,
            fontproperties=self._fonts[bold],
            horizontalalignment=align,
            parse_math=False,
        )

    def _shorten(self, text: Text, room: float) -> None:
        whole = text.get_text()
        for kept in range(len(whole) - 1, 0, -1):
            if self._width(text) <= room:
                return
            text.set_text(whole[:kept].rstrip(ELLIPSIS + " ") + ELLIPSIS)

    def _width(self, text: Text) -> float:
        return text.get_window_extent().width / DPI
