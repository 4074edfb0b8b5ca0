"""Packs, and checks by them."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Dict, Iterable, Iterator, List, Mapping, Optional, Sequence, Tuple, Union

from bulou import _arrow, _native
from bulou._county import County
from bulou._errors import Diagnostic, DocumentError, NoDocumentsError, UnfitError
from bulou._report import Report, wrapped
from bulou._settings import AsOf, Params, Waivers, settings, threads

if TYPE_CHECKING:
    import pyarrow

#: What is a document: its bytes (JSON in UTF-8 or GB18030, an Excel workbook), its JSON text, its value, or its file.
Document = Union[bytes, bytearray, memoryview, str, Dict[str, Any], "os.PathLike[str]"]

TABLES = ("schools", "statuses", "findings")


@dataclass(frozen=True)
class Tables:
    """Many reports as tables of pyarrow; those that were not asked for are ``None``.

    ``document`` is in all of them: the place of the document among those that were given, from 0 on.

    >>> import bulou
    >>> tables = bulou.Pack.load().tables(["{}", "no JSON"], as_of="2022-06-28")
    >>> tables.schools.column("verdict").to_pylist()
    ['undetermined', 'undetermined']
    """

    #: A row a document: whom it is about, the verdict, how many rules have which status.
    schools: "Optional[pyarrow.Table]" = None
    #: A row a document and rule.
    statuses: "Optional[pyarrow.Table]" = None
    #: A row for each thing that was found: with ``code`` of the document itself, with ``rule`` of a rule.
    findings: "Optional[pyarrow.Table]" = None


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


def _pairs(documents: object, names: Optional[Iterable[Optional[str]]]) -> Iterator[Tuple[Any, Optional[str]]]:
    """Documents with their names."""
    if isinstance(documents, (str, bytes, bytearray, memoryview, dict, os.PathLike)):
        kind = type(documents).__name__
        raise DocumentError("single", *_native.words.one_document_several_wanted(kind))
    if documents is None or not hasattr(documents, "__iter__"):
        kind = type(documents).__name__
        raise DocumentError("type", *_native.words.no_iterable_of_documents(kind))
    if _arrow.is_column(documents) and hasattr(documents, "to_pylist"):
        documents = documents.to_pylist()
    count = 0
    if names is None:
        for document in documents:
            yield document, None
            count += 1
    else:
        others = iter(_arrow.called(names))
        for document in documents:
            name = next(others, _arrow)
            if name is _arrow:
                raise _arrow.unequal(count + 1, count)
            yield document, name  # type: ignore[misc]
            count += 1
        if next(others, _arrow) is not _arrow:
            raise _arrow.unequal(count, count + 1)
    if count == 0:
        raise nothing()


def nothing() -> NoDocumentsError:
    """That there is no document.

    >>> nothing().code
    'no-documents'
    """
    return NoDocumentsError("no-documents", *_native.words.no_document_nothing_was_checked())


class Checker:
    """Checks any number of documents by one pack, as of one day. Made by :meth:`Pack.checker`; it can be pickled.

    >>> import bulou
    >>> checker = bulou.Pack.load().checker(as_of="2022-06-28", params={"每日巡查下限": 5})
    >>> checker.check(b"{}").to_dict()["params"]["每日巡查下限"]
    '5'
    """

    def __init__(self, pack: "Pack", as_of: AsOf, params: Params, waivers: Waivers, lang: Optional[str]) -> None:
        self.pack = pack
        self._settings = settings(as_of, params, waivers, lang or pack.lang)
        # What does not fit is said now, not with the first document.
        pack._native.check(b"{}", None, self._settings)
        self._given = (as_of, params, list(waivers) if isinstance(waivers, (list, tuple)) else waivers, lang)

    def __reduce__(self) -> Tuple[Any, ...]:
        return (Checker, (self.pack, *self._given))

    def check(self, document: Document, *, name: Optional[str] = None) -> Report:
        """Checks one document, as ``bulou check`` does.

        >>> import bulou
        >>> bulou.Pack.load().checker().check({"学校": {}}).verdict
        'fail'
        """
        return Report(self.pack._native.check(document, name, self._settings))

    def check_many(
        self,
        documents: "Iterable[Document]",
        *,
        names: Optional[Iterable[Optional[str]]] = None,
        jobs: Optional[int] = None,
    ) -> List[Report]:
        """Checks documents on several threads; the reports have their order. One that is none has a report that says so.

        >>> import bulou
        >>> reports = bulou.Pack.load().checker().check_many([b"{}", None, float("nan")])
        >>> [report.name for report in reports]
        ['documents[0]', 'documents[1]', 'documents[2]']
        >>> [problem.code for problem in reports[2].structure]
        ['D024']
        """
        pairs = _pairs(documents, names)
        return wrapped(self.pack._native.check_many(pairs, self._settings, threads(jobs)))

    def check_files(
        self, *paths: "Union[str, os.PathLike[str]]", lines: bool = False, jobs: Optional[int] = None
    ) -> List[Report]:
        """Checks the documents of files, folders and archives as ``bulou check`` does; with ``lines`` a document a line.

        >>> import bulou
        >>> [report.passed for report in bulou.Pack.load().checker().check_files("no such file.json")]
        [False]
        """
        if not paths:
            raise nothing()
        files = [os.fspath(path) for path in paths]
        reports = wrapped(self.pack._native.check_files(files, lines, self._settings, threads(jobs)))
        if not reports:
            raise nothing()
        return reports

    def tables(
        self,
        documents: object,
        *,
        names: Optional[Iterable[Optional[str]]] = None,
        include: Sequence[str] = TABLES,
        jobs: Optional[int] = None,
    ) -> Tables:
        """Checks many documents into tables of pyarrow, without keeping their reports.

        ``documents`` is a column of text or binary (pyarrow, Polars, or anything else with Arrow's PyCapsule interface), or
        what :meth:`check_many` takes. ``names`` is such a column, or texts.

        >>> import bulou, pyarrow
        >>> column = pyarrow.array(["{}", None])
        >>> tables = bulou.Pack.load().checker(lang="en").tables(column, names=["a", "b"], include=["findings"])
        >>> tables.findings.select(["name", "code"]).to_pylist()[-1]
        {'name': 'b', 'code': 'D024'}
        """
        _arrow.arrow()
        wanted = [include] if isinstance(include, str) else list(include)
        unknown = [name for name in wanted if name not in TABLES]
        if unknown or not wanted:
            raise UnfitError("include", *_native.words.no_such_tables(str(unknown), ", ".join(TABLES)))
        if _arrow.is_column(documents):
            pieces = _arrow.columns(documents, names)
            if not any(len(piece) for piece, _ in pieces):
                raise nothing()
            made = self.pack._native.tables_of_columns(pieces, self._settings, threads(jobs), wanted)
        else:
            pairs = _pairs(documents, names)
            made = self.pack._native.tables(pairs, self._settings, threads(jobs), wanted)
        return Tables(**dict(zip(wanted, made)))

    def batches(
        self,
        batches: "Iterable[pyarrow.RecordBatch]",
        *,
        column: str,
        table: str = "findings",
        name: Optional[str] = None,
        jobs: Optional[int] = None,
    ) -> "Iterator[pyarrow.RecordBatch]":
        """Turns batches with a column of documents into batches of one table, as Spark's ``mapInArrow`` and readers of
        pyarrow ask for. ``name`` is a column with the documents' names; ``document`` counts from 0 on over all batches.

        >>> import bulou, pyarrow
        >>> source = pyarrow.RecordBatch.from_pydict({"file": ["a.json"], "text": ["{}"]})
        >>> checker = bulou.Pack.load().checker()
        >>> [batch.column("name").to_pylist() for batch in checker.batches([source], column="text", name="file", table="schools")]
        [['a.json']]
        """
        pa = _arrow.arrow()
        before = 0
        for batch in batches:
            if batch.num_rows == 0:
                continue
            names = None if name is None else batch.column(name)
            made = self.tables(batch.column(column), names=names, include=[table], jobs=jobs)
            found = _arrow.plain(getattr(made, table))
            place = pa.compute.add(found.column("document"), before)
            found = found.set_column(0, found.schema.field(0), place)
            before += batch.num_rows
            yield from found.to_batches()

    def schema(self, table: str = "findings") -> "pyarrow.Schema":
        """The columns of what :meth:`batches` gives.

        >>> import bulou
        >>> bulou.Pack.load().checker().schema("schools").names[:4]
        ['document', 'name', 'sha256', 'id']
        """
        made = self.tables(["{}"], include=[table], jobs=1)
        return _arrow.plain(getattr(made, table)).schema


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
        return County(_native.County(self._native, settings(as_of, params, waivers, lang or self.lang)), _pairs)

    def __repr__(self) -> str:
        return f"<bulou.Pack {self.id} {self.version}>"


def _unpickled(files: Dict[str, bytes], lang: str) -> Pack:
    return Pack.from_files(files, lang=lang)
