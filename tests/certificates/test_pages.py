"""The pages on which anyone checks a certificate."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from bot.checking import Checking
from bot.web import web_app
from domain.certificates.facts import CertificateKind
from handlers.verification.page import STYLE
from storage.cooperative_file import read_cooperative
from storage.schema import allowance
from tests.certificates.rows import correct_withholding
from tests.certificates.world import World
from tests.statement_rows import DOCUMENT

DEMO = Path(__file__).parents[2] / "storage" / "demo" / "cooperativa.toml"
COOPERATIVE = read_cooperative(DEMO)


@pytest.fixture
async def anyone(world: World) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody with a browser."""
    app = web_app(None, Checking(world.database, world.secrets, COOPERATIVE, world.clock))
    transport = httpx.ASGITransport(app, client=("203.0.113.7", 4711))
    async with httpx.AsyncClient(transport=transport, base_url="https://oficina.example") as client:
        yield client


def words(page: httpx.Response) -> str:
    """What is read on it."""
    inside = re.sub(r"<style>.*?</style>|<[^>]+>", " ", page.text, flags=re.S)
    return " ".join(inside.split())


async def test_a_valid_certificate(world: World, anyone: httpx.AsyncClient) -> None:
    code = world.code(await world.issue(1))
    page = await anyone.get(f"/v/{code}")
    assert page.status_code == 200
    said = words(page)
    for fact in (
        "Certificado válido",
        "Documento Certificado de retención en la fuente",
        "Año gravable 2025",
        "Folio 2026-000001",
        "Fecha de expedición 2 de noviembre de 2026",
        f"Identificación CC •••••{DOCUMENT[-3:]}",
        "Total retenido $ 7.000",
    ):
        assert fact in said, said
    assert DOCUMENT not in said
    assert "MARÍA" not in said.upper()


async def test_replaced_and_void(world: World, anyone: httpx.AsyncClient) -> None:
    old = world.code(await world.issue(1))
    async with world.database.unit() as connection:
        await correct_withholding(connection, 1, 6_300_00)
    new = world.code(await world.issue(1))
    said = words(await anyone.get(f"/v/{old}"))
    assert "Certificado reemplazado" in said
    assert "folio 2026-000002, expedido el 2 de noviembre de 2026" in said
    await world.void(new)
    said = words(await anyone.get(f"/v/{new}"))
    assert "Certificado anulado" in said
    assert "cifras de otro año" not in said


@pytest.mark.parametrize("kind", [CertificateKind.MEMBERSHIP, CertificateKind.GOOD_STANDING])
async def test_one_without_year_or_amount(
    world: World, anyone: httpx.AsyncClient, kind: CertificateKind
) -> None:
    code = world.code(await world.issue(1, kind, None))
    said = words(await anyone.get(f"/v/{code}"))
    assert "Certificado válido" in said
    assert "Año gravable" not in said
    assert "$" not in said


@pytest.mark.parametrize(
    "code",
    ["6G00-3VC5-PA5K-BKMN", "hola", "<script>alert(1)</script>", "a" * 500, "%00", "..%2f..%2f"],
)
async def test_made_up_codes(anyone: httpx.AsyncClient, code: str) -> None:
    page = await anyone.get(f"/v/{code}")
    assert page.status_code == 404
    if page.headers["content-type"].startswith("text/html"):
        assert "no es de un certificado nuestro" in words(page)
        assert "<script" not in page.text


async def test_an_altered_code(world: World, anyone: httpx.AsyncClient) -> None:
    code = world.code(await world.issue(1))
    altered = code[:-1] + ("0" if code[-1] != "0" else "1")
    page = await anyone.get(f"/v/{altered}")
    assert page.status_code == 404
    assert "Total retenido" not in words(page)
    assert "Certificado válido" in words(await anyone.get(f"/v/{code.lower()}"))


async def test_the_form_leads_to_the_answer(world: World, anyone: httpx.AsyncClient) -> None:
    code = world.code(await world.issue(1))
    form = await anyone.get("/v")
    assert form.status_code == 200
    assert 'name="codigo"' in form.text
    sent = await anyone.get("/v", params={"codigo": f" {code} "})
    assert sent.status_code == 303
    assert sent.headers["location"] == f"/v/{code}"
    assert "Certificado válido" in words(await anyone.get(sent.headers["location"]))
    empty = await anyone.get("/v", params={"codigo": "  "})
    assert empty.status_code == 200
    hostile = await anyone.get("/v", params={"codigo": "//evil.example/\r\nSet-Cookie: a=b"})
    assert hostile.headers["location"].startswith("/v/%2F%2Fevil")


async def test_every_page_is_plain_and_closed_to_others(
    world: World, anyone: httpx.AsyncClient
) -> None:
    code = world.code(await world.issue(1))
    for address in ("/v", f"/v/{code}", "/v/made-up"):
        page = await anyone.get(address)
        assert page.headers["content-type"] == "text/html; charset=utf-8"
        assert "set-cookie" not in page.headers
        assert page.headers["cache-control"] == "no-store"
        assert page.headers["referrer-policy"] == "no-referrer"
        assert page.headers["x-content-type-options"] == "nosniff"
        policy = page.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert f"<style>{STYLE}</style>" in page.text
        assert '<html lang="es">' in page.text
        assert not re.search(r"<script|<link|<img|https?://|style=|\son\w+=", page.text)


async def test_an_address_may_check_so_often_in_an_hour(
    world: World, anyone: httpx.AsyncClient
) -> None:
    code = world.code(await world.issue(1))
    for _ in range(world.policies.checks_per_hour):
        await anyone.get("/v/made-up")
    page = await anyone.get(f"/v/{code}")
    assert page.status_code == 429
    assert page.headers["retry-after"] == "3600"
    assert "Demasiados intentos" in words(page)
    world.clock.forward(hours=1)
    assert (await anyone.get(f"/v/{code}")).status_code == 200


async def test_who_asked_is_not_kept_in_clear(world: World, anyone: httpx.AsyncClient) -> None:
    await anyone.get("/v/made-up")
    async with world.database.unit() as connection:
        subjects = list(await connection.scalars(select(allowance.c.subject)))
    assert len(subjects) == 1
    assert "203.0.113.7" not in subjects[0]


async def test_a_fault_of_ours_is_said_kindly(
    world: World, anyone: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise RuntimeError("the disk is full")

    code = world.code(await world.issue(1))
    with monkeypatch.context() as faulty:
        faulty.setattr("storage.certificates.register.RegisterRepository.by_folio", broken)
        page = await anyone.get(f"/v/{code}")
    assert page.status_code == 503
    assert "No lo pudimos comprobar" in words(page)
    assert "disk" not in page.text
    assert (await anyone.get(f"/v/{code}")).status_code == 200


async def test_nothing_but_looking(world: World, anyone: httpx.AsyncClient) -> None:
    code = world.code(await world.issue(1))
    for method in ("POST", "PUT", "DELETE"):
        assert (await anyone.request(method, f"/v/{code}")).status_code == 405
