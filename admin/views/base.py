"""What all pages of the panel share."""

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from flask import flash, redirect, request, url_for
from flask_admin import BaseView
from flask_login import current_user
from werkzeug.wrappers import Response

from admin.desk import perform
from admin.places import came_from
from admin.texts.errors import sentence
from mentoring.rules.errors import MentoringError, NotFound
from storage.queries.counting import MoreThan

P = ParamSpec("P")
T = TypeVar("T")


class PanelView(BaseView):
    """``section`` is the menu entry that is lit on this page; a view that is not in the menu names its neighbour's."""

    section = ""
    in_menu = True

    def is_accessible(self) -> bool:
        return bool(current_user.is_authenticated)

    def is_visible(self) -> bool:
        return self.in_menu

    def _run_view(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Flask-Admin calls a view again when it raises TypeError, which would do a change twice."""
        return fn(self, *args, **kwargs)

    def done(self, said: str, endpoint: str | None = None, **values: Any) -> Response:
        """After a change: a sentence, and back to where the button was, or on to the page of the result."""
        flash(said, "good")
        address = url_for(endpoint, **values) if endpoint else came_from(url_for("today.index"))
        return redirect(address, 303)

    def on_to(self, endpoint: str, **values: Any) -> Response:
        """After a change that the next page shows by itself."""
        return redirect(url_for(endpoint, **values), 303)

    def attempt(self, use_case: Callable[..., T], *args: Any, **kwargs: Any) -> T | None:
        """Like `perform` for forms with typed words: a refusal is said above the form, which keeps the words."""
        try:
            return perform(use_case, *args, **kwargs)
        except NotFound:
            raise
        except MentoringError as error:
            flash(sentence(error), "bad")
            return None


def page_number() -> int:
    """From 1, whatever stands in the address."""
    asked = request.args.get("page", "1")
    return max(1, int(asked)) if asked.isascii() and asked.isdecimal() and len(asked) < 7 else 1


def chosen_ids(name: str = "id") -> list[int]:
    return [int(one) for one in request.form.getlist(name) if one.isascii() and one.isdecimal() and len(one) < 19]


def pages_of(total: int) -> int:
    """`MoreThan` so many when not all was counted: the list is shown that far."""
    pages = max(1, -(-total // PAGE))
    return MoreThan(pages) if isinstance(total, MoreThan) else pages


PAGE = 50
