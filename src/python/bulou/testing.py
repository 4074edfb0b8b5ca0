"""A pack's own cases as tests of pytest: an item a case.

In a test file::

    import bulou.testing

    test_cases = bulou.testing.suite("rules/campus-safety")

or without one: ``pytest -p bulou.testing rules/campus-safety/cases``.
"""

from __future__ import annotations

import functools
import os
import pathlib
from typing import Any, Callable, Dict, Iterator, List, Optional, Tuple, Union

import pytest

from bulou._pack import Case, Cases, Pack


class CaseFailure(AssertionError):
    """A case did not come out as it expects, or a file of cases cannot be read."""


def _both(words: Tuple[str, str]) -> str:
    zh, en = words
    return zh if zh == en else f"{zh}\n    {en}"


def fail(words: Tuple[Tuple[str, str], ...]) -> None:
    """Fails with all of these, Chinese and English, if there are any.

    >>> fail(())
    """
    if words:
        raise CaseFailure("\n".join(_both(one) for one in words))


def check(case: Case) -> None:
    """Fails with what did not come out as a case expects.

    >>> check(Case("cases/a.json", 0, "南街小学", ()))
    """
    fail(case.wrong)


def suite(
    path: "Union[str, os.PathLike[str], None]" = None, *, covered: bool = False, lang: str = "zh"
) -> Callable[..., None]:
    """A test of pytest with an item for each case of a pack, and one for the files of cases as a whole. With ``covered``
    a rule that no case shows to pass, or to fail, is a failure, too.

    >>> suite().__name__
    'test_cases'
    """
    found = Pack.load(path, lang=lang).cases()
    problems = found.problems + (found.uncovered if covered else ())
    items = [pytest.param(problems, id="files of cases")]
    items += [pytest.param(case.wrong, id=str(case)) for case in found.cases]

    @pytest.mark.parametrize("wrong", items)
    def test_cases(wrong: Tuple[Tuple[str, str], ...]) -> None:
        fail(wrong)

    return test_cases


@functools.lru_cache(maxsize=None)
def _cases(folder: pathlib.Path) -> Cases:
    return Pack.load(folder).cases()


def pytest_collect_file(file_path: pathlib.Path, parent: pytest.Collector) -> "Optional[CaseFile]":
    """Takes the files of cases of packs, where this module is a plugin of pytest.

    >>> pytest_collect_file(pathlib.Path("a.txt"), None) is None
    True
    """
    folder = file_path.parent
    is_case = file_path.suffix == ".json" and folder.name == "cases"
    if not is_case or not any(folder.parent.glob("*.bulou")):
        return None
    made: CaseFile = CaseFile.from_parent(parent, path=file_path)
    return made


class CaseFile(pytest.File):
    """A file of cases."""

    def collect(self) -> "Iterator[CaseItem]":
        """Its cases, and what is wrong with the pack's files of cases where that has not been said."""
        folder = self.path.parent.parent
        found = _cases(folder)
        if found.problems and self.session.stash.setdefault(_SAID, {}).setdefault(folder, self.path) == self.path:
            yield CaseItem.from_parent(self, name="files of cases", wrong=found.problems)
        name = f"cases/{self.path.name}"
        for case in found.cases:
            if case.file == name:
                yield CaseItem.from_parent(self, name=f"{case.place} {case.title}", wrong=case.wrong)


_SAID: "pytest.StashKey[Dict[pathlib.Path, pathlib.Path]]" = pytest.StashKey()


class CaseItem(pytest.Item):
    """One case."""

    def __init__(self, *, wrong: Tuple[Tuple[str, str], ...], **given: Any) -> None:
        super().__init__(**given)
        self.wrong = wrong

    def runtest(self) -> None:
        """Fails with what did not come out as expected."""
        fail(self.wrong)

    def repr_failure(self, excinfo: "pytest.ExceptionInfo[BaseException]", style: Any = None) -> Any:
        """The words alone: no line of Python is at fault."""
        if isinstance(excinfo.value, CaseFailure):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> Tuple[pathlib.Path, Optional[int], str]:
        """Where it stands."""
        return self.path, None, self.name


__all__: List[str] = ["CaseFailure", "check", "fail", "suite"]
