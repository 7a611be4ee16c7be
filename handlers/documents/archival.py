"""What makes a PDF fit to be kept for years: PDF/A-2u, the same bytes for the same values."""

from datetime import datetime
from functools import cache
from xml.sax.saxutils import escape

from fpdf.enums import OutputIntentSubType
from fpdf.fpdf import FPDF
from fpdf.output import PDFICCProfile
from PIL import ImageCms

COMPLIANCE = "PDF/A-2U"
_DATE, _ID = slice(24, 36), slice(84, 100)
# A day of no meaning: the library would write the moment of making.
_FIXED_DATE = bytes.fromhex("07ea00010001000000000000")
_XMP = """\
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"><rdf:Description rdf:about="">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>U</pdfaid:conformance>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{moment}</xmp:CreateDate><xmp:ModifyDate>{moment}</xmp:ModifyDate>
</rdf:Description></rdf:RDF></x:xmpmeta>"""


def archive(pdf: FPDF, title: str, author: str, language: str, at: datetime) -> None:
    """Describe the document and its colours as PDF/A-2u (ISO 19005-2) wants; `at` in UTC."""
    pdf.set_title(title)
    pdf.set_author(author)
    pdf.set_lang(language)
    pdf.set_creation_date(at)
    said = {"title": title, "author": author, "language": language}
    texts = {name: escape(text) for name, text in said.items()}
    pdf.set_xmp_metadata(_XMP.format(moment=at.isoformat(timespec="seconds"), **texts))
    profile = PDFICCProfile(contents=_colours(), n=3, alternate="DeviceRGB")
    pdf.add_output_intent(
        OutputIntentSubType.PDFA, "sRGB IEC61966-2.1", dest_output_profile=profile, info="sRGB"
    )


@cache
def _colours() -> bytes:
    """The sRGB profile (IEC 61966-2-1), without the moment of its making."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    made = bytearray(profile.tobytes())
    made[_DATE], made[_ID] = _FIXED_DATE, bytes(16)
    return bytes(made)
