"""For supervisors and proxies: does the process live, and can it read its database."""

from flask import Blueprint, Flask
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from admin.desk import reading
from storage.models.organisation import Organisation

health = Blueprint("health", __name__)


def expose(app: Flask) -> None:
    app.register_blueprint(health)


@health.get("/healthz")
def alive() -> ResponseReturnValue:
    return {"status": "ok"}


@health.get("/readyz")
def ready() -> ResponseReturnValue:
    try:
        reading().scalar(select(Organisation.id).limit(1))
    except SQLAlchemyError:
        return {"status": "no database"}, 503
    return {"status": "ok"}
