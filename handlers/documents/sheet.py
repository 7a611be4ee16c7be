"""The cooperative's letter-size paper: typeface, letterhead and numbered footer."""

from datetime import datetime
from io import BytesIO

from fpdf import FPDF
from fpdf.fonts import TTFFont
from fpdf.prefs import ViewerPreferences

from domain.cooperative import Cooperative
from domain.nit import with_check_digit
from handlers.documents.archival import COMPLIANCE, archive
from handlers.documents.fonts import font_file
from handlers.documents.glyphs import drawable
from handlers.kit.texts import plain

FAMILY = "DejaVu"
INK = (0, 0, 0)
BRAND = (16, 58, 105)
LINE = (150, 160, 172)
PANEL = (234, 239, 245)
MARGIN = 14.0
FOOT = 23.0
TEXT = 9.5
SMALL = 9.0
LEADING = 4.4
KEPT_TOGETHER = 36.0
# DejaVu is wide; nine tenths, in percent, is the width of its own condensed cut
CONDENSED = 90.0
LANGUAGE = "es-CO"
LOGO = (34.0, 17.0)
PAGES = "\ue000" * 3


class Sheet(FPDF):
    """Paper with the cooperative's letterhead; measures in mm, type in points (never below 9).

    `reference`: what the document is filed under, if anything; it stands on every page.
    """

    def __init__(
        self,
        cooperative: Cooperative,
        title: str,
        issued_at: datetime,
        margin: float = MARGIN,
        reference: str = "",
    ) -> None:
        super().__init__(format="letter", enforce_compliance=COMPLIANCE)
        self._cooperative, self._title, self._issued_at = cooperative, title, issued_at
        self._reference = reference
        self.add_font(FAMILY, "", font_file("DejaVuSans"))
        self.add_font(FAMILY, "B", font_file("DejaVuSans-Bold"))
        cmaps = (set(f.cmap) for f in self.fonts.values() if isinstance(f, TTFFont))
        self._glyphs = set.intersection(*cmaps) | set(map(ord, PAGES))
        archive(self, title, cooperative.name, LANGUAGE, issued_at)
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)
        self.set_margins(margin, MARGIN)
        self.set_auto_page_break(auto=True, margin=FOOT)
        self.alias_nb_pages(PAGES)
        self.set_draw_color(*LINE)
        self.set_stretching(CONDENSED)
        self.type()
        self.add_page()

    def normalize_text(self, text: str) -> str:
        """The text as this typeface can draw it."""
        return drawable(super().normalize_text(text), self._glyphs)

    def type(self, size: float = TEXT, style: str = "", color: tuple[int, int, int] = INK) -> None:
        """Choose the size in points, the weight and the colour of what follows."""
        self.set_font(FAMILY, style, size)
        self.set_text_color(*color)

    def line_of(self, text: str, height: float = LEADING, align: str = "L") -> None:
        """A paragraph over the whole width, in lines of that height."""
        self.multi_cell(0, height, text, align=align, new_x="LMARGIN", new_y="NEXT")

    def section(self, text: str) -> None:
        """The heading of a part of the document; it stays with the beginning of the part."""
        if self.will_page_break(KEPT_TOGETHER):
            self.add_page()
        self.ln(2.5)
        self.type(12, "B", BRAND)
        self.line_of(text, 6.8)
        self.type()

    def header(self) -> None:
        """The whole letterhead on the first page, one line on the others."""
        if self.page_no() == 1:
            self._letterhead()
        else:
            self._running_head()
        self.set_line_width(0.6)
        self.set_draw_color(*BRAND)
        self.line(self.l_margin, self.y + 1.5, self.w - self.r_margin, self.y + 1.5)
        self.set_line_width(0.2)
        self.set_draw_color(*LINE)
        self.ln(4)

    def _letterhead(self) -> None:
        top, left = self.y, self.epw * 0.6
        logo = self._logo(top)
        self.type(14, "B", BRAND)
        self.x = self.l_margin + logo
        self.multi_cell(left - logo, 6.2, self._cooperative.name, align="L", new_y="NEXT")
        self.type(TEXT)
        self.x = self.l_margin + logo
        nit = with_check_digit(self._cooperative.nit)
        self.cell(left - logo, 5, plain("documents.nit", {"nit": nit}), new_y="NEXT")
        bottom = max(self.y, top + LOGO[1] if logo else 0)
        self.set_xy(self.l_margin + left, top + 0.8)
        self.type(SMALL)
        self.multi_cell(0, LEADING, self._whereabouts(), align="R", new_x="LMARGIN", new_y="NEXT")
        self.set_xy(self.l_margin, max(self.y, bottom))

    def _logo(self, top: float) -> float:
        """Draw the logo, if any; the width that it takes from the name."""
        picture = self._cooperative.logo
        if picture is None:
            return 0
        width, height = LOGO
        file = BytesIO(picture)
        self.image(file, self.l_margin, top, width, height, keep_aspect_ratio=True)
        return width + 4

    def _whereabouts(self) -> str:
        coop = self._cooperative
        place = plain("documents.address", {"address": coop.address, "city": coop.city})
        phone = plain("documents.phone", {"phone": coop.phone})
        return "\n".join((place, phone, coop.email, coop.website))

    def _running_head(self) -> None:
        self.type(SMALL, "B", BRAND)
        self.cell(self.epw * 0.6, 5, self._cooperative.short_name)
        self.cell(0, 5, self._title, align="R", new_x="LMARGIN", new_y="NEXT")

    def footer(self) -> None:
        """Issue date, whom to ask, page n of m."""
        coop = self._cooperative
        self.set_y(-FOOT + 4)
        self.line(self.l_margin, self.y, self.w - self.r_margin, self.y)
        self.ln(1.5)
        self.type(SMALL)
        # the page count is filled in at the end, so only text that starts a line keeps its place
        page = plain("documents.page", {"page": self.page_no(), "pages": PAGES})
        issued = plain("documents.issued", {"moment": self._issued_at})
        self.cell(self.epw * 0.4, LEADING, page)
        self.cell(0, LEADING, issued, align="R", new_x="LMARGIN", new_y="NEXT")
        who = {"name": coop.short_name, "phone": coop.phone, "email": coop.email}
        self.cell(self.epw * 0.75, LEADING, plain("documents.contact", who))
        self.cell(0, LEADING, self._reference, align="R")
