"""Papers as they are seen: their pages as pictures, held against those kept in the repository."""

import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops

GOLDEN = Path(__file__).parent / "golden"
DOTS_PER_INCH = 60
CELLS = (20, 26)
# Another version of the renderer smooths edges in another way; a word more or less is far above.
LARGEST = 4.0


def pages_as_pictures(
    pdf: bytes, folder: Path, dots_per_inch: int = DOTS_PER_INCH
) -> list[Image.Image]:
    """Each page in grey; skips where `pdftoppm` is not installed."""
    program = shutil.which("pdftoppm")
    if program is None:
        pytest.skip("pdftoppm is not installed")
    made = [program, "-r", str(dots_per_inch), "-gray", "-png", "-", str(folder / "page")]
    subprocess.run(made, input=pdf, check=True)
    files = sorted(folder.glob("page*.png"))
    pictures = [Image.open(BytesIO(file.read_bytes())).convert("L") for file in files]
    for file in files:
        file.unlink()
    return pictures


def difference(one: Image.Image, other: Image.Image) -> float:
    """How far apart two pages are in the cell where they differ most: the mean, of 255."""
    if one.size != other.size:
        return 255.0
    apart = ImageChops.difference(one, other).resize(CELLS, Image.Resampling.BOX)
    return float(max(apart.tobytes()))
