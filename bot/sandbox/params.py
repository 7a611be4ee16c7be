"""The parameters of a call, however the client sent them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from aiohttp import web

from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.json_types import Json


class Upload(NamedTuple):
    """A file inside the request."""

    name: str
    content: bytes
    mime_type: str


@dataclass(frozen=True)
class Params:
    """Typed reading of loosely typed parameters."""

    values: Json = field(default_factory=dict)
    uploads: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """A string; empty when absent."""
        value = self.values.get(name)
        if value is None:
            return ""
        return value if isinstance(value, str) else json.dumps(value)

    def number(self, name: str, default: int = 0) -> int:
        """An integer."""
        value = self.values.get(name)
        if value in (None, ""):
            return default
        try:
            return int(value)
        except (TypeError, ValueError):
            raise bad_request(f"invalid {name} specified") from None

    def flag(self, name: str) -> bool:
        """A yes or no."""
        return str(self.values.get(name, "")).lower() in ("true", "1", "yes", "y")

    def structure(self, name: str) -> Any:
        """An object or array, sent as JSON or as a string of JSON; None when absent."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {name} JSON object") from None

    def fields(self, name: str) -> Json:
        """An object; empty when absent."""
        value = self.structure(name)
        if value is not None and not isinstance(value, dict):
            raise bad_request(f"can't parse {name}: Expected an Object")
        return value or {}

    def numbers(self, name: str) -> list[int]:
        """An array of integers; empty when absent."""
        given = self.array(name) or []
        if not all(isinstance(each, int) for each in given):
            raise bad_request(f"can't parse {name}: Expected an Array of Integer")
        return given

    def objects(self, name: str) -> list[Json]:
        """An array of objects; empty when absent."""
        given = self.array(name) or []
        if not all(isinstance(each, dict) for each in given):
            raise bad_request(f"can't parse {name}: Expected an Array of Object")
        return given

    def array(self, name: str) -> list[Any] | None:
        """An array; None when absent."""
        value = self.structure(name)
        if value is not None and not isinstance(value, list):
            raise bad_request(f"can't parse {name}: Expected an Array")
        return value

    def upload(self, name: str) -> Upload | None:
        """The file given for a parameter: directly or as attach://part."""
        return self.attached(self.text(name)) or self.uploads.get(name)

    def attached(self, reference: str) -> Upload | None:
        """The file that an attach:// reference names."""
        is_reference = reference.startswith("attach://")
        return self.uploads.get(reference.removeprefix("attach://")) if is_reference else None

    def for_ledger(self) -> Json:
        """What was sent, files by name and size."""
        files = {
            name: {"file_name": each.name, "file_size": len(each.content)}
            for name, each in self.uploads.items()
        }
        return {**self.values, **files}


async def read_params(request: web.Request) -> Params:
    """Query string, JSON, form or multipart into parameters."""
    query = dict(request.query)
    if request.content_type == "application/json":
        return Params(query | await _json_body(request))
    try:
        form = await request.post()
    except web.HTTPRequestEntityTooLarge:
        raise ApiError(413, "Request Entity Too Large") from None
    values: Json = {name: value for name, value in form.items() if isinstance(value, str)}
    files = {n: _upload(part) for n, part in form.items() if isinstance(part, web.FileField)}
    return Params(query | values, files)


async def _json_body(request: web.Request) -> Json:
    raw = await request.read()
    if not raw:
        return {}
    try:
        body = json.loads(raw)
        if b"\\ud" in raw.lower():
            # JSON can spell halves of surrogate pairs, which no text may hold.
            json.dumps(body, ensure_ascii=False).encode()
    except UnicodeError:
        raise bad_request("strings must be encoded in UTF-8") from None
    except ValueError:
        raise bad_request("can't parse JSON object") from None
    if not isinstance(body, dict):
        raise bad_request("object expected as request")
    return body


def _upload(part: web.FileField) -> Upload:
    content = part.file.read()
    part.file.close()
    return Upload(part.filename, content, part.content_type)
