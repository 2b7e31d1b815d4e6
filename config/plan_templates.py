"""The templates of plans, as they lie in the files beside this module, unchecked."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "plans"


@cache
def plan_templates() -> tuple[dict[str, Any], ...]:
    """In the order of the files' names; the first one serves a pair whose form is not known."""
    return tuple(tomllib.loads(file.read_text("utf-8")) for file in sorted(FOLDER.glob("*.toml")))
