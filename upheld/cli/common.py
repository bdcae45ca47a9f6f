"""What every command needs: settings, consoles, output for people or machines, errors with their exit codes.

- What others wrote (descriptions, messages) is printed as it is, without markup and without control characters.
- Colours and live displays only on a terminal; JSON is ASCII, one document, or one a line where it goes on.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from collections.abc import Coroutine, Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, TypeVar
from unicodedata import category

import typer
from pydantic import BaseModel, ValidationError
from rich.console import Console
from rich.text import Text
from typer.core import TyperGroup

from shared.envelope import field_errors
from shared.settings import Settings
from upheld.errors import CommandError, Misused

T = TypeVar("T")

_CONTROLS = ("Cc", "Cf", "Cs")

JsonFlag = Annotated[bool, typer.Option("--json", help="Print JSON, for machines.")]


def console(*, stderr: bool = False) -> Console:
    """Wide where it is no terminal, so that a line stays a line."""
    stream = sys.stderr if stderr else sys.stdout
    made = Console(stderr=stderr, markup=False, highlight=False, emoji=False)
    if not stream.isatty():
        made.width = max(made.width, 200)
    return made


class Commands(TyperGroup):
    """The outermost group: every error of a command ends here, as a sentence and an exit code."""

    def invoke(self, ctx: Any) -> Any:
        # Libraries complain on their own while they try again; the command says it once, in its own words.
        logging.getLogger().addHandler(logging.NullHandler())
        try:
            return super().invoke(ctx)
        except CommandError as error:
            complain(error)
            raise typer.Exit(error.code) from None
        except UnicodeEncodeError:
            complain(Misused("An argument is not valid UTF-8.", hint="Set the terminal and the locale to UTF-8."))
            raise typer.Exit(Misused.code) from None


def group(help: str) -> typer.Typer:
    """A group of commands."""
    return typer.Typer(help=help, no_args_is_help=True)


def examples(*lines: str) -> str:
    """The end of a command's help."""
    return "\n".join(["Examples:", *(f"$ {line}" for line in lines)])


def complain(error: CommandError) -> None:
    """An error on stderr: what, the fields at fault, what to do."""
    out = console(stderr=True)
    out.print(Text.assemble(("error: ", "bold red"), clean(error.message)), soft_wrap=True)
    width = max((len(field) for field, _ in error.errors), default=0)
    for field, message in error.errors:
        out.print(Text.assemble("  ", (clean(field).ljust(width), "bold"), "  ", clean(message)), soft_wrap=True)
    if error.hint:
        out.print(Text.assemble(("hint: ", "cyan"), clean(error.hint)), soft_wrap=True)


def note(message: str, *, warning: bool = False) -> None:
    """Something for people only, on stderr."""
    prefix = ("warning: ", "yellow") if warning else ("", "")
    console(stderr=True).print(Text.assemble(prefix, (clean(message), "" if warning else "dim")), soft_wrap=True)


def settings_of() -> Settings:
    """The settings from the environment. Raises Misused, which names the variables that are wrong."""
    try:
        return Settings()
    except ValidationError as error:
        raise Misused(
            "A setting is not as it must be.",
            errors=[(f"UPHELD_{field.upper()}", message) for field, message in field_errors(error)],
        ) from None


def run(work: Coroutine[Any, Any, T]) -> T:
    """Do it; Ctrl-C cancels it, and what it holds is closed."""
    return asyncio.run(work)


def print_json(data: Any, *, line: bool = False) -> None:
    """One JSON document, or one line of many."""
    sys.stdout.write(json.dumps(data, indent=None if line else 2, default=str) + "\n")
    sys.stdout.flush()


def clean(text: object) -> str:
    """Text without control characters, which could take over a terminal; line feeds and tabs stay."""
    return "".join("\ufffd" if c not in "\n\t\u200d" and category(c) in _CONTROLS else c for c in str(text))


def line(text: object, length: int = 200) -> str:
    """Text on one line of bounded length."""
    joined = " ".join(clean(text).split())
    return joined if len(joined) <= length else joined[: length - 1] + "\u2026"


def moment(value: str | datetime | None) -> str:
    """A time in UTC, to the second."""
    if value is None:
        return ""
    at = datetime.fromisoformat(value) if isinstance(value, str) else value
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%SZ")


def extent(item: Mapping[str, Any]) -> str:
    """From when to when an exclusion reaches, as far as that is said."""
    return "".join(f" {end} {moment(item[end])}" for end in ("from", "to") if item.get(end))


def checked(model: type[BaseModel], data: dict[str, Any], where: str) -> Any:
    """The data as this model, strictly, with no key that it does not know. Raises Misused with the fields."""
    if unknown := _unknown(model, data, ""):
        raise Misused(
            f"{where}: some fields are not as they must be.",
            errors=[(field, "is no field here: remove it, or correct its spelling") for field in unknown],
        )
    try:
        return model.model_validate_json(json.dumps(plain(data)))
    except ValidationError as error:
        raise Misused(f"{where}: some fields are not as they must be.", errors=field_errors(error)) from None


def plain(data: dict[str, Any]) -> dict[str, Any]:
    """The same with dates as text, since YAML knows dates and JSON does not."""
    values: dict[str, Any] = json.loads(json.dumps(data, default=_iso))
    return values


def _iso(value: Any) -> str:
    return str(value.isoformat()) if hasattr(value, "isoformat") else str(value)


def _unknown(model: type[BaseModel], data: object, path: str) -> list[str]:
    """Keys that a tolerant model would pass over in silence."""
    if not isinstance(data, dict):
        return []
    found = []
    for key, value in data.items():
        field = model.model_fields.get(str(key))
        if field is None:
            found.append(f"{path}{key}")
        elif inner := _model_in(field.annotation):
            items = value if isinstance(value, list) else [value]
            for place, item in enumerate(items):
                step = f"{place}." if isinstance(value, list) else ""
                found += _unknown(inner, item, f"{path}{key}.{step}")
    return found


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The model that a field holds, alone, optional or in a sequence."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in getattr(annotation, "__args__", ()) if (found := _model_in(part))), None)
