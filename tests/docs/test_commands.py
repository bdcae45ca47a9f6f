"""Every command of every page works as it stands there, in order, against one real installation."""

from __future__ import annotations

import pytest

from tests.docs.conftest import Installation
from tests.docs.known import EXITS, NOT_RUN, UNTIL, is_run
from tests.docs.pages import Step, names, steps

PAGES = names()


@pytest.mark.parametrize("page", PAGES)
async def test_every_command_of_the_page_does_what_the_page_says(installation: Installation, page: str) -> None:
    wrong = await installation.pages[page]

    assert wrong == [], "\n\n".join(wrong)


def test_what_is_known_of_commands_is_known_of_commands_that_a_page_has() -> None:
    there = {step.command for page in PAGES for step in steps(page) if isinstance(step, Step)}
    passed_over = [command for command in there if not is_run(command)]

    assert {*UNTIL, *EXITS} - there == set()
    assert [name for name in NOT_RUN if not any(command.startswith(name) for command in passed_over)] == []
