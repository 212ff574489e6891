"""What goes wrong, as exceptions. Each says what, where, and the next step."""

from __future__ import annotations

import json
from typing import Any


class Error(Exception):
    """Whatever the engine refuses. ``str`` gives the message and the next step."""

    #: Kebab-case; it never changes.
    code: str
    #: The field or argument that it is about.
    field: str
    message: str
    #: The next step.
    help: str
    #: The other errors, as they stand in the record of a flow that cannot be read.
    more: list[dict[str, Any]]
    #: The record as JSON on one line.
    json: str

    def __init__(self, record: str) -> None:
        error = json.loads(record)["error"]
        self.code = error["code"]
        self.field = error["field"]
        self.message = error["message"]
        self.help = error["help"]
        self.more = error["more"]
        self.json = record
        # The record is what is pickled, so that an error crosses processes.
        super().__init__(record)

    def __str__(self) -> str:
        where = f" ({self.field})" if self.field else ""
        return f"{self.code}{where}: {self.message}. {self.help}"

    @property
    def codes(self) -> list[str]:
        """The codes of all the errors."""
        return [self.code] + [error["code"] for error in self.more]


class FlowError(Error, ValueError):
    """Fields of the flow cannot be read."""


class RefusedError(Error):
    """There is no permit: the flow is not permitted, goes elsewhere, or rests on a word that was not accepted."""


class TokenError(Error):
    """The token proves nothing."""


class RulesError(Error, ValueError):
    """The rules do not check."""


class ArgumentError(Error, ValueError):
    """An argument is not as the call asks for."""


class ClosedError(Error, ValueError):
    """The engine was closed."""


class StaleError(Error, ValueError):
    """The ids are those of other rules."""


#: By the numbers of the contract.
_CLASSES: dict[int, type[Error]] = {
    1: FlowError,
    2: RefusedError,
    3: TokenError,
    4: RulesError,
    5: ArgumentError,
    7: ClosedError,
    9: StaleError,
}


def of(status: int, record: str) -> Error:
    """The exception of a status."""
    return _CLASSES.get(status, Error)(record)
