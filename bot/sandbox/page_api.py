"""The HTTP side of the chat page: what the page reads, hears and does.

Everything is JSON (UTF-8), same origin as the page. Ids are integers; in JSON
*object keys* they are strings. Times are Unix seconds. Errors are 4xx with
`{"error": "<sentence in English>"}`.

**Message**: the Bot API Message object (`message_id`, `date`, `chat`, `from`, `text`,
`entities`, `caption`, `caption_entities`, `reply_markup.inline_keyboard`,
`reply_to_message`, `photo`, `document`, `contact`, `edit_date`,
`has_protected_content`, ...) plus `"out": true` when the person holding the phone
wrote it, `false` when the bot did. Entity offsets count UTF-16 units, as JavaScript
strings do.

**Mail**: `{id, from, to: [address], subject, text, html|null, date,
attachments: [{name, mime_type, size, url}]}`; `url` opens the attachment.

**Keyboard rows** (reply keyboard): `[[{text, request_contact?}]]`.

Pages
    GET /                   `page/index.html`
    GET /static/<path>      any other file of `page/`
    GET /api/files/<file_id>
                            the bytes of a document or photo, inline, with its type
    GET /api/mail/<id>/attachments/<n>
                            an attachment: the `url` of a Mail's attachment

State
    GET /api/state
        {
          "bot": {id, first_name, username},
          "phones": [{user_id, name, role, about}],
          "who": [{name, document_type, document, first_key, email, state, app_key}],
          "messages": {"<chat_id>": [Message, ...]},        oldest first
          "reply_keyboards": {"<chat_id>": rows},           absent when none is shown
          "blocked": [chat_id, ...],
          "mail": [Mail, ...],                              oldest first
          "push": {categories: [{value, label}], buttons: [{value, label}]} or null
        }

Events
    GET /api/events         server-sent events; `event:` is the name, `data:` one JSON line
        hello     {}                                        connected: now read /api/state
        message   Message                                   new or edited: replace by message_id
        delete    {chat_id, message_id}
        toast     {chat_id, text, alert}                    an answer to a tap (alert: needs an OK)
        answered  {chat_id, message_id}                     the tap on this message was answered
        action    {chat_id, action}                         "typing", "upload_document": show ~5 s
        keyboard  {chat_id, rows}                           rows is null when the keyboard goes away
        blocked   {chat_id, blocked}
        mail      Mail
        phones    {phones: [...], who: [...]}               people were added: replace both lists

Actions (answer `{"update_id": n}` at once; what follows arrives as events)
    POST /api/chats/<chat_id>/say      {"text": "...", "reply_to": message_id?}
    POST /api/chats/<chat_id>/tap      {"message_id": n, "row": n, "col": n}   from 0
    POST /api/chats/<chat_id>/contact  {}                    shares the phone's own number
    POST /api/chats/<chat_id>/upload   multipart: `file`, optional `caption`, optional
                                       `as_photo` ("1" sends an image as a photo)
    POST /api/chats/<chat_id>/block    {"blocked": true|false}

    POST /api/push          what a program would post to the push API, for one of `who`;
                            answers {status, body} as that API did. 404 without a form.

A reply-keyboard button is pressed by saying its text, or with `/contact` when it has
`request_contact`. A url button opens its `url`; `/tap` on it is a 400. A chat whose
phone blocked the bot answers 409 to everything but `/block`.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable
from functools import wraps
from pathlib import Path
from typing import TypeVar

from aiohttp import web

from bot.sandbox.actions import ActionError, Actions
from bot.sandbox.directory import Directory
from bot.sandbox.json_types import Json
from bot.sandbox.mailbox import Mailbox
from bot.sandbox.params import Upload
from bot.sandbox.pushing import PushDesk
from bot.sandbox.telegram import Telegram
from bot.sandbox.updates import Entry

PAGE = Path(__file__).parent / "page"
SHOWN_INLINE = ("image/", "application/pdf", "text/plain", "text/csv", "audio/", "video/")
SAFE = {"X-Content-Type-Options": "nosniff"}
HEARTBEAT = 15.0

Owner = TypeVar("Owner")
Act = Callable[[Owner, web.Request], Awaitable[Entry]]
Handler = Callable[[Owner, web.Request], Awaitable[web.Response]]


def action(act: Act[Owner]) -> Handler[Owner]:
    """Answer with the update that an act became, or say why it can't be."""

    @wraps(act)
    async def answer(page: Owner, request: web.Request) -> web.Response:
        try:
            entry = await act(page, request)
        except ActionError as error:
            return _refuse(error.status, str(error))
        except (KeyError, TypeError, ValueError) as error:
            return _refuse(400, f"the request isn't as the contract says: {error!r}")
        return web.json_response({"update_id": entry.update_id})

    return answer


