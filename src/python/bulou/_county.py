"""Counties: what all schools submitted, rolled up."""

from __future__ import annotations

import json
from typing import Any, Dict, Iterable, Optional, Union

from bulou import _native
from bulou._checker import Document, pairs_of
from bulou._native import CountyReport as NativeReport
from bulou._report import Report, Shown
from bulou._settings import threads


class CountyReport(Shown):
    """A county's report: who is missing, what fails where, the county's own rules. It is neither true nor false.

    >>> import bulou
    >>> county = bulou.Pack.load().county(as_of="2022-06-28")
    >>> county.report({"名册": []}).verdict
    'undetermined'
    """

    __slots__ = ("_native",)
    _native: NativeReport

    def __init__(self, native: NativeReport) -> None:
        self._native = native

    @property
    def verdict(self) -> str:
        """The verdict of the county's own rules.

        >>> import bulou
        >>> bulou.Pack.load().county().report(b"").verdict
        'undetermined'
        """
        return self._native.verdict

    @property
    def overall(self) -> str:
        """The worst of that and of all schools' own verdicts.

        >>> import bulou
        >>> bulou.Pack.load().county().report(b"").overall
        'undetermined'
        """
        return self._native.overall

    @property
    def passed(self) -> bool:
        """Whether everything holds, of the county and of every school.

        >>> import bulou
        >>> bulou.Pack.load().county().report(b"").passed
        False
        """
        return self._native.overall == "pass"

    def json(self) -> str:
        """The report as ``bulou county --format json`` writes it, byte for byte.

        >>> import bulou
        >>> bulou.Pack.load().county().report(b"").json()[0]
        '{'
        """
        return self._native.json()

    def to_dict(self) -> Dict[str, Any]:
        """The same as Python's own values.

        >>> import bulou
        >>> bulou.Pack.load().county().report(b"").to_dict()["by_school"]
        []
        """
        made: Dict[str, Any] = json.loads(self._native.json())
        return made

    def __repr__(self) -> str:
        return f"<bulou.CountyReport: {self.verdict}, overall {self.overall}>"


class County:
    """What all schools of a county submitted, folded one document at a time: no document is kept, and the order in which
    they come changes nothing. Made by :meth:`Pack.county`.

    >>> import bulou
    >>> pack = bulou.Pack.load()
    >>> one, other = pack.county(as_of="2022-06-28"), pack.county(as_of="2022-06-28")
    >>> other.add(b"{}").verdict
    'undetermined'
    >>> one.merge(other.partial())
    >>> one.report(b"{}").to_dict()["schools"]["unreadable"][0]["name"]
    'document'
    """

    def __init__(self, native: "_native.County") -> None:
        self._native = native

    def add(self, document: "Document", *, name: Optional[str] = None) -> Report:
        """Adds a school's document, and answers its own report.

        >>> import bulou
        >>> bulou.Pack.load().county().add(b"", name="a.json").name
        'a.json'
        """
        return Report(self._native.add(document, name))

    def add_many(
        self,
        documents: "Iterable[Document]",
        *,
        names: Optional[Iterable[Optional[str]]] = None,
        jobs: Optional[int] = None,
    ) -> int:
        """Adds schools' documents on several threads, and answers how many. The report names each that cannot be read.

        >>> import bulou
        >>> bulou.Pack.load().county().add_many([b"{}", None])
        2
        """
        return self._native.add_many(pairs_of(documents, names), threads(jobs))

    def partial(self) -> str:
        """What was added so far, for :meth:`merge` of another process, or ``bulou county --merge``.

        >>> import bulou
        >>> bulou.Pack.load().county().partial().count("\\n")
        1
        """
        return self._native.partial()

    def merge(self, partial: Union[str, bytes]) -> None:
        """Adds what :meth:`partial` or ``bulou county --partial`` wrote; what both have is there once.

        >>> import bulou
        >>> try:
        ...     bulou.Pack.load().county().merge("{}")
        ... except bulou.UnfitError as error:
        ...     print(error.code)
        unfit
        """
        self._native.merge(partial.decode() if isinstance(partial, bytes) else partial)

    def report(
        self, document: "Document", *, name: Optional[str] = None, earlier: Optional[str] = None
    ) -> CountyReport:
        """The county's report of what was added so far, by the county's own document; ``earlier`` is the JSON of an
        earlier report, beside which it says what changed.

        >>> import bulou
        >>> bulou.Pack.load().county(as_of="2022-06-28").report(b"{}")
        <bulou.CountyReport: undetermined, overall undetermined>
        """
        return CountyReport(self._native.report(document, name, earlier))
