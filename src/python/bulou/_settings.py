"""What a check depends on besides rules and documents, as Python has it."""

from __future__ import annotations

import datetime
import json
import os
import pathlib
from typing import Any, Iterable, Mapping, Optional, Union

from bulou import _native
from bulou._errors import DayError, UnfitError

AsOf = Union[str, datetime.date, None]
Params = Optional[Mapping[str, Union[str, int, datetime.date]]]
Waivers = Union[Iterable[Mapping[str, Any]], "os.PathLike[str]", None]


def day(as_of: AsOf) -> str:
    """The day of a check: today where none is given.

    >>> day(datetime.date(2022, 6, 28))
    '2022-06-28'
    """
    if as_of is None:
        return _native.today()
    if isinstance(as_of, str):
        return as_of
    if isinstance(as_of, datetime.date) and not isinstance(as_of, datetime.datetime):
        return as_of.isoformat()
    kind = type(as_of).__name__
    raise DayError("day", *_native.words.day_no_date_or_text(kind))


def _param(name: object, value: object) -> tuple[str, str]:
    if isinstance(name, str):
        if isinstance(value, str):
            return name, value
        if isinstance(value, int) and not isinstance(value, bool):
            return name, str(value)
        if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
            return name, value.isoformat()
    kind = type(value if isinstance(name, str) else name).__name__
    raise UnfitError("param", *_native.words.param_value_unfit(repr(name), kind))


def _waivers(waivers: Waivers) -> str:
    if waivers is None:
        return "[]"
    if isinstance(waivers, os.PathLike):
        return pathlib.Path(waivers).read_text("utf-8-sig")

    def plain(value: object) -> str:
        if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
            return value.isoformat()
        raise TypeError(type(value).__name__)

    try:
        return json.dumps(list(waivers), default=plain, allow_nan=False)
    except (TypeError, ValueError) as error:
        raise UnfitError("waivers", *_native.words.these_no_waivers(str(error))) from error


def settings(as_of: AsOf, params: Params, waivers: Waivers, lang: str) -> "_native.Settings":
    """All of it for the extension module.

    >>> settings("2022-06-28", {"每日巡查下限": 3}, None, "zh").lang
    'zh'
    """
    given = dict(_param(name, value) for name, value in (params or {}).items())
    return _native.Settings(day(as_of), given, _waivers(waivers), lang)


def threads(jobs: Optional[int]) -> int:
    """How many threads: as many as there are processors, or what is said.

    >>> threads(3)
    3
    """
    if jobs is None:
        return os.cpu_count() or 1
    if isinstance(jobs, bool) or not isinstance(jobs, int) or jobs < 1:
        raise UnfitError("jobs", *_native.words.jobs_positive_whole_number(repr(jobs)))
    return min(jobs, 1024)
