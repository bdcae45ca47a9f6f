"""A JSON Schema as rows of a table: each field with its type in words, whether it must be there, and what it says."""

from __future__ import annotations

from typing import Any, NamedTuple

from shared.contracts.schemas import Json

_LIMITS = (("minLength", "maxLength", " characters"), ("minItems", "maxItems", ""), ("minimum", "maximum", ""))


class Row(NamedTuple):
    """A field: `path` from the top, such as `issue.reporter.name`."""

    path: str
    type: str
    required: bool
    says: str


def rows(schema: Json, root: Json, above: str = "") -> list[Row]:
    """Every field of an object and of the objects in it, in order."""
    found = []
    schema = resolved(schema, root)
    for name, field in schema.get("properties", {}).items():
        path = f"{above}{name}"
        found.append(Row(path, words(field, root), name in schema.get("required", ()), _says(field, root)))
        inner, step = _object_in(field, root)
        if inner is not None:
            found += rows(inner, root, f"{path}{step}.")
    return found


def words(schema: Json, root: Json) -> str:
    """A type in words, such as `string, at most 200 characters, or null`."""
    schema = resolved(schema, root)
    if "anyOf" in schema:
        return ", or ".join(words(part, root) for part in schema["anyOf"])
    if "const" in schema:
        return f"always {schema['const']}"
    if "enum" in schema:
        return "one of " + ", ".join(str(member) for member in schema["enum"])
    kind: str = schema.get("format") or schema.get("type", "anything")
    if kind == "array":
        kind = f"list of {words(schema['items'], root)}"
    elif kind == "object" and isinstance(schema.get("additionalProperties"), dict):
        kind = f"object, each value {words(schema['additionalProperties'], root)}"
    return kind + "".join(_between(schema.get(least), schema.get(most), unit) for least, most, unit in _LIMITS)


def _between(least: int | None, most: int | None, unit: str) -> str:
    match bool(least), most is not None:
        case True, True:
            return f", {least} to {most}{unit}"
        case True, False:
            return f", at least {least}{unit}"
        case False, True:
            return f", at most {most}{unit}"
    return ""


def resolved(schema: Json, root: Json) -> Json:
    """What a reference leads to; else the schema itself."""
    while "$ref" in schema:
        found: Any = root
        for step in schema["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        schema = found
    return schema


def _says(field: Json, root: Json) -> str:
    """What is said of the field itself, else of what it holds."""
    return " ".join(str(field.get("description") or resolved(field, root).get("description") or "").split())


def _object_in(field: Json, root: Json) -> tuple[Json | None, str]:
    """The object whose fields are worth naming: the field's own, or that of its list or map; and the step to it."""
    field = resolved(field, root)
    for part in (field, *(resolved(part, root) for part in field.get("anyOf", ()))):
        if part.get("properties"):
            return part, ""
        for holder, step in (("items", "[]"), ("additionalProperties", ".*")):
            if isinstance(part.get(holder), dict):
                inner, more = _object_in(part[holder], root)
                if inner is not None:
                    return inner, step + more
    return None, ""
