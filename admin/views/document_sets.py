"""Which papers there are at each stage of the programme, and many papers at once."""

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_admin import expose

from admin.desk import now, perform, read
from admin.downloads import download
from admin.texts import documents as say
from admin.views.base import PanelView, chosen_ids
from admin.views.documents import known_kind
from mentoring.document_words import KINDS, STAGES
from mentoring.rules.document_fields_papers import SUBJECTS
from mentoring.rules.documents import DocumentKind
from mentoring.rules.errors import NothingOrdered, ValueWrong
from mentoring.use_cases.document_archive import MOST, archive_of, set_for_pairs, set_for_people
from mentoring.use_cases.document_options import pairs_for_papers, people_for_papers
from mentoring.use_cases.documents import kind_lines
from mentoring.use_cases.indicators import own_programme
from mentoring.use_cases.programme_stage import move_stage, stage_lines

ZIP = "application/zip"


class DocumentSetsView(PanelView):
    in_menu = False
    section = "documents"

    def __init__(self) -> None:
        super().__init__(name="Документы", endpoint="document_sets", url="/documents/stages")

    @expose("/")
    def index(self) -> str:
        lines = read(kind_lines, read(own_programme).id)
        stages = [
            (line, STAGES[line.stage], [lines[kind] for kind, named in KINDS.items() if named.stage == line.stage])
            for line in read(stage_lines)
        ]
        return self.render("documents/stages.html", stages=stages, subjects=SUBJECTS, say=say)

    @expose("/move", methods=("POST",))
    def move(self) -> ResponseReturnValue:
        stage = request.form.get("stage", "")
        perform(move_stage, int(stage) if stage.isascii() and stage.isdecimal() else 0)
        return self.done(say.STAGE_MOVED, "document_sets.index")

    @expose("/many/<kind>", methods=("GET", "POST"))
    def many(self, kind: str) -> ResponseReturnValue:
        """One paper of this kind for a pair or a person, or a ZIP for those that are ticked."""
        chosen = known_kind(kind)
        of_pairs = SUBJECTS.get(chosen) == "pair"
        if request.method == "POST":
            made = self._made(chosen, of_pairs)
            if made is not None:
                return download(made, f"{say.kind_name(chosen)}.zip", ZIP)
        options = read(pairs_for_papers if of_pairs else people_for_papers)
        return self.render("documents/many.html", kind=chosen, options=options, of_pairs=of_pairs, most=MOST, say=say)

    @expose("/archive", methods=("POST",))
    def archive(self) -> ResponseReturnValue:
        try:
            return download(read(archive_of, chosen_ids(), now=now()), "Документы.zip", ZIP)
        except NothingOrdered:
            flash(say.NOTHING_CHOSEN, "bad")
        except ValueWrong:
            flash(say.TOO_MANY, "bad")
        return self.on_to("documents.index")

    def _made(self, kind: DocumentKind, of_pairs: bool) -> bytes | None:
        try:
            return read(set_for_pairs if of_pairs else set_for_people, kind, chosen_ids(), now=now())
        except NothingOrdered:
            flash(say.NOBODY_CHOSEN["pairs" if of_pairs else "people"], "bad")
        except ValueWrong:
            flash(say.TOO_MANY, "bad")
        return None
