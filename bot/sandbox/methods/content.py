"""What a message says: its text, its caption, its file."""

from __future__ import annotations

from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.files import StoredFile, image_size
from bot.sandbox.json_types import Json, without_nothing
from bot.sandbox.params import Params, Upload
from bot.sandbox.telegram import Telegram
from bot.sandbox.text import formatted
from bot.sandbox.utf16 import units

PREVIEW = ("is_disabled", "url", "prefer_small_media", "prefer_large_media", "show_above_text")
CONTENT = (
    "text",
    "entities",
    "link_preview_options",
    "caption",
    "caption_entities",
    "show_caption_above_media",
    "has_media_spoiler",
    "document",
    "photo",
    "contact",
)


def text_content(tg: Telegram, p: Params) -> Json:
    """The text of sendMessage and editMessageText."""
    text, entities = formatted(p.text("text"), p.text("parse_mode"), p.objects("entities"))
    if not text:
        raise bad_request("message text is empty")
    if units(text) > tg.limits.text:
        raise bad_request("message is too long")
    preview = p.fields("link_preview_options")
    shown = without_nothing(**{name: preview.get(name) for name in PREVIEW})
    return without_nothing(text=text, entities=entities, link_preview_options=shown or None)


def caption_content(tg: Telegram, p: Params) -> Json:
    """The caption of a file."""
    entities = p.objects("caption_entities")
    caption, marked = formatted(p.text("caption"), p.text("parse_mode"), entities)
    if units(caption) > tg.limits.caption:
        raise bad_request("message caption is too long")
    return without_nothing(
        caption=caption,
        caption_entities=marked,
        show_caption_above_media=bool(caption) and p.flag("show_caption_above_media"),
    )


def document_content(tg: Telegram, p: Params, reference: str, upload: Upload | None) -> Json:
    """A document with its caption."""
    stored = _stored(tg, reference, upload, "documents")
    return {"document": stored.as_document()} | caption_content(tg, p)


def photo_content(tg: Telegram, p: Params, reference: str, upload: Upload | None) -> Json:
    """A photo with its caption."""
    if upload:
        _check_photo(tg, upload)
    stored = _stored(tg, reference, upload, "photos")
    spoiler = without_nothing(has_media_spoiler=p.flag("has_spoiler"))
    return {"photo": stored.as_photo()} | caption_content(tg, p) | spoiler


def media_content(tg: Telegram, p: Params) -> Json:
    """The InputMedia of editMessageMedia."""
    media = p.fields("media")
    if not media.get("media"):
        raise bad_request("can't parse InputMedia: media not found")
    inner, reference = Params(media, p.uploads), str(media["media"])
    upload = p.attached(reference)
    match media.get("type"):
        case "document":
            return document_content(tg, inner, reference, upload)
        case "photo":
            return photo_content(tg, inner, reference, upload)
    raise bad_request("can't parse InputMedia: type must be one of photo, document")


def _stored(tg: Telegram, reference: str, upload: Upload | None, folder: str) -> StoredFile:
    if upload is None:
        return _known(tg, reference, folder)
    if not upload.content:
        raise bad_request("file must be non-empty")
    if len(upload.content) > tg.limits.upload_bytes:
        raise ApiError(413, "Request Entity Too Large")
    return tg.files.keep(upload.name, upload.content, upload.mime_type, folder)


def _known(tg: Telegram, reference: str, folder: str) -> StoredFile:
    if not reference:
        raise bad_request(f"there is no {folder.removesuffix('s')} in the request")
    stored = tg.files.by_id(reference)
    if stored is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if not stored.path.startswith(folder):
        raise bad_request("can't use file of the other type")
    return stored


def _check_photo(tg: Telegram, upload: Upload) -> None:
    size, most = len(upload.content), tg.limits.photo_bytes
    if size > most:
        raise bad_request(
            f"file of size {size} bytes is too big for a photo; the maximum size is {most} bytes"
        )
    shape = image_size(upload.content)
    if upload.content and shape is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    if shape and (sum(shape) > 10_000 or max(shape) > 20 * min(shape)):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
