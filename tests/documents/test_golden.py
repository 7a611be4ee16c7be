"""Every kind of paper looks as it did when somebody last looked at it and was content.

`pytest tests/documents/test_golden.py --write-golden` keeps the pictures anew: look at each.
"""

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from domain.certificates.facts import WithholdingFacts
from domain.money import Centavos
from handlers.documents.certificates.certificate_pdf import certificate_pdf
from handlers.documents.statement_pdf import statement_pdf
from tests.documents.certificate_samples import KINDS as CERTIFICATES
from tests.documents.certificate_samples import WITHHELD, paper
from tests.documents.pictures import GOLDEN, LARGEST, difference, pages_as_pictures
from tests.documents.samples import KINDS as STATEMENTS

STATEMENT_KINDS = ("ordinary", "arrears")
NAMES = (*CERTIFICATES, *(f"statement_{kind}" for kind in STATEMENT_KINDS))


def made(name: str) -> bytes:
    if name in CERTIFICATES:
        return certificate_pdf(CERTIFICATES[name])
    return statement_pdf(STATEMENTS[name.removeprefix("statement_")])


def kept(name: str) -> list[Image.Image]:
    files = sorted(GOLDEN.glob(f"{name}-[0-9].png"))
    return [Image.open(file).convert("L") for file in files]


@pytest.mark.parametrize("name", NAMES)
def test_a_paper_looks_as_it_did(name: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    pages = pages_as_pictures(made(name), tmp_path)
    if request.config.getoption("--write-golden"):
        write(name, pages)
    assert len(pages) == len(kept(name))
    for page, before in zip(pages, kept(name), strict=True):
        assert difference(page, before) <= LARGEST


def write(name: str, pages: list[Image.Image]) -> None:
    for old in GOLDEN.glob(f"{name}-[0-9].png"):
        old.unlink()
    for number, page in enumerate(pages, start=1):
        page.save(GOLDEN / f"{name}-{number}.png", optimize=True)


@pytest.mark.parametrize(
    "facts",
    [
        WithholdingFacts(2025, WITHHELD[:1]),
        WithholdingFacts(2024, WITHHELD),
        WithholdingFacts(2025, (replace(WITHHELD[0], amount=Centavos(1)), WITHHELD[1])),
        WithholdingFacts(2025, ()),
    ],
)
def test_another_content_looks_different(facts: WithholdingFacts, tmp_path: Path) -> None:
    (page,) = pages_as_pictures(certificate_pdf(paper(facts)), tmp_path)
    assert difference(page, kept("withholding")[0]) > 2 * LARGEST


def test_no_picture_is_kept_of_what_is_no_longer_made() -> None:
    names = {file.stem.rpartition("-")[0] for file in GOLDEN.glob("*.png")}
    assert names == set(NAMES)
