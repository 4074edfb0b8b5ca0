"""Columns of Arrow in, tables out: the same as the reports say."""

import datetime
import json

import pytest
from conftest import DAY

import bulou

pa = pytest.importorskip("pyarrow")


@pytest.fixture(scope="module")
def documents(variants):
    return [json.dumps(document, ensure_ascii=False).encode() for document in variants] + [b"{"]


@pytest.fixture(scope="module")
def reports(pack, documents):
    return pack.check_many(documents, as_of=DAY)


@pytest.fixture(scope="module")
def tables(pack, documents):
    return pack.tables(pa.array(documents, pa.binary()), as_of=DAY)


def test_schools(tables, reports):
    rows = tables.schools.to_pylist()
    assert len(rows) == len(reports)
    for place, (row, report) in enumerate(zip(rows, reports)):
        assert row["document"] == place
        assert [row["name"], row["id"], row["school"], row["verdict"], row["is_submission"], row["as_of"]] == [
            report.name, report.id, report.school, report.verdict, report.is_submission, report.as_of
        ]
        assert {status: row[status] for status in report.counts} == report.counts
        assert row["faults"] == sum(not problem.notice for problem in report.structure)
        assert row["sha256"] == report.to_dict()["document"]["sha256"]


def test_statuses(tables, reports):
    rows = iter(tables.statuses.to_pylist())
    for place, report in enumerate(reports):
        for rule in report.rules:
            row = next(rows)
            assert [row["document"], row["id"], row["rule"], row["status"], row["vacuous"], row["because"], row["due"], row["days_left"]] == [
                place, report.id, rule.id, rule.status, rule.vacuous, rule.because, rule.due, rule.days_left
            ]
    assert next(rows, None) is None


def test_findings(tables, reports):
    rows = iter(tables.findings.to_pylist())
    dues = set()
    for place, report in enumerate(reports):
        for problem in report.structure:
            row = next(rows)
            assert [row["document"], row["code"], row["rule"], row["message"], row["paths"]] == [
                place, problem.code, None, problem.message, [problem.path]
            ]
            assert row["status"] == ("notice" if problem.notice else "fault")
        for rule in report.rules:
            for finding in rule.findings:
                row = next(rows)
                assert [row["document"], row["code"], row["rule"], row["message"], tuple(row["paths"])] == [
                    place, None, rule.id, finding.message, finding.paths
                ]
                assert row["status"] == ("hint" if rule.status == "hint" else finding.status)
                assert [row["due"], row["days_left"], row["done"]] == [finding.due, finding.days_left, finding.done]
                assert [row["title"], row["remedy"], row["responsible"]] == [rule.title, rule.remedy, rule.responsible]
                dues.add(finding.due)
            if rule.more_findings:
                assert next(rows)["more"] == rule.more_findings
    assert next(rows, None) is None
    assert any(isinstance(due, datetime.date) for due in dues)


def test_every_cap_is_told(pack):
    pieces = bulou.Pack.from_files({"a.bulou": '''
规则集 demo "演示" { 版本 1 }
来源 文 外部 "文"
记录 人员 { 名: 文本 }
数据 学校 { 人: [人员] }
规则 r "名" { 依据 文 要求 每个 人 满足 名 = "甲" 不符 "{名} 不是" }
'''})
    many = {"规则集": "demo", "人": [{"名": f"乙{number}"} for number in range(1500)]}
    report = pieces.check(many)
    rows = pieces.tables([many]).findings.filter(pa.compute.field("rule") == "r").to_pylist()
    assert report.rules[0].more_findings > 0
    assert rows[-1]["more"] == report.rules[0].more_findings == 1500 - (len(rows) - 1)


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_neither_threads_nor_pieces_change_a_table(pack, documents, tables, jobs):
    column = pa.chunked_array([documents[:7], documents[7:8], documents[8:]], pa.large_binary())
    again = pack.tables(column, as_of=DAY, jobs=jobs)
    listed = pack.tables(documents, as_of=DAY, jobs=jobs)
    for name in ("schools", "statuses", "findings"):
        whole = getattr(tables, name)
        assert getattr(again, name).to_pylist() == whole.to_pylist()
        assert getattr(listed, name).to_pylist() == whole.to_pylist()


