"""A drawing with two axes inside a picture: bars or a line over instalments or days."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from matplotlib.axes import Axes
from matplotlib.font_manager import FontProperties
from matplotlib.ticker import FuncFormatter, MaxNLocator

TYPE = 17
QUIET = "#4a5560"
GRID = "#d5dbe2"
TICKS = 5


@dataclass(frozen=True, slots=True)
class Panel:
    """Amounts are pesos; `label` writes one as the axis shows it."""

    axes: Axes
    font: FontProperties

    def dress(self, below: str, label: FuncFormatter) -> None:
        """The axes' figures, their names, and light lines to read along."""
        axes = self.axes
        axes.set_xlabel(below, fontproperties=self.font, size=TYPE, color=QUIET)
        axes.yaxis.set_major_formatter(label)
        axes.yaxis.set_major_locator(MaxNLocator(TICKS))
        axes.xaxis.set_major_locator(MaxNLocator(TICKS + 1, integer=True))
        axes.grid(axis="y", color=GRID, linewidth=1)
        axes.set_axisbelow(True)
        axes.tick_params(length=0, labelsize=TYPE, labelcolor=QUIET)
        for text in (*axes.get_xticklabels(), *axes.get_yticklabels()):
            text.set_fontproperties(self.font)
            text.set_fontsize(TYPE)
        for side in axes.spines.values():
            side.set_visible(False)

    def stack(self, parts: Sequence[tuple[Sequence[Decimal], str]]) -> None:
        """A bar for each instalment, of parts one upon the other, each in its colour."""
        count = len(parts[0][0])
        base = [0.0] * count
        for amounts, color in parts:
            heights = [float(amount) for amount in amounts]
            self.axes.bar(range(1, count + 1), heights, 0.85, base, color=color, linewidth=0)
            base = [low + high for low, high in zip(base, heights, strict=True)]
        self.axes.set_xlim(0.4, count + 0.6)

    def fall(self, balances: Sequence[Decimal], color: str) -> None:
        """What is owed before the first instalment and after each one, as a filled stair."""
        heights = [float(balance) for balance in balances]
        places = range(len(heights))
        self.axes.fill_between(places, heights, step="post", color=color, alpha=0.25, linewidth=0)
        self.axes.step(places, heights, where="post", color=color, linewidth=3)
        self.axes.set_xlim(0, len(heights) - 1)
        self.axes.set_ylim(0, max(heights) * 1.05)

    def rise(
        self, days: Sequence[int], amounts: Sequence[Decimal], color: str, *, steps: bool
    ) -> None:
        """What has come in by each day: in steps where it is paid, in a line where it accrues."""
        heights = [float(amount) for amount in amounts]
        style: Literal["post"] | None = "post" if steps else None
        self.axes.fill_between(days, heights, step=style, color=color, alpha=0.25, linewidth=0)
        if steps:
            self.axes.step(days, heights, where="post", color=color, linewidth=3)
        else:
            self.axes.plot(days, heights, color=color, linewidth=3)
        self.axes.set_xlim(0, max(days))
        self.axes.set_ylim(0, max(heights) * 1.05 or 1)
