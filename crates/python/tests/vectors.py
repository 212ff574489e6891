"""The vectors through the wheel, and what a program may get wrong. ``crates/python/test`` runs it."""

from __future__ import annotations

import copy
import hashlib
import pickle
import sys
import threading
from datetime import date
from pathlib import Path
from typing import Callable, Literal, Optional

import mokuteki
from mokuteki import _mokuteki

FOLDER = Path(sys.argv[1])
passed = failed = 0
Row = dict[str, str]


def expect(right: bool, what: str) -> None:
    global passed, failed
    if right:
        passed += 1
    else:
        failed += 1
        print(f"python: {what}", file=sys.stderr)


def raises(error: type[BaseException], call: Callable[[], object], what: str) -> None:
    try:
        call()
    except error:
        expect(True, what)
    except BaseException as other:
        expect(False, f"{what}: {other!r}")
    else:
        expect(False, f"{what}: nothing is raised")


def rows(name: str) -> list[Row]:
    text = (FOLDER / name).read_text(encoding="utf-8").rstrip("\n")
    lines = [line.split("\t") for line in text.split("\n")]
    return [dict(zip(lines[0], line)) for line in lines[1:]]


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def flow(row: Row) -> dict[str, str]:
    return {field: row[field] for field in mokuteki.FIELDS}


def answers(engine: mokuteki.Engine, row: Row) -> bool:
    langs: tuple[Literal["en", "ja"], ...] = ("en", "ja")
    for lang in langs:
        try:
            decision = engine.check(lang=lang, **flow(row))
        except mokuteki.FlowError as error:
            right = row["status"] == "1" and ";".join(error.codes) == row["codes"]
            record = error.json
        else:
            right = row["status"] == "0" and decision.verdict.value == row["verdict"]
            right = right and (decision.clause or "") == row["clause"].partition(" ")[2]
            record = decision.json
        if not right or sha256(record) != row[f"sha256_{lang}"]:
            return False
    return True


def permits(engine: mokuteki.Engine, key: bytes) -> None:
    for row in rows("permits.tsv"):
        accepted = [code for code in row["accepted"].split(";") if code]
        try:
            permit = engine.permit(row["sink"], row["sink_recipient"], accepted=accepted, lang="en", **flow(row))
        except (mokuteki.FlowError, mokuteki.RefusedError) as error:
            status = "1" if isinstance(error, mokuteki.FlowError) else "2"
            expect((status, ";".join(error.codes)) == (row["status"], row["codes"]), f"another refusal: {row['id']}")
        else:
            right = (row["status"], row["token"]) == ("0", permit.token(key))
            expect(right and permit.sink == row["sink"], f"another permit: {row['id']}")


def tokens() -> None:
    for row in rows("tokens.tsv"):
        try:
            said = _mokuteki.verify(row["token"], row["key"].encode(), row["sink"], "en")
        except mokuteki.TokenError as error:
            expect((row["status"], row["code"]) == ("3", error.code), f"another reason: {row['id']}")
        else:
            expect((row["status"], row["sha256"]) == ("0", sha256(said)), f"another token: {row['id']}")


def columns(engine: mokuteki.Engine, flows: list[Row]) -> None:
    expected: list[tuple[str, Optional[str]]] = [(row["verdict"], row["clause"] or None) for row in flows]
    texts = {field: [row[field] for row in flows] for field in mokuteki.FIELDS}
    found = engine.decide(texts)
    for row, want, verdict, clause in zip(flows, expected, found.verdicts, found.clauses):
        expect(want == ("" if verdict is None else verdict.value, clause), f"other columns: {row['id']}")
    generation = engine.generation
    ids: dict[str, list[int]] = {field: [] for field in mokuteki.FIELDS if field != "under"}
    kept: list[int] = []
    for at, row in enumerate(flows):
        try:
            as_of = int(date.fromisoformat(row["as_of"]).strftime("%Y%m%d"))
            if row["under"] or len(row["as_of"]) != 10:
                continue
            resolved = {"as_of": as_of}
            for field in mokuteki.FIELDS:
                if row[field] and field != "as_of":
                    society = resolved.get("society", 0)
                    resolved[field] = engine.resolve(
                        field, row[field], generation=generation, society=society, as_of=as_of
                    )
        except ValueError:
            continue
        kept.append(at)
        for field, column in ids.items():
            column.append(resolved.get(field, 0))
    expect(len(kept) > 400, "hardly any row has ids")
    found = engine.decide_ids(ids, generation=generation)
    for at, verdict, clause in zip(kept, found.verdicts, found.clauses):
        expect(expected[at] == ("" if verdict is None else verdict.value, clause), f"other ids: {flows[at]['id']}")
    engine.reload()
    raises(mokuteki.StaleError, lambda: engine.decide_ids(ids, generation=generation), "ids of before a reload")


