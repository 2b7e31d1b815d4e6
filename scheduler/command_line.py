"""How `manage.py` speaks: Russian help, one line for an error, JSON for a script. Nothing heavy is imported here."""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import click

HEADINGS = {"Options": "Флаги", "Commands": "Команды"}
WRONG_SETTINGS = 2


class CommandRefused(Exception):
    """One line in Russian: what stopped the command and what to do."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a command tells: ``words`` to a person, ``facts`` to a script."""

    words: str
    facts: Mapping[str, Any]
    code: int = 0


class _Help(click.HelpFormatter):
    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, "Как запускать: ")

    def write_heading(self, heading: str) -> None:
        super().write_heading(HEADINGS.get(heading, heading))


class _Context(click.Context):
    formatter_class = _Help


class Act(click.Command):
    """A command with ``--json``. It returns `Said`, or nothing when it has written its log and is done."""

    context_class = _Context

    def __init__(self, name: str | None, **kwargs: Any) -> None:
        super().__init__(name, **(kwargs | {"options_metavar": "[флаги]"}))
        self.params.append(
            click.Option(["--json"], is_flag=True, expose_value=False, help="ответ в JSON", callback=_note_json)
        )

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return _in_russian(super().get_help_option(ctx))


class Acts(click.Group):
    context_class = _Context

    def __init__(self, name: str | None, **kwargs: Any) -> None:
        super().__init__(name, **(kwargs | {"subcommand_metavar": "команда …", "options_metavar": ""}))

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return _in_russian(super().get_help_option(ctx))

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if self.get_command(ctx, args[0]) is None:
            known = ", ".join(self.list_commands(ctx))
            raise CommandRefused(f"Команды «{args[0]}» нет. Есть: {known}.")
        return super().resolve_command(ctx, args)


def wants_json() -> bool:
    return bool(click.get_current_context().find_root().meta.get("json"))


def run(acts: click.Group, arguments: Sequence[str]) -> NoReturn:
    """Never asks a question and never shows a traceback for what an administrator can mend."""
    as_json = "--json" in arguments
    try:
        said = acts.main(list(arguments), prog_name="manage.py", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as asked:
        click.echo(asked.ctx.get_help() if asked.ctx else "")
        sys.exit(0)
    except Exception as error:
        line = _line(error)
        if line is None:
            raise
        click.echo(_json({"error": line}) if as_json else line, err=not as_json)
        sys.exit(WRONG_SETTINGS if isinstance(error, click.UsageError) or _is("SettingsError", error) else 1)
    if isinstance(said, Said):
        click.echo(_json(said.facts) if as_json else said.words)
        sys.exit(said.code)
    sys.exit(said or 0)


def _in_russian(option: click.Option | None) -> click.Option | None:
    if option:
        option.help = "показать эту справку"
    return option


def _note_json(ctx: click.Context, _: click.Parameter, chosen: bool) -> None:
    ctx.find_root().meta["json"] = chosen


def _json(facts: Mapping[str, Any]) -> str:
    return json.dumps(facts, ensure_ascii=False, default=_plain)


def _plain(value: object) -> str:
    if isinstance(value, Path):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no place in an answer to a script")


def _line(error: Exception) -> str | None:
    """None: nobody foresaw it, and the journal needs the whole of it."""
    if isinstance(error, CommandRefused):
        return str(error)
    if isinstance(error, click.UsageError):
        return _usage(error)
    if _is("SettingsError", error) or _is("BackupRefused", error):
        return str(error)
    if _is("OperationalError", error):
        return "База не открывается. Что с ней, скажет manage.py doctor."
    return None


def _is(name: str, error: Exception) -> bool:
    """By name: importing the classes' modules takes longer than most commands."""
    return any(kind.__name__ == name for kind in type(error).__mro__)


def _usage(error: click.UsageError) -> str:
    hint = f" Подробнее: {error.ctx.command_path} --help" if error.ctx else ""
    match error:
        case click.NoSuchOption():
            return f"Флага {error.option_name} нет.{hint}"
        case click.MissingParameter(param=click.Parameter(opts=names)):
            return f"Не хватает {names[-1]}.{hint}"
        case click.BadParameter(param=click.Parameter(opts=names, type=click.Choice(choices=choices))):
            return f"{names[-1]}: подходит одно из слов {', '.join(choices)}.{hint}"
        case click.BadParameter(param=click.Parameter(opts=names)):
            return f"{names[-1]}: такое значение не подходит.{hint}"
    return f"Команда записана неверно.{hint}"
