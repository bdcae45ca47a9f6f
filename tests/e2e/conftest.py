"""The fixtures of the integration tests, for the whole way."""

from tests.integration.conftest import new_space, prepared, space

__all__ = ["new_space", "prepared", "space"]
