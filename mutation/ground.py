"""The ground on which mutants are tried: a copy of the code in `mutants/`, with every mutant in it, asleep.

mutmut makes the mutants and the copy, as `[tool.mutmut]` of pyproject.toml says; which tests come to which function is
found out by running them once. Nothing of the code is imported here, so that the tests import the copy.
"""

from __future__ import annotations

import ast
import contextlib
import hashlib
import io
import os
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mutmut.__main__ import create_mutants
from mutmut.configuration import config
from mutmut.mutation.data import SourceFileMutationData
from mutmut.mutation.diff_apply import get_diff_for_mutant
from mutmut.runners.harness import PytestRunner
from mutmut.state import state
from mutmut.utils.file_utils import copy_also_copy_files, copy_src_dir, setup_source_paths, walk_mutatable_files
from mutmut.utils.format_utils import mangled_name_from_mutant_name, orig_function_and_class_names_from_key
from mutmut.workers.isolation import run_in_fork_with_result

from mutation import switch
from mutation.score import Fate, Survivor, edit_of

COPY = Path("mutants")
WHOLE = COPY / "whole"
"""Made last: the copy is whole, and of these settings. Then only what was changed since is made anew."""
LOG = COPY / "tests.log"
"""What the tests said that ran on the ground; a mutant's own runs say nothing."""


class MutationError(Exception):
    """The mutants cannot be tried; says why, and what to do."""


@dataclass(frozen=True)
class Ground:
    """The mutants by name with their files, and the tests that come to each function, with their seconds."""

    files: Mapping[str, Path]
    tests: Mapping[str, frozenset[str]]
    seconds: Mapping[str, float]
    at_import: frozenset[str]
    """Functions that run while modules are imported: their mutants are tried where nothing was imported before."""

    def tests_of(self, mutant: str) -> list[str]:
        """The tests that come to its function, the fastest first."""
        function = mangled_name_from_mutant_name(mutant)
        found = self.seconds if function in self.at_import else self.tests.get(function, ())
        return sorted(found, key=lambda test: (self.seconds[test], test))

    def seconds_of(self, mutant: str) -> float:
        """How long a survivor takes, at most."""
        return sum(self.seconds[test] for test in self.tests_of(mutant))


def prepare(workers: int) -> dict[str, Path]:
    """Make the copy, with every mutant in it; the mutants by name. From here on only the copy can be imported."""
    whole = hashlib.sha256(Path("pyproject.toml").read_bytes()).hexdigest()
    if not WHOLE.exists() or WHOLE.read_text() != whole:
        shutil.rmtree(COPY, ignore_errors=True)
    WHOLE.unlink(missing_ok=True)
    COPY.mkdir(exist_ok=True)
    settings = config()
    settings.pytest_add_cli_args_test_selection = [
        str(path) for pattern in settings.pytest_add_cli_args_test_selection for path in sorted(Path().glob(pattern))
    ]
    switch.put_in_place()
    with contextlib.redirect_stdout(io.StringIO()):
        copy_src_dir()
        copy_also_copy_files()
        setup_source_paths()
        create_mutants(workers)
    WHOLE.write_text(whole)
    files: dict[str, Path] = {}
    for path in walk_mutatable_files():
        made = SourceFileMutationData(path=path)
        made.load()
        files |= dict.fromkeys(made.exit_code_by_key, path)
    if not files:
        raise MutationError("no mutants were made; are the files of [tool.mutmut] only_mutate there?")
    return files


def survey(files: Mapping[str, Path]) -> Ground:
    """Run the tests once, on the code as it is, and note which functions each comes to."""
    at_import = _apart(_imported)
    tests, seconds = _apart(_watched)
    return Ground(files, tests, seconds, at_import)


def prove(tests: list[str]) -> None:
    """Each of these tests is found by its name: one that is not would seem to fail."""
    _apart(lambda: _passed(PytestRunner().execute_pytest(["--collect-only", "-qq", *tests])))


def survivor(ground: Ground, mutant: str, fate: Fate) -> Survivor:
    """What was changed, and where."""
    path = ground.files[mutant]
    edit = edit_of(get_diff_for_mutant(mutant, path=path))
    name, of = orig_function_and_class_names_from_key(mutant)
    return Survivor(mutant, fate, str(path), _line_of(path, name, of) + edit.line, edit.was, edit.now)


def _line_of(path: Path, name: str, of: str | None) -> int:
    """Where the function begins, its decorators included."""
    body = ast.parse(path.read_text()).body
    if of is not None:
        body = next(node.body for node in body if isinstance(node, ast.ClassDef) and node.name == of)
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == name:
            return min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
    raise MutationError(f"{path}: no function {name} is there")


def _imported() -> frozenset[str]:
    switch.watch(state()._stats)
    PytestRunner().list_all_tests()
    return frozenset(state()._stats)


def _watched() -> tuple[dict[str, frozenset[str]], dict[str, float]]:
    switch.watch(state()._stats)
    _passed(PytestRunner().run_stats(tests=[]))
    found = state().tests_by_mangled_function_name
    return {function: frozenset(tests) for function, tests in found.items()}, dict(state().duration_by_test)


def _passed(code: int) -> None:
    if code != 0:
        raise MutationError(f"the tests fail before anything is changed (pytest says {code})")


def _apart(work: Callable[[], Any]) -> Any:
    """In a process of its own, which may import the copy, with its words in the log."""

    def there() -> Any:
        said = LOG.open("w")
        for stream in (sys.stdout, sys.stderr):
            os.dup2(said.fileno(), stream.fileno())
        return work()

    try:
        return run_in_fork_with_result(there)
    except ChildProcessError as error:
        tail = "\n".join(LOG.read_text(errors="replace").splitlines()[-30:])
        raise MutationError(f"{str(error).splitlines()[0]}\n{tail}\nAll of it: {LOG}") from None
