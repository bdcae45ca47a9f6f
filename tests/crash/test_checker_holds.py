"""The checker finds nothing where nothing is wrong."""

from tests.crash.checker import check
from tests.crash.example import example


def test_a_run_in_which_everything_holds_is_not_accused() -> None:
    assert check(example()) == []
