"""Runs the audit step of action.yml as a runner would, and reads the hook of pre-commit."""

import os
import pathlib
import subprocess
import sys
import tempfile

import ruamel.yaml

command, root = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
yaml = ruamel.yaml.YAML(typ="safe")
action = yaml.load(root / "action.yml")
inputs = {name: one["default"] for name, one in action["inputs"].items()}
(step,) = [one for one in action["runs"]["steps"] if one["name"] == "Audit"]


def run(folder, **given):
    """The step in a folder, with some inputs: its status, its output and the summary of the job."""
    with tempfile.TemporaryDirectory() as temporary:
        summary = pathlib.Path(temporary) / "summary"
        values = inputs | {name.replace("_", "-"): value for name, value in given.items()}
        values["sarif"] = f"{temporary}/audit.sarif"
        environment = {
            name: values[value.removeprefix("${{ inputs.").removesuffix(" }}")]
            for name, value in step["env"].items()
        }
        environment |= {
            "PATH": f"{command.parent}:{os.environ['PATH']}",
            "GITHUB_STEP_SUMMARY": str(summary),
            "RUNNER_TEMP": temporary,
        }
        script = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
        done = subprocess.run(script, cwd=folder, env=environment, capture_output=True, text=True)
        assert pathlib.Path(values["sarif"]).stat().st_size > 0, done
        return done.returncode, done.stdout, summary.read_text()


status, _, summary = run(root / "examples" / "claims-repo")
assert status == 0 and summary.startswith("#"), (status, summary)
faulty = root / "tests" / "formats"
status, annotations, summary = run(faulty)
assert status == 3 and annotations.startswith("::") and "out-of-scope" in summary, (status, annotations)
assert run(faulty, as_of="2026-04-01", lang="en", report_only="true")[0] == 3
# Text of an input is a value, whatever it holds.
status, annotations, _ = run(root / "examples" / "claims-repo", register="$(touch hacked)")
assert status == 3 and not (root / "examples" / "claims-repo" / "hacked").exists(), (status, annotations)

(hook,) = yaml.load(root / ".pre-commit-hooks.yaml")
done = subprocess.run(
    [command, *hook["entry"].split()[1:], *hook["args"]], cwd=root / "examples" / "claims-repo", capture_output=True
)
assert done.returncode == 0, done
print("the action and the hook run")
