"""The pages on which anyone checks a certificate: no script, no cookie, nothing to log in to."""

from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import quote

import structlog
from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from domain.access.seals import Seal
from domain.certificates.check import NotGenuine, TooManyChecks, Verdict
from domain.clock import Clock
from domain.cooperative import Cooperative
from handlers.verification.page import HEADERS, form_page, refusal_page, verdict_page
from storage.certificates.desk import verifying
from storage.database import Database
from storage.secrets import Secrets

log = structlog.get_logger()
LONGEST_CODE = 40
_STATUS = {
    "unknown": HTTPStatus.NOT_FOUND,
    "limit": HTTPStatus.TOO_MANY_REQUESTS,
    "fault": HTTPStatus.SERVICE_UNAVAILABLE,
}
_RETRY = {"limit": {"Retry-After": "3600"}}


@dataclass(frozen=True, slots=True)
class Checking:
    database: Database
    secrets: Secrets
    cooperative: Cooperative
    clock: Clock

    def routes(self) -> APIRouter:
        """`/v` takes a code, `/v/<code>` answers it."""
        router = APIRouter()
        router.add_api_route("/v", self.ask, include_in_schema=False, response_model=None)
        router.add_api_route("/v/{code}", self.check, include_in_schema=False, response_model=None)
        return router

    async def ask(self, codigo: str = "") -> Response:
        """The form; what was typed into it leads to its answer."""
        typed = quote(codigo.strip()[:LONGEST_CODE], safe="")
        if typed:
            return RedirectResponse(f"/v/{typed}", HTTPStatus.SEE_OTHER, HEADERS)
        return HTMLResponse(form_page(self.cooperative), headers=HEADERS)

    async def check(self, code: str, request: Request) -> Response:
        """How the certificate of that code stands."""
        try:
            verdict = await self._verdict(code[:LONGEST_CODE], self._asker(request))
        except Exception:
            log.exception("a certificate could not be checked")
            verdict = "fault"
        if isinstance(verdict, str):
            page = refusal_page(self.cooperative, verdict)
            return HTMLResponse(page, _STATUS[verdict], HEADERS | _RETRY.get(verdict, {}))
        return HTMLResponse(verdict_page(self.cooperative, verdict), headers=HEADERS)

    async def _verdict(self, code: str, asker: str) -> Verdict | str:
        """The verdict, or why there is none; what was counted is kept either way."""
        async with self.database.unit() as connection:
            use_case = verifying(connection, self.secrets, self.cooperative.policies)
            try:
                return await use_case.verify(asker, code, self.clock.now())
            except NotGenuine:
                return "unknown"
            except TooManyChecks:
                return "limit"

    def _asker(self, request: Request) -> str:
        """Who is counted: the address that asks, as a seal that does not tell it."""
        host = request.client.host if request.client else ""
        return f"web:{Seal(self.secrets.certificates).of('asker', host)}"
