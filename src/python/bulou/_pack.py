"""Packs, and what their own tests show."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import Any, Dict, Iterable, List, Mapping, Optional, Sequence, Tuple, Union

from bulou import _native
from bulou._checker import TABLES, Checker, Document, Tables
from bulou._county import County
from bulou._errors import Diagnostic
from bulou._report import Report
from bulou._settings import AsOf, Params, Waivers, settings


@dataclass(frozen=True)
class Case:
    """One of a pack's own tests, and what came of it.

    >>> Case("cases/a.json", 0, "南街小学", ()).passed
    True
    """

    #: Its file within the pack.
    file: str
    #: Which of that file's cases it is, from 0 on.
    place: int
    title: str
    #: What did not come out as expected: Chinese, English.
    wrong: Tuple[Tuple[str, str], ...]

    @property
    def passed(self) -> bool:
        """Whether all came out as expected.

        >>> Case("cases/a.json", 0, "南街小学", (("错", "wrong"),)).passed
        False
        """
        return not self.wrong

    def __str__(self) -> str:
        return f"{self.file}[{self.place}] {self.title}"


@dataclass(frozen=True)
class Cases:
    """What a pack's own tests show.

    >>> import bulou
    >>> cases = bulou.Pack.load().cases()
    >>> all(case.passed for case in cases.cases), cases.problems
    (True, ())
    """

    cases: Tuple[Case, ...]
    #: What is wrong with their files, or that there are none: Chinese, English.
    problems: Tuple[Tuple[str, str], ...]
    #: Rules that no case shows to pass, or to fail.
    uncovered: Tuple[Tuple[str, str], ...]


class Pack:
    """A rule pack. It can be shared among threads, and pickled.

    >>> import bulou
    >>> pack = bulou.Pack.load(lang="en")
    >>> pack.id, pack.lang
    ('campus-safety', 'en')
    """

    def __init__(self, native: "_native.Pack") -> None:
        self._native = native

    @classmethod
    def load(cls, path: "Union[str, os.PathLike[str], None]" = None, *, lang: str = "zh") -> "Pack":
        """The pack of a folder; without one that of campus safety, which comes along. ``lang`` is the language of the
        program's own words, ``zh`` or ``en``.

        >>> import bulou
        >>> bulou.Pack.load().id
        'campus-safety'
        >>> try:
        ...     bulou.Pack.load("no such folder")
        ... except bulou.Error as error:
        ...     print(error.code)
        unfit
        """
        return cls(_native.Pack.open(None if path is None else os.fspath(path), lang))

    @classmethod
    def from_files(cls, files: Mapping[str, Union[str, bytes]], *, lang: str = "zh") -> "Pack":
        """The pack of these files, by their paths within it.

        >>> import bulou
        >>> pack = bulou.Pack.load()
        >>> bulou.Pack.from_files(pack.files).sha256 == pack.sha256
        True
        """
        texts = {name: text.encode() if isinstance(text, str) else text for name, text in files.items()}
        return cls(_native.Pack.of_files(texts, lang))

    def __reduce__(self) -> Tuple[Any, ...]:
        return (_unpickled, (self.files, self.lang))

    @property
    def id(self) -> str:
        """Its name.

        >>> import bulou
        >>> bulou.Pack.load().id
        'campus-safety'
        """
        return self._native.info[0]

    @property
    def version(self) -> str:
        """Its version.

        >>> import bulou
        >>> bulou.Pack.load().version
        '2022.6.24'
        """
        return self._native.info[1]

    @property
    def sha256(self) -> str:
        """Its fingerprint, over all files that it consists of.

        >>> import bulou
        >>> len(bulou.Pack.load().sha256)
        64
        """
        return self._native.info[2]

    @property
    def lang(self) -> str:
        """The language of the program's own words.

        >>> import bulou
        >>> bulou.Pack.load().lang
        'zh'
        """
        return self._native.lang

    @property
    def files(self) -> Dict[str, bytes]:
        """The files that it was loaded from.

        >>> import bulou
        >>> any(name.endswith(".bulou") for name in bulou.Pack.load().files)
        True
        """
        return self._native.files

    @property
    def warnings(self) -> Tuple[Diagnostic, ...]:
        """What its compiler warns of.

        >>> import bulou
        >>> bulou.Pack.load().warnings
        ()
        """
        return tuple(Diagnostic(**one) for one in json.loads(self._native.warnings()))

    @property
    def rules(self) -> Tuple[Dict[str, Any], ...]:
        """What each rule asks, of whom, on what grounds.

        >>> import bulou
        >>> sorted(bulou.Pack.load().rules[0])
        ['citations', 'group', 'id', 'remedy', 'responsible', 'severity', 'title']
        """
        return tuple(json.loads(self._native.rules()))

    def schema(self) -> Dict[str, Any]:
        """The JSON Schema (2020-12) of its documents.

        >>> import bulou
        >>> bulou.Pack.load().schema()["$schema"]
        'https://json-schema.org/draft/2020-12/schema'
        """
        made: Dict[str, Any] = json.loads(self._native.schema())
        return made

    def template(self) -> Dict[str, Any]:
        """An empty document.

        >>> import bulou
        >>> pack = bulou.Pack.load()
        >>> pack.check(pack.template()).passed
        False
        """
        made: Dict[str, Any] = json.loads(self._native.template())
        return made

    def cases(self) -> Cases:
        """Runs its own tests.

        >>> import bulou
        >>> len(bulou.Pack.load().cases().cases) > 100
        True
        """
        found = json.loads(self._native.cases())

        def both(words: Iterable[Sequence[str]]) -> Tuple[Tuple[str, str], ...]:
            return tuple((zh, en) for zh, en in words)

        cases = (Case(one["file"], one["place"], one["title"], both(one["wrong"])) for one in found["cases"])
        return Cases(tuple(cases), both(found["problems"]), both(found["uncovered"]))

    def checker(
        self, *, as_of: AsOf = None, params: Params = None, waivers: Waivers = None, lang: Optional[str] = None
    ) -> Checker:
        """A checker for one day (today in Asia/Shanghai where none is given), one set of parameters and waivers.

        >>> import bulou
        >>> try:
        ...     bulou.Pack.load().checker(params={"没有的参数": 3})
        ... except bulou.UnfitError as error:
        ...     print(error.code)
        unfit
        """
        return Checker(self, as_of, params, waivers, lang)

    def check(
        self,
        document: Document,
        *,
        name: Optional[str] = None,
        as_of: AsOf = None,
        params: Params = None,
        waivers: Waivers = None,
        lang: Optional[str] = None,
    ) -> Report:
        """Checks one document: bytes, JSON text, a dict, or a file by its ``pathlib.Path``. What cannot be read has a
        report that says so and never passes; what is no document at all is refused.

        >>> import bulou
        >>> pack = bulou.Pack.load()
        >>> pack.check(b"{ broken", as_of="2022-06-28").structure[0].code
        'D002'
        >>> try:
        ...     pack.check({"学校": {"在校生": float("nan")}})
        ... except bulou.DocumentError as error:
        ...     print(error.code, error.en)
        nan `/学校/在校生` is NaN or infinite, which JSON does not have; use None for what is blank
        """
        given = settings(as_of, params, waivers, lang or self.lang)
        return Report(self._native.check(document, name, given))

    def check_many(
        self,
        documents: "Iterable[Document]",
        *,
        names: Optional[Iterable[Optional[str]]] = None,
        jobs: Optional[int] = None,
        as_of: AsOf = None,
        params: Params = None,
        waivers: Waivers = None,
        lang: Optional[str] = None,
    ) -> List[Report]:
        """As :meth:`Checker.check_many`.

        >>> import bulou
        >>> len(bulou.Pack.load().check_many([b"{}", b"[]"], jobs=2))
        2
        """
        return self.checker(as_of=as_of, params=params, waivers=waivers, lang=lang).check_many(
            documents, names=names, jobs=jobs
        )

    def check_files(
        self,
        *paths: "Union[str, os.PathLike[str]]",
        lines: bool = False,
        jobs: Optional[int] = None,
        as_of: AsOf = None,
        params: Params = None,
        waivers: Waivers = None,
        lang: Optional[str] = None,
    ) -> List[Report]:
        """As :meth:`Checker.check_files`.

        >>> import bulou
        >>> bulou.Pack.load().check_files("no such file.json")[0].structure[0].code
        'D024'
        """
        checker = self.checker(as_of=as_of, params=params, waivers=waivers, lang=lang)
        return checker.check_files(*paths, lines=lines, jobs=jobs)

    def tables(
        self,
        documents: object,
        *,
        names: Optional[Iterable[Optional[str]]] = None,
        include: Sequence[str] = TABLES,
        jobs: Optional[int] = None,
        as_of: AsOf = None,
        params: Params = None,
        waivers: Waivers = None,
        lang: Optional[str] = None,
    ) -> Tables:
        """As :meth:`Checker.tables`.

        >>> import bulou
        >>> bulou.Pack.load().tables(["{}"], include="schools").schools.num_rows
        1
        """
        checker = self.checker(as_of=as_of, params=params, waivers=waivers, lang=lang)
        return checker.tables(documents, names=names, include=include, jobs=jobs)

    def county(
        self, *, as_of: AsOf = None, params: Params = None, waivers: Waivers = None, lang: Optional[str] = None
    ) -> County:
        """Rolls the schools of a county up.

        >>> import bulou
        >>> bulou.Pack.load().county(as_of="2022-06-28").add(b"{}").verdict
        'undetermined'
        """
        return County(_native.County(self._native, settings(as_of, params, waivers, lang or self.lang)))

    def __repr__(self) -> str:
        return f"<bulou.Pack {self.id} {self.version}>"


def _unpickled(files: Dict[str, bytes], lang: str) -> Pack:
    return Pack.from_files(files, lang=lang)
