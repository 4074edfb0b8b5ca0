"""Bulou (不漏, "nothing left out"): a rules and compliance checker.

>>> import bulou
>>> pack = bulou.Pack.from_files({"demo.bulou": '''
... 规则集 demo "演示" { 版本 1 }
... 来源 文 外部 "文"
... 数据 学校 { 保安人数: 整数 范围 0 至 100 }
... 规则 保安 "有保安" { 依据 文 要求 保安人数 >= 1 不符 "没有保安" }
... '''}, lang="en")
>>> pack.check({"规则集": "demo", "保安人数": 2}).passed
True
>>> report = pack.check({"规则集": "demo", "保安人数": 0})
>>> report.verdict, report.findings[0].message
('fail', '没有保安')

What is missing is never met:

>>> pack.check({"规则集": "demo"}).verdict
'undetermined'
"""

import sys as _sys
from pathlib import Path as _Path

from bulou import _native
from bulou._checker import Checker, Tables
from bulou._county import County, CountyReport
from bulou._errors import (
    ArrowMissingError,
    DayError,
    Diagnostic,
    DocumentError,
    Error,
    NoDocumentsError,
    PackError,
    UnfitError,
    UnwrittenError,
)
from bulou._pack import Case, Cases, Pack
from bulou._report import Citation, Finding, Problem, Report, Rule

__version__: str = _native.__version__

# Workbooks of others are parsed in a process of their own, which is this command line; nothing of the current folder is
# imported there.
_COMMAND = "import sys; sys.path[0] = sys.argv.pop(1); from bulou.__main__ import main; sys.exit(main())"
_native.started_by(_sys.executable or "python3", ["-s", "-S", "-c", _COMMAND, str(_Path(__file__).resolve().parents[1])])

__all__ = [
    "ArrowMissingError",
    "Case",
    "Cases",
    "Checker",
    "Citation",
    "County",
    "CountyReport",
    "DayError",
    "Diagnostic",
    "DocumentError",
    "Error",
    "Finding",
    "NoDocumentsError",
    "Pack",
    "PackError",
    "Problem",
    "Report",
    "Rule",
    "Tables",
    "UnfitError",
    "UnwrittenError",
    "__version__",
]
