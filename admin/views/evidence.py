"""What can be shown to the region, and what is lacking: the page beside the documents."""

from flask_admin import expose

from admin.desk import now, read
from admin.texts import evidence as say
from admin.views.base import PanelView
from mentoring.rules.documents import DocumentKind
from mentoring.use_cases.evidence import evidence


class EvidenceView(PanelView):
    section = "documents"
    in_menu = False

    def __init__(self) -> None:
        super().__init__(name="Для региона", endpoint="evidence", url="/evidence")

    @expose("/")
    def index(self) -> str:
        found = read(evidence, now=now())
        return self.render("evidence/index.html", found=found, say=say, paper=DocumentKind.EVIDENCE.value)
