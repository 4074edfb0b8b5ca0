"""Checks by a pack, of one document or many."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Dict, Iterable, Iterator, List, Optional, Sequence, Tuple, Union

from bulou import _arrow, _native
from bulou._errors import DocumentError, NoDocumentsError, UnfitError
from bulou._report import Report, wrapped
from bulou._settings import AsOf, Params, Waivers, settings, threads

if TYPE_CHECKING:
    import pyarrow

    from bulou._pack import Pack

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


def pairs_of(documents: object, names: Optional[Iterable[Optional[str]]]) -> Iterator[Tuple[Any, Optional[str]]]:
    """Documents with their names.

    >>> list(pairs_of([b"{}"], ["a.json"]))
    [(b'{}', 'a.json')]
    """
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
        pairs = pairs_of(documents, names)
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
            pairs = pairs_of(documents, names)
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
