"""What is refused, in both languages, with a code that does not change."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Tuple


class Error(ValueError):
    """Something that Bulou refuses. Its text is Chinese, then English.

    >>> import bulou
    >>> try:
    ...     bulou.Pack.load().check(b"{}", as_of="2022-02-30")
    ... except bulou.Error as error:
    ...     print(error.code, "|", error.en)
    day | not a day, written YYYY-MM-DD: 2022-02-30
    """

    #: A short name of what is wrong, or the code of a diagnostic (``E012``), which ``bulou explain`` explains.
    code: str
    #: In Chinese.
    zh: str
    #: In English.
    en: str

    def __init__(self, code: str, zh: str, en: str, *more: str) -> None:
        super().__init__(code, zh, en, *more)
        self.code, self.zh, self.en = code, zh, en

    def __str__(self) -> str:
        return self.zh if self.zh == self.en else f"{self.zh}\n{self.en}"


@dataclass(frozen=True)
class Diagnostic:
    """One thing that is wrong with a pack.

    >>> import bulou
    >>> try:
    ...     bulou.Pack.from_files({"a.bulou": "规则"})
    ... except bulou.PackError as error:
    ...     print(error.diagnostics[0].file, error.diagnostics[0].line)
    a.bulou 1
    """

    code: str
    #: Whether the pack cannot be used; else it is a warning.
    error: bool
    file: str
    #: From 1 on.
    line: int
    #: From 1 on, in characters.
    column: int
    message: str
    help: str


class PackError(Error):
    """The rule files have errors; ``code`` is that of the first.

    >>> import bulou
    >>> try:
    ...     bulou.Pack.from_files({"a.bulou": "规则 r"})
    ... except bulou.PackError as error:
    ...     print(error.code in {one.code for one in error.diagnostics})
    True
    """

    #: Everything that is wrong, warnings too, in Chinese.
    diagnostics: Tuple[Diagnostic, ...]
    #: The same in English.
    diagnostics_en: Tuple[Diagnostic, ...]

    def __init__(self, code: str, zh: str, en: str, found: str = "{}") -> None:
        super().__init__(code, zh, en, found)
        both = json.loads(found)
        self.diagnostics = tuple(Diagnostic(**one) for one in both.get("zh", ()))
        self.diagnostics_en = tuple(Diagnostic(**one) for one in both.get("en", ()))


class DayError(Error):
    """A day that is none, or not one."""


class UnfitError(Error):
    """A parameter, waiver, part or option that does not fit."""


class DocumentError(Error):
    """Something that is no document; ``code`` says what is wrong with it."""


class NoDocumentsError(DocumentError):
    """There was nothing to check: that is no success."""


class UnwrittenError(Error):
    """What would be answered is too large."""


class ArrowMissingError(Error, ImportError):
    """pyarrow is not installed, which tables need."""
