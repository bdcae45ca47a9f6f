"""What a form finds wrong with a file, as sentences that say what to do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from shared.policy.source import Path

_WORDS = {
    "missing": "is missing: write it",
    "string_type": "must be text: put it in quotes",
    "string_too_short": "is empty: write it",
    "string_too_long": "is longer than 200 characters",
    "string_pattern_mismatch": 'must be two capital letters, such as "DE"',
    "tuple_type": "must be a list: write [one, two]",
    "list_type": "must be a list: write [one, two]",
    "dict_type": "must be a mapping of keys to values",
    "model_type": "must be a mapping of keys to values",
    "bool_type": "must be true or false",
    "int_type": "must be a whole number",
    "invalid_key": "has a key that is no text: put it in quotes",
    "recursion_loop": "contains itself",
}


def faults_of(error: ValidationError, of: str) -> Iterator[tuple[Path, str]]:
    """Where in the file, and what to do; `of` is the kind of file, for keys that it does not have."""
    for item in error.errors():
        # What pydantic calls too short after it left out what is wrong in it, which it names beside.
        if item["type"] != "too_short" or not item["input"]:
            yield item["loc"], _words(item, of)


def _words(error: Any, of: str) -> str:
    kind, path = error["type"], error["loc"]
    if "targets" in path[:3]:
        if kind == "missing" and len(path) > 3:
            return "is missing: write a target, or `none` where nothing is promised"
        if kind == "model_type":
            return "must be a target such as {target: PT1H, calendar: ...} (update: every), or `none`"
    if kind == "extra_forbidden":
        return f"is no key {of}: remove it, or correct its spelling"
    if kind == "too_short":
        what = "mapping" if isinstance(error["input"], dict) else "list"
        return f"is an empty {what}: at least one is needed"
    return _WORDS.get(kind) or str(error["msg"]).removeprefix("Value error, ").removeprefix("Input ")
