"""A YAML file that knows where each of its fields stands, so that a fault can name its line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from typing import Any, NamedTuple

import yaml

Path = tuple[int | str, ...]
WHOLE = "the file"
"""The field of a fault that is of no field."""


class Fault(NamedTuple):
    """What is wrong with a file: the field by its path, what to do, and the line (from 1) as near as it is known."""

    field: str
    message: str
    line: int

    def __str__(self) -> str:
        return f"{self.field}: {self.message} (line {self.line})"


class Unreadable(ValueError):
    """A file that is not YAML, or says nothing."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault


class Source:
    """The text of a file that is a mapping. Raises Unreadable for one that is not."""

    def __init__(self, text: str) -> None:
        try:
            loader = _Loader(text)
            node = loader.get_single_node()
            data = None if node is None else loader.construct_document(node)
        except (yaml.YAMLError, ValueError, RecursionError) as error:
            raise Unreadable(_unreadable(error)) from None
        if node is None or not isinstance(data, dict):
            raise Unreadable(Fault(WHOLE, "must be a mapping of keys to values", 1))
        self.data: dict[Any, Any] = data
        self._node: yaml.Node = node

    def said(self, path: Path, words: str) -> Fault:
        """Where, what, and the line, as near as the file goes along the path."""
        node = self._node
        mark = node.start_mark
        for step in path:
            if isinstance(node, yaml.SequenceNode) and str(step).isdigit() and int(step) < len(node.value):
                node = node.value[int(step)]
                mark = node.start_mark
            elif isinstance(node, yaml.MappingNode):
                found = next(((key, value) for key, value in node.value if key.value == str(step)), None)
                if found is not None:
                    mark, node = found[0].start_mark, found[1]
        field = ".".join(str(step) for step in path) or WHOLE
        return Fault(field, words, mark.line + 1)


class _Loader(yaml.SafeLoader):
    """YAML that refuses a key written twice, of which the usual loader silently takes the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        keys = [key for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
        for name, times in Counter(key.value for key in keys).items():
            if times > 1:
                second = [key for key in keys if key.value == name][1]
                raise yaml.constructor.ConstructorError(
                    None, None, f"{name!r} is written {times} times", second.start_mark
                )
        return super().construct_mapping(node, deep)

    def construct_timestamp(self, node: yaml.ScalarNode) -> Any:
        """A date that the calendar does not have, with its place."""
        try:
            return super().construct_yaml_timestamp(node)
        except ValueError as error:
            raise yaml.constructor.ConstructorError(
                None, None, f"{node.value!r} is no date: {error}", node.start_mark
            ) from None


_Loader.add_constructor("tag:yaml.org,2002:timestamp", _Loader.construct_timestamp)


def _unreadable(error: Exception) -> Fault:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    what = getattr(error, "problem", None) or (
        "it is nested too deeply" if isinstance(error, RecursionError) else error
    )
    return Fault(WHOLE, f"is not YAML that can be read: {' '.join(str(what).split())}", mark.line + 1 if mark else 1)
