"""The reference for operators at /docs: the OpenAPI description as one page, with no script.

The framework's own page loads scripts from elsewhere, beside a field where keys are typed in.
"""

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

Json = Mapping[str, Any]
_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem;"
    "color:#222}h2{margin-top:2.5rem;border-bottom:1px solid #ccc}code{font-size:.95em}"
    "table{border-collapse:collapse;width:100%;margin:.5rem 0}td,th{border:1px solid #ddd;"
    "padding:.3rem .5rem;text-align:left;vertical-align:top}th{background:#f4f4f4}"
    ".m{display:inline-block;min-width:4.5rem;font-weight:700}"
)


def reference_page(openapi: Json) -> str:
    """The whole page as HTML."""
    title = escape(openapi["info"]["title"])
    head = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{_STYLE}</style></head><body><h1>{title}</h1>"
        f"<p>{escape(openapi['info'].get('description', ''))}</p>"
        '<p>For programs: <a href="/openapi.json">openapi.json</a></p>'
    )
    routes = "".join(_routes(openapi))
    schemas = "".join(_schema(n, s) for n, s in sorted(openapi["components"]["schemas"].items()))
    return f"{head}{routes}<h1>Bodies and answers</h1>{schemas}</body></html>"


def _routes(openapi: Json) -> Iterator[str]:
    for path, methods in openapi["paths"].items():
        for method, route in methods.items():
            yield f"<h2><span class=m>{method.upper()}</span> <code>{escape(path)}</code></h2>"
            yield f"<p><b>{escape(route.get('summary', ''))}.</b> "
            yield f"{escape(route.get('description', ''))}</p>"
            yield _parameters(route.get("parameters", ()))
            yield _body(route.get("requestBody"))
            yield _responses(route["responses"])


def _parameters(parameters: Any) -> str:
    if not parameters:
        return ""
    rows = [
        (p["name"], f"{p['in']}, {_type(p.get('schema', {}))}", p.get("description", ""))
        for p in parameters
    ]
    return _table(("Parameter", "Kind", "Meaning"), rows)


def _body(body: Json | None) -> str:
    if body is None:
        return ""
    kinds = ", ".join(
        f"<code>{escape(kind)}</code> {_linked(content.get('schema', {}))}"
        for kind, content in body["content"].items()
    )
    return f"<p>Body: {kinds}. {escape(body.get('description', ''))}</p>"


def _responses(responses: Json) -> str:
    rows = "".join(
        f"<tr><td>{status}</td><td>{_answer(each)}</td><td>{escape(each['description'])}</td></tr>"
        for status, each in sorted(responses.items())
    )
    return f"<table><tr><th>Answer</th><th>Body</th><th>Meaning</th></tr>{rows}</table>"


def _answer(response: Json) -> str:
    schemas = (content.get("schema", {}) for content in response.get("content", {}).values())
    return " ".join(map(_linked, schemas))


def _schema(name: str, schema: Json) -> str:
    head = (
        f'<h2 id="{escape(name)}">{escape(name)}</h2><p>{escape(schema.get("description", ""))}</p>'
    )
    if "enum" in schema:
        return f"{head}<p>{', '.join(f'<code>{escape(str(v))}</code>' for v in schema['enum'])}</p>"
    needed = schema.get("required", ())
    rows = "".join(
        f"<tr><td><code>{escape(field)}</code>{' *' if field in needed else ''}</td>"
        f"<td>{_linked(about)}</td><td>{escape(_meaning(about))}</td></tr>"
        for field, about in schema.get("properties", {}).items()
    )
    return f"{head}<table><tr><th>Field</th><th>Type</th><th>Meaning</th></tr>{rows}</table>"


def _meaning(about: Json) -> str:
    examples = [str(example) for example in about.get("examples", ())]
    example = f" Example: {examples[0]}" if examples else ""
    return f"{about.get('description', '')}{example}"


def _linked(schema: Json) -> str:
    """The type, with links to what is described further down."""
    if "$ref" in schema:
        name = escape(schema["$ref"].rpartition("/")[2])
        return f'<a href="#{name}">{name}</a>'
    if "anyOf" in schema:
        return " or ".join(map(_linked, schema["anyOf"]))
    if schema.get("type") == "array":
        return f"list of {_linked(schema.get('items', {}))}"
    return escape(_type(schema))


def _type(schema: Json) -> str:
    if "anyOf" in schema:
        return " or ".join(map(_type, schema["anyOf"]))
    if "$ref" in schema:
        return str(schema["$ref"].rpartition("/")[2])
    limits = [
        f"{key} {schema[key]}"
        for key in ("minLength", "maxLength", "minimum", "maximum")
        if key in schema
    ]
    kind = schema.get("format") or schema.get("type", "anything")
    return ", ".join([str(kind), *limits])


def _table(head: tuple[str, ...], rows: list[tuple[str, str, str]]) -> str:
    top = "".join(f"<th>{name}</th>" for name in head)
    body = "".join(
        f"<tr><td><code>{escape(a)}</code></td><td>{escape(b)}</td><td>{escape(c)}</td></tr>"
        for a, b, c in rows
    )
    return f"<table><tr>{top}</tr>{body}</table>"