REVIEW = {
    "society": "aeon",
    "data": ["レセプト"],
    "sender": "当組合",
    "recipient": "点検業者",
    "activity": "レセプト点検",
    "my_number": False,
    "abroad": False,
    "as_of": date(2026, 4, 1),
}


def wrong(engine: mokuteki.Engine) -> None:
    permit = engine.permit("claim-checker", "点検業者", **REVIEW)  # type: ignore[arg-type]
    key = b"a key for tests only"
    expect(mokuteki.verify(permit.token(key), key, "claim-checker") == permit.record, "the token says otherwise")
    expect(permit.day == date(2026, 4, 1) and permit.clause == "5-3", "the permit says otherwise")
    raises(TypeError, lambda: mokuteki.Permit("yes"), "a permit from a word")  # type: ignore[arg-type]
    raises(TypeError, lambda: _mokuteki.Permit(), "a permit from nothing")
    raises(TypeError, lambda: pickle.dumps(permit), "a pickled permit")
    raises(TypeError, lambda: copy.copy(permit), "a copied permit")
    raises(AttributeError, lambda: setattr(permit, "_said", {}), "a permit that is changed")
    raises(TypeError, lambda: bool(engine.check(**REVIEW)), "a decision as a truth value")  # type: ignore[arg-type]
    raises(TypeError, lambda: bool(mokuteki.Verdict.PROHIBITED), "a verdict as a truth value")
    raises(TypeError, lambda: engine.check(recipent="当組合"), "a field that is none")
    raises(TypeError, lambda: engine.check(data="レセプト".encode("cp932")), "Shift_JIS")  # type: ignore[arg-type]
    raises(UnicodeEncodeError, lambda: engine.check(data="レ\udc83"), "half of a character")
    raises(mokuteki.TokenError, lambda: mokuteki.verify("レ\udc83", key, "claim-checker"), "half of a character")
    raises(mokuteki.ArgumentError, lambda: permit.token(b"short"), "a short key")
    raises(mokuteki.ArgumentError, lambda: engine.permit("a", "b", accepted=["asumed"]), "a code that is none")
    raises(mokuteki.RulesError, lambda: mokuteki.Engine.from_dir("no/such"), "no rules")
    raises(mokuteki.RulesError, lambda: mokuteki.Engine.with_files({"terms/a.toml": b"\x83\x8c"}), "rules in Shift_JIS")
    raises(ValueError, lambda: engine.decide({"data": ["レセプト"], "society": []}), "columns of two lengths")
    try:
        engine.check(society="aeon")
    except mokuteki.FlowError as error:
        again = pickle.loads(pickle.dumps(error))
        expect(again.codes == error.codes and len(error.codes) == 3, "an error does not cross processes")
    with mokuteki.Engine() as other:
        held = other.permit("claim-checker", "点検業者", **REVIEW)  # type: ignore[arg-type]
    raises(mokuteki.ClosedError, lambda: other.digest, "a closed engine")
    raises(mokuteki.ClosedError, lambda: other.check(**REVIEW), "a closed engine")  # type: ignore[arg-type]
    expect(held.token(key) == permit.token(key), "a permit does not outlive its engine")
    panic = getattr(_mokuteki, "probe_panic")
    raises(BaseException, panic, "a panic")
    expect(engine.check(**REVIEW).verdict is mokuteki.Verdict.PERMITTED, "after a panic")  # type: ignore[arg-type]


def threads(engine: mokuteki.Engine, flows: list[Row]) -> None:
    right: list[bool] = []

    def decide() -> None:
        right.append(all(answers(engine, row) for row in flows))

    running = [threading.Thread(target=decide) for _ in range(4)]
    for thread in running:
        thread.start()
    for _ in range(5):
        engine.reload()
    for thread in running:
        thread.join()
    expect(right == [True] * 4, "threads answer otherwise")


def resident() -> int:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    return 0


def memory(engine: mokuteki.Engine) -> None:
    key = b"a key for tests only"

    def once() -> None:
        token = engine.permit("claim-checker", "点検業者", **REVIEW).token(key)  # type: ignore[arg-type]
        mokuteki.verify(token, key, "claim-checker")
        engine.check(**REVIEW)  # type: ignore[arg-type]
        try:
            engine.check(society="aeon")
        except mokuteki.FlowError:
            pass

    for _ in range(200):
        once()
    before = resident()
    for _ in range(10_000):
        once()
    grown = resident() - before
    print(f"python: {grown} KB more after 50,000 calls", file=sys.stderr)
    expect(grown <= 32 << 10, "memory grows")


engine = mokuteki.Engine()
flows = rows("flows.tsv")
for row in flows:
    expect(answers(engine, row), f"another answer: {row['id']}")
permits(engine, rows("tokens.tsv")[0]["key"].encode())
tokens()
columns(engine, flows)
wrong(engine)
threads(engine, flows)
memory(engine)
print(f"python: {passed} passed, {failed} failed")
sys.exit(failed != 0 or passed == 0)
