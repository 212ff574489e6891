"""Reads the JUnit XML of an audit as its consumers do, and compares it with what the register holds."""

import sys

import junitparser

suites = list(junitparser.JUnitXml.fromfile(sys.argv[1]))
cases = {case.name.split()[0]: case for suite in suites for case in suite}
assert sorted(cases) == ["a", "b", "c", "d", "e"], sorted(cases)
for flow, code in {"a": "out-of-scope", "b": "prohibited", "c": "unknown-key", "d": "conditional"}.items():
    case = cases[flow]
    assert [type(result).__name__ for result in case.result] == ["Failure"], case.result
    assert f"[{code}]" in case.name, case.name
    assert "mokuteki.toml" in case.name, case.name
assert cases["e"].result == [], "a permitted flow passes"
assert [(suite.tests, suite.failures, suite.errors) for suite in suites] == [(5, 4, 0)]
print(f"JUnit: {len(cases)} cases read")
