"""Campaigns: the list, one of them live, and what the curator may do about it."""

from collections.abc import Iterator
from datetime import timedelta

from flask.typing import ResponseReturnValue
from flask_admin import expose
from werkzeug.wrappers import Response

from admin.chips import chip_group, page_link, word
from admin.desk import now, perform, read
from admin.downloads import download_workbook
from admin.forms.campaigns import ChangedForm, wall
from admin.texts import campaigns as words
from admin.texts import labels
from admin.views.base import PAGE, page_number, pages_of
from admin.views.new_campaigns import NewCampaigns
from mentoring.rules.campaigns import CampaignState, Standing
from mentoring.use_cases.campaign_progress import CampaignCard, campaign_card, recipients_page
from mentoring.use_cases.campaigns import (
    ask_recipient_again,
    cancel_campaign,
    change_campaign,
    close_campaign,
    extend_campaign,
    release_recipient,
    remind_campaign,
)
from mentoring.workbooks import Column
from storage.queries.campaigns_list import CampaignFilter, campaigns_page
from storage.queries.today import pair_names


class CampaignsView(NewCampaigns):
    in_menu = False
    section = "responses"

    def __init__(self) -> None:
        super().__init__(name="Опросы", endpoint="campaigns", url="/campaigns")

    @expose("/")
    def index(self) -> str:
        page, asked = page_number(), _asked()
        found = read(campaigns_page, asked, page=page, size=PAGE, now=now())
        groups = (chip_group("Показать", "state", words.STATES), chip_group("Внимание", "need", words.NEEDS))
        return self.render(
            "campaigns/index.html",
            found=found,
            groups=groups,
            page=page,
            pages=pages_of(found.total),
            link=page_link(),
        )

    @expose("/<int:campaign_id>")
    def page(self, campaign_id: int) -> str:
        card, page = read(campaign_card, campaign_id), page_number()
        standing = word("standing", list(Standing))
        found = read(recipients_page, campaign_id, standing=standing, page=page, size=PAGE)
        pairs = [row.pair_id for row in found.rows if row.pair_id]
        return self.render(
            "campaigns/page.html",
            card=card,
            audience=words.audience(card.audience),
            found=found,
            pairs=read(pair_names, pairs) if pairs else {},
            groups=(chip_group("Показать", "standing", _standings(card)),),
            page=page,
            pages=pages_of(found.total),
            link=page_link(),
        )

    @expose("/<int:campaign_id>/export.xlsx")
    def export(self, campaign_id: int) -> ResponseReturnValue:
        card = read(campaign_card, campaign_id)  # a foreign campaign is not found, instead of an empty table
        return download_workbook("Кто ответил на опрос", COLUMNS, _exported(card.campaign_id))

    @expose("/<int:campaign_id>/change", methods=("GET", "POST"))
    def change(self, campaign_id: int) -> ResponseReturnValue:
        card = read(campaign_card, campaign_id)
        form = ChangedForm(title=card.title, opens_at=wall(card.opens_at), closes_at=wall(card.closes_at))
        if form.validate_on_submit() and self.attempt(
            change_campaign,
            campaign_id,
            title=form.title.data or "",
            opens_at=form.opens_at.moment() if form.opens_at.data else now(),
            closes_at=form.closes_at.moment(),
        ):
            return self.done(words.CHANGED, "campaigns.page", campaign_id=campaign_id)
        return self.render("campaigns/change.html", form=form, card=card)

    @expose("/<int:campaign_id>/extend", methods=("GET", "POST"))
    def extend(self, campaign_id: int) -> ResponseReturnValue:
        card = read(campaign_card, campaign_id)
        form = ChangedForm(title=card.title, closes_at=wall(max(card.closes_at, now()) + timedelta(days=7)))
        if form.validate_on_submit():
            closes_at = form.closes_at.moment()
            if self.attempt(extend_campaign, campaign_id, closes_at):
                return self.done(words.extended(closes_at), "campaigns.page", campaign_id=campaign_id)
        return self.render("campaigns/extend.html", form=form, card=card)

    @expose("/<int:campaign_id>/remind", methods=("POST",))
    def remind(self, campaign_id: int) -> Response:
        return self.done(words.reminded(perform(remind_campaign, campaign_id).count))

    @expose("/<int:campaign_id>/close", methods=("POST",))
    def close(self, campaign_id: int) -> Response:
        perform(close_campaign, campaign_id)
        return self.done(words.CLOSED)

    @expose("/<int:campaign_id>/cancel", methods=("POST",))
    def cancel(self, campaign_id: int) -> Response:
        perform(cancel_campaign, campaign_id)
        return self.done(words.CANCELLED)

    @expose("/recipients/<int:recipient_id>/release", methods=("POST",))
    def release(self, recipient_id: int) -> Response:
        perform(release_recipient, recipient_id)
        return self.done(words.RELEASED)

    @expose("/recipients/<int:recipient_id>/ask", methods=("POST",))
    def ask(self, recipient_id: int) -> Response:
        perform(ask_recipient_again, recipient_id)
        return self.done(words.ASKED_AGAIN)


def _asked() -> CampaignFilter:
    return CampaignFilter(state=word("state", list(CampaignState)), need=word("need", ("silent", "opens")))


def _standings(card: CampaignCard) -> list[tuple[str, str]]:
    """In an anonymous campaign nobody is seen to have opened it."""
    if not card.anonymous:
        return labels.options(Standing)
    said = dict(labels.options(Standing, without=(Standing.BEGUN,)))
    return list((said | {Standing.SILENT.value: words.NOT_ANSWERED}).items())


COLUMNS = (
    Column("Кто", 36),
    Column("Класс или должность", 26),
    Column("Пара", 34),
    Column("Состояние", 22),
    Column("Ответил", 18, "datetime"),
)


def _exported(campaign_id: int) -> Iterator[tuple[object, ...]]:
    found = read(recipients_page, campaign_id, standing=word("standing", list(Standing)))
    names = read(pair_names, [row.pair_id for row in found.rows if row.pair_id])
    for row in found.rows:
        yield row.name, row.place, names.get(row.pair_id or 0, ""), labels.word(row.standing), row.answered_at
