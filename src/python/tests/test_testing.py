"""A pack's cases are tests of pytest."""

import json

from conftest import ROOT

PACK = '''规则集 demo "演示" { 版本 1 }
来源 文 外部 "文"
数据 学校 { 保安人数: 整数 范围 0 至 100 }
规则 保安 "有保安" { 依据 文 要求 保安人数 >= 1 不符 "没有保安" }
'''


def case(title, count, status):
    document = {"规则集": "demo", "保安人数": count}
    return {"说明": title, "今天": "2022-06-28", "数据": document, "期望": {"保安": status}}


def write(folder, cases):
    (folder / "cases").mkdir(parents=True)
    (folder / "demo.bulou").write_text(PACK, "utf8")
    (folder / "cases/one.json").write_text(json.dumps(cases, ensure_ascii=False), "utf8")


def test_a_suite(pytester):
    write(pytester.path / "demo", [case("有", 1, "符合"), case("没有", 0, "不符合"), case("错", 0, "符合")])
    pytester.makepyfile("import bulou.testing\ntest_demo = bulou.testing.suite('demo', covered=True)\n")
    ran = pytester.runpytest_subprocess()
    ran.assert_outcomes(passed=3, failed=1)
    ran.stdout.fnmatch_lines(["*保安:期望符合,实际不符合*", "*expected pass, got fail*"])


def test_a_plugin(pytester):
    write(pytester.path / "demo", [case("有", 1, "符合"), case("错", 0, "符合")])
    (pytester.path / "demo/cases/two.json").write_text("{", "utf8")
    ran = pytester.runpytest_subprocess("-p", "bulou.testing", "demo/cases")
    ran.assert_outcomes(passed=1, failed=2)
    ran.stdout.fnmatch_lines(["*two.json*"])


def test_a_pack_without_cases_fails(pytester):
    (pytester.path / "demo").mkdir()
    (pytester.path / "demo/demo.bulou").write_text(PACK, "utf8")
    pytester.makepyfile("import bulou.testing\ntest_demo = bulou.testing.suite('demo')\n")
    ran = pytester.runpytest_subprocess()
    ran.assert_outcomes(failed=1)


def test_the_pack_that_comes_along(pytester):
    pytester.makepyfile(f"import bulou.testing\ntest_all = bulou.testing.suite({str(ROOT / 'rules/campus-safety')!r}, covered=True)\n")
    ran = pytester.runpytest_subprocess("-q")
    assert ran.ret == 0, ran.stdout.str()[-2000:]
