"""The check as a web page: plain HTML that needs no script, for any phone."""

from base64 import b64encode
from hashlib import sha256
from string import Template

from domain.certificates.check import Verdict
from domain.cooperative import Cooperative
from handlers.kit.screen import Params
from handlers.kit.texts import NOTHING, html
from handlers.verification.wording import facts_of, standing_params

KEY = "verification"
STYLE = """
:root{color-scheme:light}
*{box-sizing:border-box}
body{margin:0;background:#eef2f7;color:#111;font:18px/1.45 system-ui,sans-serif}
header{background:#103a69;color:#fff;padding:1rem 1.25rem;font-weight:600}
main{max-width:34rem;margin:0 auto;padding:1.25rem}
section{background:#fff;border-radius:.75rem;padding:1.25rem;margin-bottom:1.25rem}
h1{font-size:1.5rem;line-height:1.2;margin:0 0 .5rem}
.valid h1{color:#0b6b2f}.replaced h1{color:#8a5200}
.void h1,.unknown h1,.limit h1,.fault h1{color:#a3151b}
h2{font-size:1.25rem;line-height:1.2;margin:0 0 .5rem}
section p:last-child{margin-bottom:0}
dl{margin:1rem 0 0}
dt{color:#46505a;font-size:1rem;margin-top:.75rem}
dd{margin:0;font-weight:600;font-size:1.15rem;overflow-wrap:anywhere}
label{display:block;font-weight:600;margin-bottom:.4rem}
input{width:100%;font:inherit;font-size:1.25rem;padding:.7rem;border:2px solid #6b7680;
border-radius:.5rem;text-transform:uppercase}
button{width:100%;font:inherit;font-weight:600;margin-top:.8rem;padding:.8rem;border:0;
border-radius:.5rem;background:#103a69;color:#fff;cursor:pointer}
a{color:#0b4f8a}
footer{font-size:1rem;color:#46505a;padding:0 .25rem}
"""
_DIGEST = b64encode(sha256(STYLE.encode()).digest()).decode()
HEADERS = {
    "Content-Security-Policy": (
        f"default-src 'none'; style-src 'sha256-{_DIGEST}'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_PAGE = Template("""<!doctype html>
<html lang="es"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>$title</title><style>$style</style></head>
<body><header>$cooperative</header><main>
$content
<footer>$contact</footer>
</main></body></html>
""")


def form_page(cooperative: Cooperative) -> str:
    """Where a code is typed."""
    return _page(cooperative, html(f"{KEY}.page.title"), _form())


def verdict_page(cooperative: Cooperative, verdict: Verdict) -> str:
    """How the certificate stands, and what can be held against the paper."""
    key = f"{KEY}.{verdict.standing}"
    title, note = html(f"{key}.title"), html(f"{key}.note", standing_params(verdict))
    rows = "".join(
        f"<dt>{html(f.label.key, f.label.params)}</dt><dd>{html(f.value.key, f.value.params)}</dd>"
        for f in facts_of(verdict)
    )
    content = f"<h1>{title}</h1><p>{note}</p><dl>{rows}</dl>"
    return _page(cooperative, title, _section(verdict.standing, content) + _form(again=True))


def refusal_page(cooperative: Cooperative, why: str) -> str:
    """`unknown`: no certificate of ours; `limit`: too many checks; `fault`: one of ours."""
    params = {"phone": cooperative.phone}
    title, note = html(f"{KEY}.{why}.title"), html(f"{KEY}.{why}.note", params)
    section = _section(why, f"<h1>{title}</h1><p>{note}</p>")
    return _page(cooperative, title, section + (_form(again=True) if why == "unknown" else ""))


def _page(cooperative: Cooperative, title: str, content: str) -> str:
    contact = {"name": cooperative.name, "phone": cooperative.phone, "hours": cooperative.hours}
    return _PAGE.substitute(
        title=title,
        style=STYLE,
        cooperative=_escaped(cooperative.name),
        content=content,
        contact=html(f"{KEY}.page.contact", contact),
    )


def _form(again: bool = False) -> str:
    title = html(f"{KEY}.page.{'another' if again else 'title'}")
    heading = f"<h2>{title}</h2>" if again else f"<h1>{title}</h1>"
    return _section(
        "form",
        f"{heading}<p>{html(f'{KEY}.page.explanation')}</p>"
        f'<form action="/v" method="get"><label for="codigo">{html(f"{KEY}.page.code")}</label>'
        '<input id="codigo" name="codigo" maxlength="40" autocomplete="off" required>'
        f"<button>{html(f'{KEY}.page.button')}</button></form>",
    )


def _section(name: str, content: str) -> str:
    return f'<section class="{name}">{content}</section>'


def _escaped(text: str, params: Params = NOTHING) -> str:
    return html(f"{KEY}.value", {"value": text, **params})
