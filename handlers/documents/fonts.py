"""The typeface of papers and pictures: DejaVu Sans, which matplotlib brings along."""

from importlib.util import find_spec
from pathlib import Path


def font_file(name: str) -> Path:
    """The path of a DejaVu file (`DejaVuSans-Bold`); matplotlib is located, not imported."""
    spec = find_spec("matplotlib")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("matplotlib, whose fonts the papers use, is not installed")
    return Path(spec.origin).parent / "mpl-data" / "fonts" / "ttf" / f"{name}.ttf"
