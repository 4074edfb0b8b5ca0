"""What the tests share: the repository's samples, and the command line that the same wheel brings."""

import json
import pathlib
import subprocess
import sysconfig

import pytest

import bulou

pytest_plugins = ["pytester"]

ROOT = pathlib.Path(__file__).resolve().parents[3]
DAY = "2022-06-28"


@pytest.fixture(scope="session")
def pack():
    return bulou.Pack.load()


@pytest.fixture(scope="session")
def samples():
    """The sample schools, as files."""
    found = sorted((ROOT / "tests/samples").glob("*.json"))
    assert len(found) >= 3
    return found


@pytest.fixture(scope="session")
def variants(samples):
    """Documents with something wrong in each: a key less at a time, a number where a text was, broken bytes."""
    documents = []
    for path in samples:
        whole = json.loads(path.read_text("utf8"))
        documents.append(whole)
        for key in whole:
            documents.append({name: value for name, value in whole.items() if name != key})
            documents.append({**whole, key: 3})
    return documents


def command(*words, stdin=None):
    """Runs the command `bulou` that was installed; its output and exit code."""
    program = pathlib.Path(sysconfig.get_path("scripts"), "bulou")
    done = subprocess.run([program, *map(str, words)], input=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    return done.stdout, done.returncode, done.stderr.decode()
