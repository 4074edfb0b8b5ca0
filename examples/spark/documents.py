"""Documents for the test: variants of the samples in NDJSON files, with one school twice and two lines that are broken."""
import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
count, folder = int(sys.argv[1]), pathlib.Path(sys.argv[2])
samples = [json.loads(path.read_text("utf8")) for path in sorted((ROOT / "tests/samples").glob("*.json"))]


def document(number, day):
    value = json.loads(json.dumps(samples[number % len(samples)]))
    value["学校"].update({"标识码": f"2141{number:06}", "名称": f"第{number}小学"})
    value["填报"]["日期"] = day
    return json.dumps(value, ensure_ascii=False).encode()


lines = [document(number, f"2022-06-{25 + number % 4}") for number in range(count)]
lines += [document(1, "2022-06-20"), b"{ broken", '{"学校": "国标"'.encode("gb18030")]
files = 7
for part in range(files):
    (folder / f"part-{part}.ndjson").write_bytes(b"\n".join(lines[part::files]) + b"\n" * (part % 2))
county = json.loads((ROOT / "tests/county/全县.json").read_text("utf8"))
row = county["名册"][0]
county["名册"] += [row | {"标识码": f"2141{number:06}", "名称": f"第{number}小学"} for number in range(0, count, 2)]
(folder / "county.json").write_text(json.dumps(county, ensure_ascii=False), "utf8")
