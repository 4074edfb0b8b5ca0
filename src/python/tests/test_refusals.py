"""Nothing bad passes in silence, and nothing bad costs the rest."""

import datetime
import decimal
import json
import math
import pathlib
import pickle
import sys
import threading

import pytest
from conftest import DAY

import bulou

NOT_DOCUMENTS = [None, 3, 3.5, math.nan, True, object(), ["{}"], ("{}",), {1, 2}, iter([]), decimal.Decimal(1)]
NOT_JSON = [
    ({"a": math.nan}, "nan", "/a"),
    ({"a": [1, {"b": math.inf}]}, "nan", "/a/1/b"),
    ({1: "a"}, "key", "the value"),
    ({"a": {None: 1}}, "key", "/a"),
    ({"a": {1, 2}}, "type", "/a"),
    ({"a/b~": b"bytes"}, "type", "/a~1b~0"),
    ({"a": datetime.datetime(2022, 6, 28)}, "type", "/a"),
    ({"a": decimal.Decimal("1.5")}, "type", "/a"),
    ({"a": "\ud800"}, "surrogate", "/a"),
]


def test_what_is_no_document_is_refused_by_its_type(pack):
    for value in NOT_DOCUMENTS:
        with pytest.raises(bulou.DocumentError) as refused:
            pack.check(value)
        error = refused.value
        assert error.code == "type" and type(value).__name__ in error.zh and type(value).__name__ in error.en
        assert str(error) == f"{error.zh}\n{error.en}"


@pytest.mark.parametrize(("value", "code", "place"), NOT_JSON, ids=[place for _, _, place in NOT_JSON])
def test_what_json_does_not_have_is_refused_by_its_place(pack, value, code, place):
    with pytest.raises(bulou.DocumentError) as refused:
        pack.check(value)
    assert refused.value.code == code and place in refused.value.en, refused.value


def test_a_value_that_holds_itself(pack):
    value = {}
    value["a"] = [value]
    with pytest.raises(bulou.DocumentError) as refused:
        pack.check(value)
    assert refused.value.code == "nesting"


def test_a_dict_is_its_json(pack, samples):
    for path in samples:
        document = json.loads(path.read_text("utf8"))
        compact = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
        assert pack.check(document, as_of=DAY).json() == pack.check(compact, as_of=DAY).json()
    whole = {"a": 10**400, "b": -1, "c": 1.5, "d": [True, False, None], "e": "\"\\\n\u2028", "f": datetime.date(2022, 6, 28)}
    text = json.dumps({**whole, "f": "2022-06-28"}, ensure_ascii=False, separators=(",", ":"))
    assert pack.check(whole, as_of=DAY).to_dict()["document"] == pack.check(text, as_of=DAY).to_dict()["document"]


def test_a_text_that_is_a_path_is_refused(pack, samples):
    for text in [str(samples[0]), "没有.json", "school.XLSX", str(samples[0].parent)]:
        with pytest.raises(bulou.DocumentError) as refused:
            pack.check(text)
        assert refused.value.code == "path"
    # Else it is a document that is no JSON.
    assert pack.check("hello").structure[0].code == pack.check(b"hello").structure[0].code
    assert pack.check("").structure[0].code == "D014"


def test_several_files_are_not_one(pack, samples, tmp_path):
    lines = tmp_path / "a.ndjson"
    lines.write_text("{}\n{}\n")
    for path in [samples[0].parent, lines]:
        with pytest.raises(bulou.DocumentError) as refused:
            pack.check(path)
        assert refused.value.code == "several"


def test_one_bad_document_never_loses_the_others(pack, samples, tmp_path):
    good = [path.read_bytes() for path in samples]
    bad = [None, math.nan, b"{", "没有.json", {"a": math.nan}, tmp_path, tmp_path / "没有.json", object()]
    mixed = [one for pair in zip(bad, good * 3) for one in pair]
    for jobs in (1, 2, 7):
        reports = pack.check_many(mixed, as_of=DAY, jobs=jobs)
        assert len(reports) == len(mixed)
        for index, (report, document) in enumerate(zip(reports, mixed)):
            if document in good:
                assert report.json() == pack.check(document, name=f"documents[{index}]", as_of=DAY).json()
            else:
                assert not report.passed and not report.is_submission and not report.rules and report.structure
    assert "NoneType" in reports[0].structure[0].message and reports[0].structure[0].code == "D024"
    assert "/a" in reports[8].structure[0].message


def test_no_documents_are_an_error(pack):
    for documents in ([], (), iter([]), {}.values()):
        with pytest.raises(bulou.NoDocumentsError):
            pack.check_many(documents)
        with pytest.raises(bulou.NoDocumentsError):
            pack.county().add_many(documents)
    with pytest.raises(bulou.NoDocumentsError):
        pack.check_files()