def test_what_is_null_did_not_pass(pack):
    made = pack.tables(pa.array(["{}", None, "{}"]), names=["a", "b", None], as_of=DAY)
    assert [row["verdict"] for row in made.schools.to_pylist()] == ["undetermined"] * 3
    assert made.schools["name"].to_pylist() == ["a", "b", "documents[2]"]
    rows = [row for row in made.findings.to_pylist() if row["document"] == 1]
    assert [row["code"] for row in rows] == ["D024"] and "null" in rows[0]["message"]


def test_columns_of_every_kind(pack):
    kinds = [pa.string(), pa.large_string(), pa.binary(), pa.large_binary(), pa.string_view(), pa.binary_view()]
    expected = pack.tables(["{}", "{"], names=["a", "b"], as_of=DAY)
    columns = [pa.array(["{}", "{"]).cast(kind) for kind in kinds] + [pa.array(["{}", "{"]).dictionary_encode()]
    for column in columns:
        for names in (["a", "b"], pa.array(["a", "b"]), pa.chunked_array([["a"], ["b"]])):
            made = pack.tables(column, names=names, as_of=DAY)
            assert made.findings.to_pylist() == expected.findings.to_pylist()
    sliced = pa.array(["no", "{}", "{", "no"]).slice(1, 2)
    assert pack.tables(sliced, names=["a", "b"], as_of=DAY).schools.to_pylist() == expected.schools.to_pylist()


def test_what_is_no_column_of_documents_is_refused(pack):
    for column in [pa.array([1]), pa.array([1.5]), pa.array([{"a": 1}]), pa.array([None]), pa.table({"a": ["{}"]})]:
        with pytest.raises(bulou.DocumentError) as refused:
            pack.tables(column)
        assert refused.value.code == "column"
    for column in [pa.array([], pa.string()), pa.chunked_array([], pa.string()), []]:
        with pytest.raises(bulou.NoDocumentsError):
            pack.tables(column)
    with pytest.raises(bulou.UnfitError):
        pack.tables(["{}"], include=["nothing"])
    with pytest.raises(bulou.UnfitError):
        pack.tables(["{}"], include=[])
    for names in ([], ["a", "b"], pa.array(["a", "b"])):
        with pytest.raises(bulou.UnfitError):
            pack.tables(pa.array(["{}"]), names=names)
    with pytest.raises(bulou.DocumentError):
        pack.tables(pa.array(["{}"]), names=pa.array([1]))


def test_some_tables_alone(pack):
    made = pack.tables(["{}"], include=["findings"])
    assert made.schools is None and made.statuses is None and made.findings.num_rows > 0


def test_batches_have_the_columns_that_are_said(pack, documents):
    names = [f"{number}.json" for number in range(len(documents))]
    source = pa.table({"file": names, "text": pa.array(documents, pa.binary())})
    checker = pack.checker(as_of=DAY)
    for table in ("schools", "statuses", "findings"):
        made = pa.Table.from_batches(checker.batches(source.to_batches(9), column="text", name="file", table=table))
        assert made.schema == checker.schema(table)
        whole = getattr(checker.tables(source["text"], names=source["file"]), table)
        assert made.to_pylist() == whole.to_pylist()
        assert not any(pa.types.is_dictionary(field.type) for field in made.schema)
    empty = source.slice(0, 0).to_batches() or [pa.RecordBatch.from_pylist([], source.schema)]
    assert list(checker.batches(empty, column="text")) == []


def test_pandas_polars_duckdb_take_the_tables(pack, tables):
    rows = tables.findings.num_rows
    pandas, polars, duckdb = map(pytest.importorskip, ["pandas", "polars", "duckdb"])
    assert len(tables.findings.to_pandas()) == rows
    frame = polars.from_arrow(tables.findings)
    assert frame.height == rows
    findings = tables.findings
    assert duckdb.sql("select count(*) from findings where rule is not null or code is not null").fetchall() == [(rows,)]
    documents = ["{}", "{"]
    expected = pack.tables(documents, as_of=DAY).findings.to_pylist()
    assert pack.tables(polars.Series(documents), as_of=DAY).findings.to_pylist() == expected
    assert pack.tables(pandas.Series(documents), as_of=DAY).findings.to_pylist() == expected
    assert findings is not None
