"""From the matching of a pool to the signed order and the paper that changes it: the curator's half of a season."""

import re
from io import BytesIO

from docx import Document

from tests.chat import Persona
from tests.journeys.stage import Stage, fill
from tests.journeys.year import Panel

PROFILE = {
    "name": "МБОУ «Гимназия „Маяк“»",
    "short_name": "Гимназия «Маяк»",
    "city": "г. Приозёрный",
    "head_name": "Громов Пётр Ильич",
    "head_post": "директор",
    "curator_post": "заместитель директора",
}


def pool_is_matched(season: Stage) -> str:
    """The draft proposes, the curator reads why and sends; the address of the pair that may come of it."""
    panel = Panel(season.curator)
    draft = panel.send("/matching/", {"name": "Ноябрь"})
    board = season.curator.text(draft)
    assert "Лебедева" in board
    assert "Крылова" in board
    offered = re.findall(r'name="id" value="(\d+)"', season.curator.text(f"{draft}/publish"))
    assert offered
    panel.send(f"{draft}/publish", {"id": offered})
    pair = re.search(r'href="(/pairs/\d+)"', season.curator.text("/pairs/"))
    assert pair
    return pair[1]


def trial_begins(season: Stage, pair: str, anna: Persona, mila: Persona, vera: Persona) -> None:
    Panel(season.curator).send(f"{pair}/trial", {})
    season.bot.tick()
    anna.wait_for("Мила")
    mila.wait_for("Анна Сергеевна")
    vera.wait_for("Анна Сергеевна")
    lacking = season.curator.text(pair)
    assert "Подтвердить" in lacking


def trial_meeting_is_told_of(season: Stage, pair: str, anna: Persona, mila: Persona) -> None:
    """The curator writes the second meeting down, both say whether they suit each other."""
    panel = Panel(season.curator)
    held = {"held_at": f"{season.clock.now:%Y-%m-%d}T12:00", "minutes": "45", "place_kind": "organisation"}
    panel.send(f"/meetings/log/{pair.rsplit('/', 1)[-1]}", {**held, "kind": "trial", "topic": "Первая задача"})
    season.later(days=1)
    for person in (anna, mila):
        person.press("Оставить отзыв")
        fill(person, TRIAL)
        person.press("Отправить")
        person.wait_for("отзыв записан")


def order_is_signed(season: Stage, pair: str, anna: Persona, mila: Persona) -> str:
    """Without the organisation's profile there is no paper; with it, the order fixes the pair and freezes."""
    panel = Panel(season.curator)
    panel.send(f"{pair}/confirm", {})
    season.bot.tick()
    assert "ждёт приказа" in season.curator.text(pair)
    order = panel.send("/documents/new/order_pairs", {})
    signed = {"number": "47", "dated_on": season.clock.now.date().isoformat()}
    panel.send(f"{order}/sign", signed, expected=200)  # refused in words: who signs it?
    panel.send("/documents/templates/profile", PROFILE)
    panel.send(f"{order}/sign", signed)
    season.bot.tick()
    for person in (anna, mila):
        person.wait_for("№ 47")
    paper = season.curator.open(f"{order}/file.docx").data
    words = _words(paper)
    for word in ("47", "Лебедева", "Крылова", "П. И. Громов", "Гимназия"):
        assert word in words, word
    return order


def pair_ends_and_the_order_is_amended(season: Stage, pair: str, order: str) -> None:
    panel = Panel(season.curator)
    frozen = season.curator.open(f"{order}/file.docx").data
    panel.send(f"{pair}/end", {"reason": "schedule", "note": ""})
    amendment = panel.send("/documents/new/order_amendment", {})
    panel.send(f"{amendment}/sign", {"number": "48", "dated_on": season.clock.now.date().isoformat()})
    words = _words(season.curator.open(f"{amendment}/file.docx").data)
    assert "№ 47" in words
    assert "Крылов" in words
    assert season.curator.open(f"{order}/file.docx").data == frozen


def _words(body: bytes) -> str:
    paper = Document(BytesIO(body))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    said = "\n".join([*(paragraph.text for paragraph in paper.paragraphs), *cells])
    return said.replace("\N{NO-BREAK SPACE}", " ")


TRIAL = {
    "общается": "9",
    "доверяе": "8",
    "Готовы": "Да",
    "полез": None,
    "получилось": None,
}