class PageApi:
    """Serves the chat page and what it needs."""

    def __init__(
        self,
        telegram: Telegram,
        actions: Actions,
        mailbox: Mailbox,
        directory: Directory,
        push_desk: PushDesk,
    ) -> None:
        self._tg = telegram
        self._actions = actions
        self._mailbox = mailbox
        self._directory = directory
        self._push_desk = push_desk

    def routes(self) -> Iterable[web.RouteDef]:
        """Where the server finds it."""
        chat = r"/api/chats/{chat_id:-?\d+}"
        return [
            web.get("/", self._index),
            web.get("/static/{path:.+}", self._static),
            web.get("/api/files/{file_id}", self._file),
            web.get(r"/api/mail/{mail:\d+}/attachments/{number:\d+}", self._attachment),
            web.get("/api/state", self._state),
            web.get("/api/events", self._events),
            web.post(f"{chat}/say", self._say),
            web.post(f"{chat}/tap", self._tap),
            web.post(f"{chat}/contact", self._contact),
            web.post(f"{chat}/upload", self._upload),
            web.post(f"{chat}/block", self._block),
            *self._push_desk.routes(),
        ]

    async def _index(self, _: web.Request) -> web.StreamResponse:
        return _page_file("index.html")

    async def _static(self, request: web.Request) -> web.StreamResponse:
        return _page_file(request.match_info["path"])

    async def _file(self, request: web.Request) -> web.Response:
        stored = self._tg.files.by_id(request.match_info["file_id"])
        if stored is None:
            return _refuse(404, "there is no such file")
        return _shown(stored.content, stored.mime_type)

    async def _attachment(self, request: web.Request) -> web.Response:
        try:
            mail = self._mailbox.messages[int(request.match_info["mail"])]
            found = mail.attachments[int(request.match_info["number"])]
        except IndexError:
            return _refuse(404, "there is no such attachment")
        return _shown(found.content, found.mime_type)

    async def _state(self, _: web.Request) -> web.Response:
        chats = self._tg.chats.values()
        state: Json = {
            "bot": {name: self._tg.bot[name] for name in ("id", "first_name", "username")},
            **self._directory.as_json(),
            "messages": {chat.id: [m.as_page() for m in chat.messages.values()] for chat in chats},
            "reply_keyboards": {c.id: c.reply_rows for c in chats if c.reply_rows is not None},
            "blocked": [chat.id for chat in chats if chat.blocked],
            "mail": [mail.as_json() for mail in self._mailbox.messages],
            "push": self._push_desk.as_json(),
        }
        return web.json_response(state)

    async def _events(self, request: web.Request) -> web.StreamResponse:
        stream = web.StreamResponse(headers={"Cache-Control": "no-store"})
        stream.content_type = "text/event-stream"
        await stream.prepare(request)
        with self._tg.hub.listen() as happened:
            await stream.write(b"event: hello\ndata: {}\n\n")
            while True:
                try:
                    async with asyncio.timeout(HEARTBEAT):
                        name, data = await happened.get()
                    await stream.write(f"event: {name}\ndata: {json.dumps(data)}\n\n".encode())
                except TimeoutError:
                    await stream.write(b": still here\n\n")

    @action
    async def _say(self, request: web.Request) -> Entry:
        said = await request.json()
        reply_to = said.get("reply_to")
        return self._actions.say(_user_id(request), str(said["text"]), reply_to=reply_to)

    @action
    async def _tap(self, request: web.Request) -> Entry:
        tap, chat = await request.json(), _user_id(request)
        where = (int(tap["message_id"]), int(tap["row"]), int(tap["col"]))
        return self._actions.tap(chat, chat, *where)

    @action
    async def _contact(self, request: web.Request) -> Entry:
        return self._actions.share_contact(_user_id(request))

    @action
    async def _upload(self, request: web.Request) -> Entry:
        form = await request.post()
        part = form["file"]
        if not isinstance(part, web.FileField):
            raise ActionError("file must be a file")
        file = Upload(part.filename, part.file.read(), part.content_type)
        caption, as_photo = str(form.get("caption", "")), form.get("as_photo") == "1"
        return self._actions.upload(_user_id(request), file, caption=caption, as_photo=as_photo)

    @action
    async def _block(self, request: web.Request) -> Entry:
        wish = await request.json()
        return self._actions.block(_user_id(request), bool(wish["blocked"]))


def _user_id(request: web.Request) -> int:
    return int(request.match_info["chat_id"])


def _refuse(status: int, sentence: str) -> web.Response:
    return web.json_response({"error": sentence}, status=status)


def _page_file(name: str) -> web.StreamResponse:
    path = (PAGE / name).resolve()
    if not (path.is_relative_to(PAGE) and path.is_file()):
        return _refuse(404, "there is no such page")
    return web.FileResponse(path, headers=SAFE | {"Cache-Control": "no-cache"})


def _shown(content: bytes, mime_type: str) -> web.Response:
    """Inline when it can't run scripts in the page's origin, else to download."""
    harmless = mime_type.startswith(SHOWN_INLINE) and mime_type != "image/svg+xml"
    how = "inline" if harmless else "attachment"
    headers = SAFE | {"Content-Type": mime_type, "Content-Disposition": how}
    return web.Response(body=content, headers=headers)
