"""Which published purpose of a Japanese health-insurance society permits a data flow, or why none does.

>>> import mokuteki
>>> engine = mokuteki.Engine()
>>> decision = engine.check(society="aeon", data="レセプト", recipient="点検業者", activity="レセプト点検", as_of="2026-04-01")
>>> decision.verdict.value, decision.clause
('permitted', '5-3')

Only ``Verdict.PERMITTED`` is a yes. A ``Decision`` has no truth value, so that ``if decision:`` is an error and not a slip.
"""

from __future__ import annotations

import enum
import json
import os
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import TracebackType
from typing import Any, Literal, NoReturn, Optional, Union

from . import _mokuteki
from ._errors import (
    ArgumentError,
    ClosedError,
    Error,
    FlowError,
    RefusedError,
    RulesError,
    StaleError,
    TokenError,
)

__all__ = [
    "FIELDS",
    "ArgumentError",
    "ClosedError",
    "Columns",
    "Decision",
    "Engine",
    "Error",
    "FlowError",
    "Permit",
    "RefusedError",
    "RulesError",
    "StaleError",
    "TokenError",
    "Verdict",
    "verify",
]

#: The fields of a flow, in the order of the contract.
FIELDS: tuple[str, ...] = tuple(_mokuteki.FIELDS)

Lang = Literal["ja", "en"]
Text = Union[str, date, bool, Iterable[str], None]


class Verdict(enum.Enum):
    """The answer to a flow. Only ``PERMITTED`` is a yes."""

    PERMITTED = "permitted"
    CONDITIONAL = "conditional"
    OUT_OF_SCOPE = "out_of_scope"
    PROHIBITED = "prohibited"
    EXEMPT = "exempt"

    def __bool__(self) -> NoReturn:
        raise TypeError("a verdict has no truth value: compare it with Verdict.PERMITTED")


#: By the numbers of the contract; 0 is a flow that was not decided.
_VERDICTS: tuple[Optional[Verdict], ...] = (None, *Verdict)


@dataclass(frozen=True)
class Decision:
    """A decided flow with its record (docs/record.md)."""

    verdict: Verdict
    #: The record as JSON on one line: what to keep.
    json: str

    @property
    def record(self) -> dict[str, Any]:
        """The record, read."""
        record: dict[str, Any] = json.loads(self.json)
        return record

    @property
    def clause(self) -> Optional[str]:
        """The label of the primary clause, such as ``5-3``."""
        clause = self.record["clause"]
        return None if clause is None else str(clause["label"])

    def __bool__(self) -> NoReturn:
        raise TypeError("a decision has no truth value: compare its verdict with Verdict.PERMITTED")


@dataclass(frozen=True)
class Columns:
    """Answers for rows."""

    #: For each row its verdict; ``None`` for one that cannot be read, which ``Engine.check`` explains.
    verdicts: list[Optional[Verdict]]
    #: For each row its primary clause, as in ``aeon 5-3``; ``None`` where no clause covers it.
    clauses: list[Optional[str]]


class Permit:
    """Proof that one flow to one sink was decided and permitted. Only ``Engine.permit`` makes one."""

    __slots__ = ("_said", "_sealed")
    _said: dict[str, Any]
    _sealed: _mokuteki.Permit

    def __init__(self, sealed: _mokuteki.Permit) -> None:
        # Nothing but an engine makes what is asked for here.
        if type(sealed) is not _mokuteki.Permit:
            raise TypeError("a permit is made by Engine.permit, and by nothing else")
        object.__setattr__(self, "_sealed", sealed)
        object.__setattr__(self, "_said", json.loads(sealed.json()))

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError("what a permit says does not change")

    def __reduce__(self) -> NoReturn:
        raise TypeError("a permit does not cross processes: send its token")

    @property
    def record(self) -> dict[str, Any]:
        """What it says: sink, flow, clause_id, clause, digest, accepted, persons, events."""
        record: dict[str, Any] = json.loads(self._sealed.json())
        return record

    @property
    def sink(self) -> str:
        """The name of the sink that it is for."""
        return str(self._said["sink"])

    @property
    def clause(self) -> str:
        """The label of the clause that permits the flow."""
        return str(self._said["clause"])

    @property
    def day(self) -> date:
        """The day that it is for."""
        return date.fromisoformat(self._said["flow"]["as_of"])

    def token(self, key: bytes) -> str:
        """A token that another process or language verifies, sealed by a key of 16 bytes or more."""
        return self._sealed.token(key)

    def __repr__(self) -> str:
        return f"<Permit for {self.sink} by {self.clause} on {self.day}>"


