"""Files both ways. Sources: Bot API "Sending files", #getfile, #senddocument, #sendphoto."""

import urllib.error

import pytest

from tests.chat import Persona
from tests.sandbox.api import Api, refused
from tests.sandbox.test_messages import PNG


def test_a_persons_document_is_downloaded_by_its_path(api: Api, mila: Persona) -> None:
    mila.send_document("Согласие".encode(), "согласие.txt", "text/plain", caption="вот")
    message = api.updates()[-1]["message"]
    document = message["document"]
    assert (document["file_name"], document["mime_type"], message["caption"]) == ("согласие.txt", "text/plain", "вот")
    found = api.call("getFile", file_id=document["file_id"])
    assert found["file_size"] == len("Согласие".encode())
    assert api.download(found["file_path"]).decode() == "Согласие"


def test_a_file_over_20_megabytes_is_not_given(api: Api, mila: Persona) -> None:
    mila.send_document(bytes(20 * 1024 * 1024 + 1), "скан.pdf")
    with refused(400, "Bad Request: file is too big"):
        api.call("getFile", file_id=api.updates()[-1]["message"]["document"]["file_id"])


def test_a_bots_document_keeps_its_name_and_content(api: Api, mila: Persona) -> None:
    sent = api.upload("sendDocument", {"document": ("Приказ № 47.docx", b"PK")}, chat_id=str(mila.id))
    assert sent["document"]["file_name"] == "Приказ № 47.docx"
    assert mila.download(mila.last) == b"PK"
    again = api.call("sendDocument", chat_id=mila.id, document=sent["document"]["file_id"])
    assert again["document"]["file_unique_id"] == sent["document"]["file_unique_id"]


def test_photos_are_pictures(api: Api, mila: Persona) -> None:
    sent = api.upload("sendPhoto", {"photo": ("qr.png", PNG)}, chat_id=str(mila.id))
    assert (sent["photo"][-1]["width"], sent["photo"][-1]["height"]) == (2, 3)
    with refused(400, "Bad Request: IMAGE_PROCESS_FAILED"):
        api.upload("sendPhoto", {"photo": ("qr.png", b"text")}, chat_id=str(mila.id))


def test_wrong_files_are_refused(api: Api, mila: Persona) -> None:
    with refused(400, "Bad Request: there is no document in the request"):
        api.call("sendDocument", chat_id=mila.id)
    with refused(400, "Bad Request: wrong file identifier/HTTP URL specified"):
        api.call("sendDocument", chat_id=mila.id, document="https://mayak.ru/a.pdf")
    with refused(400, "Bad Request: wrong file identifier/HTTP URL specified"):
        api.call("sendDocument", chat_id=mila.id, document="attach://nothing")
    with refused(400, "Bad Request: file must be non-empty"):
        api.upload("sendDocument", {"document": ("a.txt", b"")}, chat_id=str(mila.id))
    photo = api.upload("sendPhoto", {"photo": ("qr.png", PNG)}, chat_id=str(mila.id))["photo"][-1]
    with refused(400, "Bad Request: can't use file of type Photo as Document"):
        api.call("sendDocument", chat_id=mila.id, document=photo["file_id"])


def test_a_path_or_token_that_is_not_known_gives_nothing(api: Api) -> None:
    for wrong, code in ((api, 404), (Api(api.base, "43:OTHER"), 401)):
        with pytest.raises(urllib.error.HTTPError) as caught:
            wrong.download("documents/file_1.pdf")
        assert caught.value.code == code


def test_photos_voices_stickers_and_contacts_reach_the_bot(api: Api, mila: Persona) -> None:
    mila.send_photo(caption="я")
    mila.send_voice(seconds=7)
    mila.send_sticker("👋")
    mila.share_contact()
    photo, voice, sticker, contact = (update["message"] for update in api.updates())
    assert photo["photo"][-1]["file_id"]
    assert photo["caption"] == "я"
    assert voice["voice"]["duration"] == 7
    assert sticker["sticker"]["emoji"] == "👋"
    assert contact["contact"]["user_id"] == mila.id


def test_text_that_looks_like_an_attachment_stays_text(api: Api, mila: Persona) -> None:
    assert api.call("sendMessage", chat_id=mila.id, text="attach://приказ")["text"] == "attach://приказ"