def test_one_document_is_not_many(pack, samples):
    for one in ["{}", b"{}", {}, samples[0]]:
        with pytest.raises(bulou.DocumentError) as refused:
            pack.check_many(one)
        assert refused.value.code == "single"
    for one in [None, 3]:
        with pytest.raises(bulou.DocumentError):
            pack.check_many(one)


def test_names_are_as_many_as_documents(pack):
    for names in ([], ["a"], ["a", "b", "c"]):
        with pytest.raises(bulou.UnfitError) as refused:
            pack.check_many([b"{}", b"{}"], names=names)
        assert refused.value.code == "names"
    with pytest.raises(bulou.UnfitError):
        pack.check_many([b"{}"], names=[3])


def test_what_an_iterator_raises_is_raised(pack):
    def broken():
        yield b"{}"
        raise RuntimeError("disk")

    with pytest.raises(RuntimeError, match="disk"):
        pack.check_many(broken())


def test_settings_that_do_not_fit(pack):
    for as_of in ["2022-02-30", "28.6.2022", "", datetime.datetime(2022, 6, 28), 20220628, math.nan]:
        with pytest.raises(bulou.DayError):
            pack.check(b"{}", as_of=as_of)
    for params in [{"没有的参数": 3}, {"每日巡查下限": -5}, {"每日巡查下限": True}, {"每日巡查下限": 1.5}, {3: "a"}]:
        with pytest.raises(bulou.UnfitError):
            pack.check(b"{}", params=params)
    for waivers in [[{}], [{"标识码": "1"}], "[]", [{"a": object()}], [math.nan]]:
        with pytest.raises(bulou.UnfitError):
            pack.check(b"{}", waivers=waivers)
    for jobs in [0, -1, 1.5, True, "2"]:
        with pytest.raises(bulou.UnfitError):
            pack.check_many([b"{}"], jobs=jobs)
    with pytest.raises(bulou.Error):
        pack.check(b"{}", lang="fr")
    assert pack.check(b"{}", as_of=datetime.date(2022, 6, 28)).as_of == datetime.date(2022, 6, 28)


def test_what_is_wrong_with_a_pack_is_said_in_both_languages():
    with pytest.raises(bulou.PackError) as refused:
        bulou.Pack.from_files({"a.bulou": '规则 r "乙" { 要求 好 且 坏 }'})
    error = refused.value
    assert len(error.diagnostics) == len(error.diagnostics_en) > 1 and error.code.startswith("E")
    assert error.zh.startswith("规则集有错误") and error.en.startswith("the pack has errors")
    assert error.diagnostics[0].message != error.diagnostics_en[0].message
    assert str(pickle.loads(pickle.dumps(error))) == str(error)
    for path in [pathlib.Path("没有"), __file__]:
        with pytest.raises(bulou.UnfitError) as refused:
            bulou.Pack.load(path)
        assert str(path) in refused.value.zh and str(path) in refused.value.en


def test_a_report_is_neither_true_nor_false(pack):
    with pytest.raises(TypeError, match=r"report\.passed"):
        bool(pack.check(b"{}"))
    with pytest.raises(TypeError, match=r"report\.passed"):
        bool(pack.county().report(b"{}"))


def test_packs_and_checkers_go_to_other_processes(pack, samples):
    again = pickle.loads(pickle.dumps(pack))
    assert (again.id, again.sha256, again.lang) == (pack.id, pack.sha256, pack.lang)
    checker = pickle.loads(pickle.dumps(pack.checker(as_of=DAY, params={"每日巡查下限": 9}, lang="en")))
    expected = pack.check(samples[0], as_of=DAY, params={"每日巡查下限": 9}, lang="en")
    assert checker.check(samples[0]).json() == expected.json()


def test_other_threads_run_while_documents_are_checked(pack, samples):
    """The interpreter is free: this thread sees the other one within its call, and goes on."""
    document, state = samples[0].read_bytes(), []

    def documents():
        for _ in range(255):
            yield document
        state.append("all given")
        yield document

    def work():
        reports = pack.check_many(documents(), as_of=DAY)
        state.append("done")
        state.append(len(reports))

    worker = threading.Thread(target=work)
    worker.start()
    turns = 0
    while worker.is_alive():
        turns += state == ["all given"]
    worker.join()
    assert state == ["all given", "done", 256]
    assert turns > 200, turns


def test_an_interrupt_is_heard(pack):
    def documents():
        yield b"{}"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        pack.check_many(documents())


def test_a_page_within_a_notebook(pack, samples):
    page = pack.check(samples[0], as_of=DAY)._repr_html_()
    assert page.startswith("<iframe sandbox srcdoc=") and "<script" not in page and page.count('"') == 4


def test_numpy_like_numbers(pack):
    class Whole:
        def __index__(self):
            return 7

    class Number(float):
        def __repr__(self):
            return "Number()"

    text = '{"a":7,"b":1.5}'
    made = pack.check({"a": Whole(), "b": Number(1.5)}, as_of=DAY).to_dict()["document"]
    assert made == pack.check(text, as_of=DAY).to_dict()["document"]
    assert sys.version_info >= (3, 9)
