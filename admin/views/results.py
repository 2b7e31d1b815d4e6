"""How the pairs are doing, in one table and a few charts."""

from flask.typing import ResponseReturnValue
from flask_admin import expose

from admin.views.base import PanelView


class ResultsView(PanelView):
    def __init__(self) -> None:
        super().__init__(name="Результаты", endpoint="results", url="/results")

    @expose("/")
    def index(self) -> ResponseReturnValue:
        return self.render("results/index.html")
