"""What a message is made of: text, caption, file, the message it replies to."""

from collections.abc import Sequence
from typing import Any

from bot.sandbox.entities import formatted
from bot.sandbox.files import MAX_PHOTO, StoredFile, picture_size
from bot.sandbox.markup import utf16_length
from bot.sandbox.messages import Body
from bot.sandbox.refusals import bad_request
from bot.sandbox.schema import Args
from bot.sandbox.telegram import Telegram
from bot.sandbox.uploads import Upload

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024


def text_content(args: Args) -> Body:
    text, entities = formatted(args.get("text", ""), args.get("parse_mode"), args.get("entities"))
    if not text:
        raise bad_request("message text is empty")
    if utf16_length(text) > TEXT_LIMIT:
        raise bad_request("message is too long")
    return {"text": text} | ({"entities": entities} if entities else {}) | _preview(args)


def caption_content(args: Args) -> Body:
    text, entities = formatted(args.get("caption", ""), args.get("parse_mode"), args.get("caption_entities"))
    if utf16_length(text) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    return ({"caption": text} if text else {}) | ({"caption_entities": entities} if entities else {})


def document_content(telegram: Telegram, given: Upload | str) -> Body:
    file = _file(telegram, given, "document")
    return {"document": file.described() | {"file_name": file.name} | ({"mime_type": file.mime} if file.mime else {})}


def photo_content(telegram: Telegram, given: Upload | str) -> Body:
    file = _file(telegram, given, "photo")
    return {"photo": [file.described() | file.facts]}


def reply_content(telegram: Telegram, chat_id: int, args: Args) -> Body:
    wanted = args.get("reply_parameters")
    if not wanted or "message_id" not in wanted:
        return {}
    message = telegram.shown_message(chat_id, wanted["message_id"])
    if message:
        return {"reply_to_message": without(message.body, ["reply_to_message"])}
    if wanted.get("allow_sending_without_reply"):
        return {}
    raise bad_request("message to be replied not found")


def without(body: Body, names: Sequence[str]) -> Body:
    return {name: value for name, value in body.items() if name not in names}


def _preview(args: Args) -> dict[str, Any]:
    options = args.get("link_preview_options")
    return {"link_preview_options": options} if options else {}


def _file(telegram: Telegram, given: Upload | str, kind: str) -> StoredFile:
    if isinstance(given, Upload):
        return _keep_upload(telegram, given, kind)
    found = telegram.files.find(given)
    if not found:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if found.kind != kind:
        raise bad_request(f"can't use file of type {found.kind.capitalize()} as {kind.capitalize()}")
    return found


def _keep_upload(telegram: Telegram, upload: Upload, kind: str) -> StoredFile:
    if kind != "photo":
        return telegram.files.keep(kind, upload.name, upload.mime, upload.data)
    if len(upload.data) > MAX_PHOTO:
        raise bad_request("file is too big")
    size = picture_size(upload.data)
    if upload.data and not size:
        raise bad_request("IMAGE_PROCESS_FAILED")
    width, height = size or (0, 0)
    if width + height > 10_000:
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return telegram.files.keep(kind, upload.name, upload.mime, upload.data, {"width": width, "height": height})
