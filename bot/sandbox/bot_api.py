"""The Bot API over HTTP, as any bot library calls it."""

from __future__ import annotations

import asyncio
import inspect
import json
import socket
import struct
from typing import Any

from aiohttp import web

from bot.sandbox.errors import ApiError
from bot.sandbox.faults import Fault, Faults
from bot.sandbox.json_types import Json
from bot.sandbox.ledger import Call, Ledger
from bot.sandbox.methods import METHODS, Method
from bot.sandbox.params import Params, read_params
from bot.sandbox.telegram import Telegram

UNSPOILT = Fault("", accepts=True)


class BotApi:
    """Answers `/bot<token>/<method>` and `/file/bot<token>/<path>`."""

    def __init__(self, telegram: Telegram, token: str, ledger: Ledger, faults: Faults) -> None:
        self._tg = telegram
        self._token = token
        self._ledger = ledger
        self._faults = faults

    def routes(self) -> list[web.RouteDef]:
        """Where the server finds it."""
        return [
            web.get("/file/bot{token:[^/]+}/{path:.+}", self._file),
            web.route("*", "/bot{token:[^/]+}/{method}", self._call),
        ]

    async def _file(self, request: web.Request) -> web.Response:
        self._check_token(request)
        stored = self._tg.files.by_path(request.match_info["path"])
        if stored is None or stored.size > self._tg.limits.download_bytes:
            return _answer(ApiError(404, "Not Found").body())
        return web.Response(body=stored.content, content_type="application/octet-stream")

    async def _call(self, request: web.Request) -> web.StreamResponse:
        try:
            self._check_token(request)
            name = request.match_info["method"]
            method = METHODS.get(name.lower())
            if method is None:
                raise ApiError(404, "Not Found")
            params = await read_params(request)
        except ApiError as refusal:
            return _answer(refusal.body())
        return await self._work(request, name, method, params)

    def _check_token(self, request: web.Request) -> None:
        if request.match_info["token"] != self._token:
            raise ApiError(401, "Unauthorized")

    async def _work(
        self, request: web.Request, name: str, method: Method, params: Params
    ) -> web.StreamResponse:
        chat_id = _chat_id(params)
        call = self._ledger.open(name, params.for_ledger(), chat_id, self._tg.clock.now())
        fault = self._faults.strike(name, chat_id) or UNSPOILT
        call.fault = call.outcome = fault.name
        body: Json = {}
        if fault.error:
            body = _written(call, fault.error)
        elif fault.accepts:
            body = await self._perform(call, method, params)
        return await _end(request, fault, body)

    async def _perform(self, call: Call, method: Method, params: Params) -> Json:
        try:
            result: Any = method(self._tg, params)
            if inspect.isawaitable(result):
                result = await result
        except ApiError as refusal:
            return _written(call, refusal)
        call.outcome, call.result = "ok", result
        return {"ok": True, "result": result}


def _written(call: Call, refusal: ApiError) -> Json:
    call.outcome, call.description = str(refusal.code), refusal.description
    return refusal.body()


def _chat_id(params: Params) -> int | None:
    chat_id = params.text("chat_id")
    return int(chat_id) if chat_id.removeprefix("-").isdecimal() else None


def _answer(body: Json) -> web.Response:
    return web.json_response(body, status=int(body.get("error_code", 200)))


async def _end(request: web.Request, fault: Fault, body: Json) -> web.StreamResponse:
    if fault.delay:
        await asyncio.sleep(fault.delay)
    match fault.ending:
        case "hang":
            await asyncio.get_running_loop().create_future()
        case "reset":
            _reset(request)
        case "truncate":
            whole = json.dumps(body).encode()
            return web.Response(body=whole[: len(whole) // 2], content_type="application/json")
    return _answer(body)


def _reset(request: web.Request) -> None:
    transport = request.transport
    if transport is None:
        return
    connection = transport.get_extra_info("socket")
    # Lingering for no time makes the kernel send RST instead of a polite end.
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()