class Engine:
    """A set of rules. Every method may be called from any thread; the others run meanwhile."""

    def __init__(self) -> None:
        """By the rules that ship with the package."""
        self._rules = _mokuteki.Rules.embedded()

    @classmethod
    def _of(cls, rules: _mokuteki.Rules) -> Engine:
        engine = cls.__new__(cls)
        engine._rules = rules
        return engine

    @classmethod
    def from_dir(cls, dir: Union[str, os.PathLike[str]], *, lang: Lang = "ja") -> Engine:
        """By the rules of a directory. ``RulesError`` has every problem."""
        return cls._of(_mokuteki.Rules.from_dir(dir, lang))

    @classmethod
    def with_files(cls, files: Mapping[str, bytes], *, lang: Lang = "ja") -> Engine:
        """By the rules that ship with the package and files beside them, such as ``terms/ours.toml``."""
        return cls._of(_mokuteki.Rules.with_files(list(files.items()), lang))

    def close(self) -> None:
        """Lets the rules go. What is called after it raises ``ClosedError``; permits stay."""
        self._rules.close()

    def __enter__(self) -> Engine:
        return self

    def __exit__(
        self,
        kind: Optional[type[BaseException]],
        error: Optional[BaseException],
        trace: Optional[TracebackType],
    ) -> None:
        self.close()

    def reload(self, dir: Union[str, os.PathLike[str], None] = None, *, lang: Lang = "ja") -> None:
        """Decides by the rules of a directory, or those that ship, from now on. Where they do not check, those of before
        stay."""
        self._rules.reload(dir, lang)

    @property
    def digest(self) -> str:
        """The SHA-256 of the rules, in hex."""
        return self._rules.digest()

    @property
    def generation(self) -> int:
        """The number of these rules, which ids belong to."""
        return self._rules.generation()

    def check(self, *, lang: Lang = "ja", **flow: Text) -> Decision:
        """Decides a flow and explains it. The fields are those of ``FIELDS``; ``data`` may be several, ``as_of`` a date,
        ``my_number`` and ``abroad`` a bool. ``FlowError`` has every field that cannot be read."""
        number, record = self._rules.check(_written(flow), lang)
        verdict = _VERDICTS[number]
        if verdict is None:
            raise ArgumentError(record)
        return Decision(verdict, record)

    def permit(
        self, sink: str, sink_recipient: str, *, accepted: Iterable[str] = (), lang: Lang = "ja", **flow: Text
    ) -> Permit:
        """Gives a permit for a flow of one kind of data to a sink, which has a lasting name and a party that receives
        there. ``accepted`` are the codes of what rests on the caller's word. ``RefusedError`` says why there is none."""
        if isinstance(accepted, str):
            raise TypeError("accepted is a list of codes")
        fields = _written(flow)
        return Permit(self._rules.permit(fields, (sink, sink_recipient), ";".join(accepted), lang))

    def decide(self, columns: Mapping[str, Sequence[Text]]) -> Columns:
        """Decides many flows: for each field a column (a list, or one of pandas or polars), all of one length. A field
        without a column, and what is ``None`` or empty, is open."""
        rows = _rows(columns)
        coded: list[Optional[tuple[list[str], bytes]]] = []
        for field in FIELDS:
            column = columns.get(field)
            coded.append(None if column is None else _coded(field, column))
        generation = self.generation
        verdicts, clauses = self._rules.decide_coded(rows, coded)
        return self._columns(generation, verdicts, clauses)

    def resolve(self, field: str, name: str, *, generation: int, society: int = 0, as_of: int = 0) -> int:
        """The id of a name in a field, for ``decide_ids``. For ``basis`` the society's id and the day, as in 20260401, say
        how it is read."""
        return self._rules.resolve(generation, field, name, (society, as_of))

    def decide_ids(self, columns: Mapping[str, Sequence[int]], *, generation: int) -> Columns:
        """Decides many flows of ids: an ``array`` of unsigned integers of 4 bytes, or any sequence, for each field. 0 is
        open; the ids of ``as_of`` are days such as 20260401."""
        rows = _rows(columns)
        held: list[Optional[bytes]] = []
        for field in FIELDS:
            column = columns.get(field)
            held.append(None if column is None else array("I", column).tobytes())
        verdicts, clauses = self._rules.decide_ids(generation, rows, held)
        return self._columns(generation, verdicts, clauses)

    def _columns(self, generation: int, verdicts: bytes, clauses: bytes) -> Columns:
        numbers = array("I", clauses)
        names: dict[int, Optional[str]] = {0: None}
        for number in set(numbers) - {0}:
            names[number] = self._rules.clause(generation, number)
        return Columns([_VERDICTS[verdict] for verdict in verdicts], [names[number] for number in numbers])


def verify(token: str, key: bytes, sink: str, *, lang: Lang = "ja") -> dict[str, Any]:
    """Reads a token that a key has sealed for a sink: what its permit says. ``TokenError`` says why it proves nothing. That
    the day of the flow is today, and the flow the one at hand, is for the caller to compare."""
    said: dict[str, Any] = json.loads(_mokuteki.verify(token, key, sink, lang))
    return said


def _text(field: str, value: Text) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()[:10]
    if field == "data" and isinstance(value, Iterable) and not isinstance(value, (bytes, bytearray)):
        kinds = list(value)
        if all(isinstance(kind, str) for kind in kinds):
            return ";".join(kinds)
    raise TypeError(f"{field}: {type(value).__name__} is no text; bytes of older systems are decoded first")


def _written(flow: Mapping[str, Text]) -> list[str]:
    unknown = sorted(set(flow) - set(FIELDS))
    if unknown:
        raise TypeError(f"a flow has no field {', '.join(unknown)}: it has {', '.join(FIELDS)}")
    return [_text(field, flow.get(field)) for field in FIELDS]


def _rows(columns: Mapping[str, Sequence[Any]]) -> int:
    unknown = sorted(set(columns) - set(FIELDS))
    if unknown:
        raise TypeError(f"a flow has no field {', '.join(unknown)}: it has {', '.join(FIELDS)}")
    lengths = {len(column) for column in columns.values()}
    if len(lengths) != 1:
        raise ValueError("the columns have no length, or not the same")
    return lengths.pop()


def _coded(field: str, column: Sequence[Text]) -> tuple[list[str], bytes]:
    places: dict[str, int] = {}
    codes = array("i")
    for value in column:
        # What is not there is NaN in pandas.
        text = "" if value != value else _text(field, value)
        codes.append(-1 if text == "" else places.setdefault(text, len(places)))
    return list(places), codes.tobytes()
