"""What `bulou init` writes for GitHub, GitLab and pre-commit, as YAML."""

import pathlib
import subprocess
import sys
import typing

import pytest
import yaml


@pytest.fixture(params=["zh", "en"])
def county(request: pytest.FixtureRequest, tmp_path: pathlib.Path) -> pathlib.Path:
    command = [sys.executable, "-m", "bulou", "init", "--lang", request.param, str(tmp_path / "county")]
    subprocess.run(command, check=True, capture_output=True)
    return tmp_path / "county"


def read(path: pathlib.Path) -> typing.Any:
    return yaml.safe_load(path.read_text("utf-8"))


def test_the_workflow_has_steps_that_run_or_use_something(county: pathlib.Path) -> None:
    # YAML's `on` is a truth value.
    workflow = read(county / ".github/workflows/check.yml")
    assert workflow[True] == "pull_request"
    steps = workflow["jobs"]["check"]["steps"]
    assert len(steps) == 10
    assert all(("run" in step) != ("uses" in step) for step in steps)
    action = next(step for step in steps if "bulou@" in step.get("uses", ""))
    assert action["with"]["wheel"] == "${{ vars.BULOU_WHEEL }}"
    # What the action asks for and what it is given are the same words.
    inputs = read(pathlib.Path(__file__).parents[3] / "action.yml")["inputs"]
    assert set(action["with"]) <= set(inputs)


def test_gitlab_s_job_reports_in_junit_s_form(county: pathlib.Path) -> None:
    job = read(county / ".gitlab-ci.yml")["check"]
    assert [len(job[key]) for key in ("before_script", "script")] == [1, 1]
    assert job["artifacts"]["reports"]["junit"] in job["script"][0]
    assert job["artifacts"]["paths"][0] in job["script"][0]
    assert job["rules"] == [{"if": '$CI_PIPELINE_SOURCE == "merge_request_event"'}]


def test_the_hooks_take_the_names_of_files_or_none(county: pathlib.Path) -> None:
    [local] = read(county / ".pre-commit-config.yaml")["repos"]
    check, lint = local["hooks"]
    assert local["repo"] == "local" and check["entry"].startswith("bulou check --own-day")
    assert lint["pass_filenames"] is False and lint["entry"] == "bulou lint --deny warnings pack"
