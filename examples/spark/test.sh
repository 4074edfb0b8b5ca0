#!/bin/sh
# Runs the roll-up on Spark in local mode, and beside it in one process: the reports must be the same, byte for byte.
#   examples/spark/test.sh BULOU [DOCUMENTS]
# Needs Python 3 with venv, Java 17 and network access to PyPI for the first run. PYTHON names a Python that has pyspark.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
bulou=$(realpath "${1:?the path of bulou}")
count=${2:-2000}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if [ -z "${PYTHON:-}" ]; then
  venv=${SPARK_VENV:-$here/.venv}
  [ -x "$venv/bin/python" ] || python3 -m venv "$venv"
  PYTHON=$venv/bin/python
  "$PYTHON" -m pip install --quiet --requirement "$here/requirements.txt"
fi
"$PYTHON" "$here/documents.py" "$count" "$work"
day=2022-06-28
code() { "$@" || [ $? -le 2 ]; }
code "$bulou" county --as-of $day --name-by hash --ndjson --format json --county "$work/county.json" \
  -o "$work/one.json" "$work"/part-*.ndjson
for partitions in 3 8; do
  code "$PYTHON" "$here/rollup.py" --bulou "$bulou" --as-of $day --partitions $partitions --county "$work/county.json" \
    -o "$work/spark.json" "$work/part-*.ndjson"
  cmp "$work/one.json" "$work/spark.json"
  rm "$work/spark.json"
done
"$PYTHON" - "$work/one.json" "$count" <<'PY'
import json, sys
report, count = json.load(open(sys.argv[1])), int(sys.argv[2])
schools = report["schools"]
assert len(report["by_school"]) == count and len(schools["unreadable"]) == 2 and len(schools["duplicate"]) == 1, schools
print(f"{count} documents: the same report from one process, from 3 partitions and from 8")
PY
