"""Whether openpyxl reads the mutants of a workbook as Bulou does (`cargo xtask reread PYTHON`, openpyxl 3.1.5).

For each mutant that Bulou reads without a word, openpyxl must see another content exactly where Bulou does. What openpyxl
cannot open is counted: it minds how cells look, and that cannot be read otherwise by it. Cells whose content no document
holds, such as titles, are compared by nobody; a letter by its number (`_x0061_`) is one to Excel and Bulou alone.
"""

import collections
import datetime
import json
import pathlib
import sys
import warnings

from openpyxl import load_workbook

warnings.simplefilter("ignore")


def plain(value):
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, str):
        return "".join(value.split()) or None
    return value


def answers(path):
    """The answers of the form and of the list, by the keys beside and above them."""
    book = load_workbook(path, data_only=True)
    form, rows = {}, []
    if "填报表" in book:
        for row in book["填报表"].iter_rows(min_row=3):
            values = [plain(cell.value) for cell in row]
            for at, value in enumerate(values):
                if isinstance(value, str) and value.startswith("/") and at >= 2 and value.strip("/") != "表":
                    form[value] = values[1]
    if "表" in book:
        for row in book["表"].iter_rows(min_row=4):
            values = [plain(cell.value) for cell in row]
            if any(value is not None for value in values):
                rows.append(values)
    return form, rows


folder = pathlib.Path(sys.argv[1])
before = json.loads((folder / "before.json").read_text())["told"]
expected = answers(folder / "before.xlsx")
assert expected[0]["/校"] == "南街小学" and len(expected[1]) == 2, expected
counts, wrong = collections.Counter(), []
for path in sorted(folder.glob("[0-9]*.json")):
    said = json.loads(path.read_text())
    document, told = said["told"]
    if told:
        counts["told"] += 1
        continue
    try:
        found = answers(path.with_suffix(".xlsx"))
    except Exception:  # whatever openpyxl says of it
        counts["openpyxl does not open"] += 1
        continue
    ours, theirs = document == before[0], found == expected
    counts["same" if ours and theirs else "changed" if ours == theirs else "apart"] += 1
    is_escape, is_blank = said["what"].endswith(" escape"), said["what"].startswith("t blank")
    if ours != theirs and not (is_escape or is_blank):
        wrong.append(f"{path.stem} {said['part']}: {said['what']}: {found}")
print(dict(counts))
print("\n".join(wrong))
sys.exit(1 if wrong else 0)
