"""The copy of a member's data for a machine."""

import json
from typing import Any

from handlers.documents.data_paper import KEY, DataPaper, in_words, label_of, storable, title_of
from handlers.kit.texts import plain


def data_json(paper: DataPaper) -> bytes:
    """A JSON object in UTF-8, indented; the same paper always gives the same bytes."""
    whole = {
        plain(f"{KEY}.made_by"): paper.cooperative.name,
        plain(f"{KEY}.made_at"): storable(paper.at),
        plain(f"{KEY}.units"): plain(f"{KEY}.units_explained"),
        plain(f"{KEY}.data"): {title_of(name): _rows(paper, name) for name in paper.sections},
    }
    return json.dumps(whole, ensure_ascii=False, indent=2).encode()


def _rows(paper: DataPaper, table: str) -> list[dict[str, Any]]:
    return [
        {label_of(k): storable(in_words(paper, table, k, v)) for k, v in row.items()}
        for row in paper.sections[table]
    ]
