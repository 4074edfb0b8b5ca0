"""The library says what the command line says, byte for byte."""

import json

import pytest
from conftest import DAY, ROOT, command

import bulou

HOSTILE = {
    "空.json": b"",
    "截断.json": b'{"\xe5\xad\xa6\xe6\xa0\xa1": {',
    "数组.json": b"[]",
    "NaN.json": b'{"a": NaN}',
    "重复.json": '{"学校": {}, "学校": {}}'.encode(),
    "国标.json": '{"学校": {"名称": "南街小学"}}'.encode("gb18030"),
    "带标记.json": '{"学校": {"名称": "南街小学"}}'.encode("utf-8-sig"),
    "宽.json": '{"学校": {}}'.encode("utf-16"),
    "图.json": b"\x89PNG\r\n\x1a\n",
    "深.json": b'{"a":' * 500 + b"1" + b"}" * 500,
}


def same(pack, path, lang="zh"):
    out, code, _ = command("check", "--as-of", DAY, "--lang", lang, "--format", "json", path)
    report = pack.check(path, as_of=DAY, lang=lang)
    assert report.json().encode() == out, path
    assert (code == 0) == (report.verdict in ("pass", "pending") and report.is_submission), path
    return report


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_samples(pack, samples, lang):
    for path in samples:
        report = same(pack, path, lang)
        # The same bytes and name, however they come.
        for document in [path.read_bytes(), path.read_text("utf8"), bytearray(path.read_bytes())]:
            assert pack.check(document, name=path.name, as_of=DAY, lang=lang).json() == report.json()
        text, _, _ = command("check", "--as-of", DAY, "--lang", lang, path)
        assert report.text().encode() == text
        page, _, _ = command("check", "--as-of", DAY, "--lang", lang, "--format", "html", path)
        assert report.html().encode() == page
        line, _, _ = command("check", "--as-of", DAY, "--lang", lang, "--format", "ndjson", path)
        assert report.ndjson().encode() == line


def test_hostile_files(pack, tmp_path):
    for name, content in HOSTILE.items():
        path = tmp_path / name
        path.write_bytes(content)
        assert not same(pack, path).passed, name
    assert not same(pack, tmp_path / "没有.json").passed


def test_what_may_hold_several(pack, tmp_path):
    path = tmp_path / "不是工作簿.xlsx"
    path.write_bytes(b"PK\x03\x04not a workbook")
    out, code, _ = command("check", "--as-of", DAY, "--format", "ndjson", path)
    reports = pack.check_files(path, as_of=DAY)
    assert "".join(report.ndjson() for report in reports).encode() == out and code == 2
    assert not any(report.passed for report in reports)


def test_a_workbook_is_parsed_in_a_process_of_its_own(pack, tmp_path):
    path = tmp_path / "空表.xlsx"
    _, code, told = command("template", "--format", "xlsx", "-o", path)
    assert code == 0, told
    report = same(pack, path)
    assert report.rules and not report.passed
    assert pack.check(path.read_bytes(), name=path.name, as_of=DAY).json() == report.json()


def test_lines_folders_and_many(pack, variants, tmp_path):
    path = tmp_path / "many.ndjson"
    lines = [json.dumps(document, ensure_ascii=False) for document in variants]
    path.write_text("\n".join([*lines, "{ broken", ""]), "utf8")
    out, _, _ = command("check", "--as-of", DAY, "--format", "ndjson", "--jobs", "2", path)
    for jobs in (1, 3):
        reports = pack.check_files(path, as_of=DAY, jobs=jobs)
        assert "".join(report.ndjson() for report in reports).encode() == out
    names = [f"many.ndjson:{number}" for number in range(1, len(lines) + 1)]
    many = pack.check_many(lines, names=names, as_of=DAY)
    assert [report.json() for report in many] == [report.json() for report in reports[: len(lines)]]
    out, _, _ = command("check", "--as-of", DAY, "--format", "ndjson", ROOT / "tests/samples", path)
    reports = pack.check_files(ROOT / "tests/samples", path, as_of=DAY)
    assert "".join(report.ndjson() for report in reports).encode() == out


def test_settings(pack, samples, tmp_path):
    report = pack.check(samples[0], as_of=DAY, params={"每日巡查下限": 9})
    out, _, _ = command("check", "--as-of", DAY, "--param", "每日巡查下限=9", "--format", "json", samples[0])
    assert report.json().encode() == out
    failing = next(rule.id for path in samples for rule in pack.check(path, as_of=DAY).rules if rule.status == "fail")
    path = next(path for path in samples if any(r.id == failing and r.status == "fail" for r in pack.check(path, as_of=DAY).rules))
    waiver = {
        "标识码": pack.check(path, as_of=DAY).id,
        "规则": failing,
        "理由": "施工期间",
        "批准": "县教育局",
        "自": "2022-06-01",
        "至": "2022-07-31",
    }
    file = tmp_path / "waivers.json"
    file.write_text(json.dumps([waiver], ensure_ascii=False), "utf8")
    out, _, _ = command("check", "--as-of", DAY, "--waivers", file, "--format", "json", path)
    for given in ([waiver], file):
        assert pack.check(path, as_of=DAY, waivers=given).json().encode() == out


def test_the_command_line_is_whole():
    out, code, _ = command("--version")
    assert code == 0 and out.decode().strip() == f"bulou {bulou.__version__}"
    assert command("check")[1] == 2
    out, code, _ = command("test", ROOT / "rules/campus-safety")
    assert code == 0, out.decode()
    out, code, _ = command("check", "-", "--as-of", DAY, stdin=b"{}")
    assert code == 2


def test_counties(pack, samples, variants, tmp_path):
    roster = ROOT / "tests/county/全县.json"
    words = ["county", "--as-of", DAY, "--county", roster, "--format", "json", *samples]
    out, _, _ = command(*words)
    county = pack.county(as_of=DAY)
    for path in samples:
        assert county.add(path).json() == pack.check(path, as_of=DAY).json()
    report = county.report(roster)
    assert report.json().encode() == out
    again = pack.county(as_of=DAY)
    assert again.add_many(samples, jobs=2) == len(samples)
    assert again.report(roster).json().encode() == out
    # Parts, of this library or of the command line, add up to the same.
    file = tmp_path / "part"
    _, code, _ = command("county", "--as-of", DAY, "--partial", "-o", file, samples[0])
    whole = pack.county(as_of=DAY)
    whole.merge(file.read_bytes())
    rest = pack.county(as_of=DAY)
    rest.add_many(samples[1:])
    whole.merge(rest.partial())
    assert whole.report(roster).json().encode() == out
    assert whole.report(roster, earlier=report.json()).to_dict()["since"]
    text, _, _ = command("county", "--as-of", DAY, "--county", roster, *samples)
    assert report.text().encode() == text
