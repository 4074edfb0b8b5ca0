"""The step of the action that installs the wheel, run as it stands."""

import os
import pathlib
import subprocess
import textwrap

ROOT = pathlib.Path(__file__).parents[3]
WHEEL = os.environ.get("BULOU_WHEEL", "")


def script() -> str:
    text = (ROOT / "action.yml").read_text("utf-8")
    step = text.split("- name: Install bulou", 1)[1].split("- name:", 1)[0]
    return textwrap.dedent(step.split("run: |\n", 1)[1])


def install(place: pathlib.Path, wheel: str) -> "subprocess.CompletedProcess[str]":
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script()]
    return subprocess.run(command, env={**os.environ, "RUNNER_TEMP": str(place), "WHEEL": wheel}, capture_output=True, text=True)


def test_the_program_is_where_the_other_steps_look_for_it(tmp_path: pathlib.Path) -> None:
    assert WHEEL, "cargo xtask wheel says in BULOU_WHEEL where the wheel is"
    run = install(tmp_path, WHEEL)
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith("bulou ")
    sample = ROOT / "tests/samples/北关小学-有问题.json"
    check = [tmp_path / "bulou/bin/bulou", "check", "--as-of", "2022-06-28", sample]
    assert subprocess.run(check, capture_output=True).returncode == 1


def test_a_wheel_that_cannot_be_had_ends_the_step(tmp_path: pathlib.Path) -> None:
    run = install(tmp_path, str(tmp_path / "none.whl"))
    assert run.returncode != 0
    assert "none.whl" in run.stderr
