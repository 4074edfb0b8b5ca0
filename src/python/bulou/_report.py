"""Reports: what a check answers."""

from __future__ import annotations

import datetime
import html
import json
from dataclasses import dataclass
from typing import Any, Dict, List, Mapping, Optional, Tuple

from bulou import _native
from bulou._native import Report as NativeReport


def _day(text: Optional[str]) -> Optional[datetime.date]:
    return datetime.date.fromisoformat(text) if text else None


def framed(page: str) -> str:
    """A page within a page of others: neither changes how the other looks, and nothing in it runs.

    >>> framed("<p>")[:35]
    '<iframe sandbox srcdoc="&lt;p&gt;" '
    """
    style = "width:100%;height:32em;border:1px solid #8884;resize:vertical"
    return f'<iframe sandbox srcdoc="{html.escape(page)}" style="{style}"></iframe>'


@dataclass(frozen=True)
class Problem:
    """Something that is wrong with the document itself."""

    #: ``D004``
    code: str
    #: In words, with what to do.
    message: str
    #: A JSON Pointer; empty for the document as a whole.
    path: str
    #: From 1 on; 0 where a workbook has no cell for it.
    line: int
    column: int
    #: The cell of a workbook, ``隐患!D7``.
    cell: Optional[str] = None
    #: It does not make the document wrong.
    notice: bool = False


@dataclass(frozen=True)
class Citation:
    """A passage that a rule rests on."""

    source: str
    section: str
    quote: str


@dataclass(frozen=True)
class Finding:
    """One reason why a rule is not a plain pass."""

    #: The rule's id.
    rule: str
    #: Which requirement of the rule, from 0 on.
    requirement: int
    #: ``pass``, ``pending``, ``undetermined`` or ``fail``.
    status: str
    message: str
    #: JSON Pointers of the values that decided it.
    paths: Tuple[str, ...]
    #: Their cells where the document is a workbook.
    cells: Tuple[str, ...]
    due: Optional[datetime.date]
    #: Days until then; negative when overdue.
    days_left: Optional[int]
    #: When it was done, too late.
    done: Optional[datetime.date]
    #: What was found left out, and how much more there is than is listed.
    omitted: Tuple[str, ...]
    more_omitted: int
    #: Of what it cannot be told whether it is left out.
    unsure: Tuple[str, ...]
    more_unsure: int

    @classmethod
    def _of(cls, rule: str, one: Mapping[str, Any]) -> "Finding":
        return cls(
            rule=rule,
            requirement=one["requirement"],
            status=one["status"],
            message=one["message"],
            paths=tuple(one["paths"]),
            cells=tuple(one.get("cells", ())),
            due=_day(one.get("due")),
            days_left=one.get("days_left"),
            done=_day(one.get("done")),
            omitted=tuple(one.get("omitted", ())),
            more_omitted=one.get("more_omitted", 0),
            unsure=tuple(one.get("unsure", ())),
            more_unsure=one.get("more_unsure", 0),
        )


@dataclass(frozen=True)
class Rule:
    """What became of one rule.

    >>> import bulou
    >>> rule = bulou.Pack.load().check({}, as_of="2022-06-28").rules
    >>> rule
    ()
    """

    id: str
    title: str
    group: str
    severity: str
    responsible: str
    remedy: str
    citations: Tuple[Citation, ...]
    #: ``pass``, ``pending``, ``undetermined``, ``fail``, ``hint`` or ``not_applicable``.
    status: str
    #: It is met only because there was nothing to look at.
    vacuous: bool
    #: Why it does not apply.
    because: Optional[str]
    due: Optional[datetime.date]
    days_left: Optional[int]
    findings: Tuple[Finding, ...]
    #: How many findings more than are listed.
    more_findings: int

    @classmethod
    def _of(cls, one: Mapping[str, Any]) -> "Rule":
        return cls(
            id=one["id"],
            title=one["title"],
            group=one["group"],
            severity=one["severity"],
            responsible=one["responsible"],
            remedy=one["remedy"],
            citations=tuple(Citation(**citation) for citation in one["citations"]),
            status=one["status"],
            vacuous=one.get("vacuous", False),
            because=one.get("because"),
            due=_day(one.get("due")),
            days_left=one.get("days_left"),
            findings=tuple(Finding._of(one["id"], finding) for finding in one.get("findings", ())),
            more_findings=one.get("more_findings", 0),
        )


class Shown:
    """How a report of either kind is read by people. It is neither true nor false.

    >>> import bulou
    >>> isinstance(bulou.Pack.load().check(b""), Shown)
    True
    """

    __slots__ = ()
    _native: Any

    def text(self) -> str:
        """For a person, as ``bulou check`` or ``bulou county`` prints it.

        >>> import bulou
        >>> "campus-safety" in bulou.Pack.load().check(b"").text()
        True
        >>> "campus-safety" in bulou.Pack.load().county().report(b"").text()
        True
        """
        shown: str = self._native.text()
        return shown

    def html(self) -> str:
        """A page that needs nothing beside itself.

        >>> import bulou
        >>> bulou.Pack.load().check(b"").html().startswith("<!DOCTYPE html>")
        True
        >>> bulou.Pack.load().county().report(b"").html().startswith("<!DOCTYPE html>")
        True
        """
        page: str = self._native.html()
        return page

    def _repr_html_(self) -> str:
        return framed(self.html())

    def __str__(self) -> str:
        return self.text()

    def __bool__(self) -> bool:
        raise TypeError(" / ".join(_native.words.report_neither_true_nor_false()))


