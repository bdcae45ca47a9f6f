"""The switch in front of each mutated function: which of its versions runs, and whether it was asked to.

mutmut's own switch asks the environment at each call, which makes the tests of the clocks several times slower: this
one is put in its place before the copy is imported.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

import mutmut.mutation.trampoline
from mutmut.mutation.trampoline_templates import mangle_function_name

_module = ""
_mutant = ""
_seen: set[str] | None = None


def put_in_place() -> None:
    """From here on, modules of the copy are made with this switch."""
    mutmut.mutation.trampoline.wrap_in_trampoline = switched  # type: ignore[assignment]


def wake(mutant: str) -> None:
    """Of its function, this version runs from now on in this process."""
    global _module, _mutant
    _module, _, _mutant = mutant.rpartition(".")


def watch(seen: set[str]) -> None:
    """Note each function that runs, by the name that its mutants begin with."""
    global _seen
    _seen = seen


def switched(
    versions: Mapping[str, Callable[..., Any]], is_classmethod: bool = False
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The decorator that mutmut puts before the original; `versions` are its mutants, by name."""

    def around(original: Callable[..., Any]) -> Callable[..., Any]:
        module = original.__module__
        of, _, name = original.__qualname__.rpartition(".")
        key = f"{module}.{mangle_function_name(name=name, class_name=of or None)}"

        @wraps(original)
        def call(*args: Any, **kwargs: Any) -> Any:
            if _seen is not None:
                _seen.add(key)
            if _module == module and (version := versions.get(_mutant)) is not None:
                if is_classmethod:  # bound, as it is kept, to the class that has it, and not to the one that was asked
                    return getattr(args[0], version.__name__)(*args[1:], **kwargs)
                return version(*args, **kwargs)
            return original(*args, **kwargs)

        return call

    return around
