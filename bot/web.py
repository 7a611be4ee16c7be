"""The HTTP side: Telegram's webhook, health, metrics, and the check of certificates."""

import hmac
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

import prometheus_client
import uvicorn
from fastapi import FastAPI, Header, Request, Response
from telegram import Bot

from bot.api.app import add_push_api
from bot.api.building import build_api
from bot.api.parts import Api
from bot.checking import Checking
from bot.office import Office
from bot.settings import Settings
from bot.updates import KINDS, Raw
from domain.clock import Clock
from domain.cooperative import Cooperative
from storage.database import Database
from storage.secrets import Secrets

LOOPBACK_PATH = "/telegram"
TITLE = "coopbot: the push API"
ABOUT = (
    "What the cooperative's programs have its members told. Every request needs a key"
    " (Authorization: Bearer coopbot_…); every POST an Idempotency-Key. Errors are"
    " application/problem+json."
)


@dataclass(frozen=True, slots=True)
class Webhook:
    """Telegram's side of the webhook: acknowledged only when the work is done."""

    bot: Bot
    accept: Callable[[Raw], Awaitable[None]]
    secret: str

    async def receive(self, request: Request, given: str) -> HTTPStatus:
        """Serve one posted update; FORBIDDEN without Telegram's secret."""
        if not hmac.compare_digest(given.encode(), self.secret.encode()):
            return HTTPStatus.FORBIDDEN
        await self.accept(await request.json())
        return HTTPStatus.OK

    async def register(self, url: str) -> None:
        """Tell Telegram where to post; updates that wait are kept."""
        await self.bot.set_webhook(url, allowed_updates=KINDS, secret_token=self.secret)


def web_app(
    webhook: Webhook | None,
    checking: Checking,
    path: str = LOOPBACK_PATH,
    api: Api | None = None,
) -> FastAPI:
    """The routes; the webhook's and the push API's only when there is one."""
    app = FastAPI(title=TITLE, description=ABOUT, docs_url=None, redoc_url=None)

    @app.get("/health", include_in_schema=False)
    async def health() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/metrics", include_in_schema=False)
    async def metrics() -> Response:
        return Response(prometheus_client.generate_latest(), media_type="text/plain")

    app.include_router(checking.routes())
    if webhook is not None:
        hook = webhook

        @app.post(path, include_in_schema=False)
        async def updates(
            request: Request, x_telegram_bot_api_secret_token: str = Header(default="")
        ) -> Response:
            status = await hook.receive(request, x_telegram_bot_api_secret_token)
            return Response(status_code=status)

    if api is not None:
        add_push_api(app, api)
    return app


def push_api(office: Office) -> Api | None:
    """What the push API works with."""
    return build_api(office.pushing, office.desk.bell) if office.pushing else None


def checking(
    settings: Settings, database: Database, cooperative: Cooperative, clock: Clock
) -> Checking:
    """The pages that check certificates, under the key of these settings."""
    return Checking(database, Secrets(settings.key()), cooperative, clock)


def server(settings: Settings, app: FastAPI) -> uvicorn.Server:
    """The server of these routes at COOPBOT_LISTEN."""
    config = uvicorn.Config(
        app,
        host=settings.listen_host,
        port=settings.listen_port,
        log_config=None,
        access_log=False,
    )
    return uvicorn.Server(config)


def webhook_path(url: str) -> str:
    """Where the reverse proxy passes Telegram's posts on: the path of COOPBOT_WEBHOOK_URL."""
    return urlsplit(url).path or LOOPBACK_PATH