class Report(Shown):
    """What a check answers about one document: the same as ``bulou check`` says of it.

    It is neither true nor false, for a verdict has four values: ask for ``report.passed``.

    >>> import bulou
    >>> report = bulou.Pack.load().check({"学校": {"名称": "南街小学"}}, as_of="2022-06-28", name="南街.json")
    >>> report.verdict, report.passed, report.name
    ('fail', False, '南街.json')
    """

    __slots__ = ("_held", "_native")
    _native: NativeReport

    def __init__(self, native: NativeReport) -> None:
        self._native = native
        self._held: Optional[Dict[str, Any]] = None

    @property
    def verdict(self) -> str:
        """``pass``, ``pending``, ``undetermined`` or ``fail``.

        >>> import bulou
        >>> bulou.Pack.load().check(b"no JSON").verdict
        'undetermined'
        """
        return self._native.verdict

    @property
    def passed(self) -> bool:
        """Whether the verdict is ``pass``: everything holds, and everything could be judged.

        >>> import bulou
        >>> bulou.Pack.load().check(b"").passed
        False
        """
        return self._native.verdict == "pass"

    @property
    def is_submission(self) -> bool:
        """Whether it is about a document of this pack that says whom it is about.

        >>> import bulou
        >>> bulou.Pack.load().check(b"{}").is_submission
        False
        """
        return self._native.is_submission

    @property
    def name(self) -> str:
        """What the document is called: its file, or what the caller said.

        >>> import bulou
        >>> bulou.Pack.load().check(b"{}", name="a.json").name
        'a.json'
        """
        return self._native.name

    @property
    def id(self) -> str:
        """Whom the document is about, by the pack's 标识; empty where it does not say.

        >>> import bulou
        >>> bulou.Pack.load().check(b"{}").id
        ''
        """
        return self._native.subject[0]

    @property
    def school(self) -> str:
        """The same by its 名称.

        >>> import bulou
        >>> bulou.Pack.load().check(b"{}").school
        ''
        """
        return self._native.subject[1]

    @property
    def as_of(self) -> datetime.date:
        """The day that the check speaks of.

        >>> import bulou
        >>> bulou.Pack.load().check(b"{}", as_of="2022-06-28").as_of
        datetime.date(2022, 6, 28)
        """
        return datetime.date.fromisoformat(self._dict["as_of"])

    @property
    def counts(self) -> Dict[str, int]:
        """How many rules have which status.

        >>> import bulou
        >>> bulou.Pack.load().check(b"").counts["pass"]
        0
        """
        return dict(self._dict["counts"])

    @property
    def structure(self) -> Tuple[Problem, ...]:
        """What is wrong with the document itself.

        >>> import bulou
        >>> [problem.code for problem in bulou.Pack.load().check(b"", as_of="2022-06-28").structure]
        ['D014']
        """
        return tuple(Problem(**problem) for problem in self._dict["structure"])

    @property
    def rules(self) -> Tuple[Rule, ...]:
        """Every rule of the pack, in its order; none when the document could not be read.

        >>> import bulou
        >>> bulou.Pack.load().check(b"").rules
        ()
        """
        return tuple(Rule._of(rule) for rule in self._dict["rules"])

    @property
    def findings(self) -> Tuple[Finding, ...]:
        """What was found of all rules, in their order.

        >>> import bulou
        >>> bulou.Pack.load().check(b"").findings
        ()
        """
        return tuple(finding for rule in self.rules for finding in rule.findings)

    @property
    def _dict(self) -> Dict[str, Any]:
        if self._held is None:
            self._held = json.loads(self._native.json(False))
        held: Dict[str, Any] = self._held
        return held

    def json(self) -> str:
        """The report as ``bulou check --format json`` writes it, byte for byte.

        >>> import bulou
        >>> bulou.Pack.load().check(b"").json().splitlines()[0]
        '{'
        """
        return self._native.json(True)

    def ndjson(self) -> str:
        """The same in one line, as ``--format ndjson`` writes it.

        >>> import bulou
        >>> bulou.Pack.load().check(b"").ndjson().count("\\n")
        1
        """
        return self._native.json(False)

    def to_dict(self) -> Dict[str, Any]:
        """The same as Python's own values.

        >>> import bulou
        >>> bulou.Pack.load().check(b"").to_dict()["pack"]["id"]
        'campus-safety'
        """
        held: Dict[str, Any] = json.loads(self._native.json(False))
        return held

    def __repr__(self) -> str:
        return f"<bulou.Report {self.name!r}: {self.verdict}>"


def wrapped(natives: "List[_native.Report]") -> List[Report]:
    """Reports of the extension module for people.

    >>> wrapped([])
    []
    """
    return [Report(native) for native in natives]
