#!/usr/bin/env python3
"""A roll-up of many documents on Spark: each partition becomes a partial state, and these merge into the report.

    rollup.py --county 全县.json --as-of 2022-06-28 -o report.json submissions/*.ndjson

A partition is fed to `bulou county --partial -`, a pure filter from documents to state; partial states merge in any
order and any grouping to the same report. Files are read as bytes, so that a document that is broken or in another
encoding is the same document as without Spark. Documents are named by their hash (`--name-by hash`), for a line's
number would depend on how the lines were split.
"""
import argparse
import pathlib
import shutil
import subprocess
import sys
import tempfile

from pyspark.sql import SparkSession

MERGED_AT_ONCE = 16


def filter_through(command, data):
    """What a command makes of bytes. Its complaint is the error of the task, and Spark tries it again elsewhere; that a
    document cannot be read is no such complaint, for the state holds it and the report names it."""
    done = subprocess.run(command, input=data, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode != 0 and not done.stdout:
        raise RuntimeError(done.stderr.decode("utf-8", "replace"))
    return done.stdout


def partial(bulou, rules):
    """From the files of one partition to one state."""
    def run(files):
        lines = b"".join(content if content.endswith(b"\n") else content + b"\n" for _, content in files)
        if lines:
            yield filter_through([bulou, "county", "--partial", "--ndjson", "--name-by", "hash", *rules, "-"], lines)
    return run


def merged(bulou, rules):
    """From several states to one."""
    def run(states):
        states = list(states)
        with tempfile.TemporaryDirectory() as folder:
            parts = [pathlib.Path(folder, str(number)) for number in range(len(states))]
            for part, state in zip(parts, states):
                part.write_bytes(state)
            if parts:
                yield filter_through([bulou, "county", "--partial", *rules, "--merge", *map(str, parts)], b"")
    return run


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", help="NDJSON, or a pattern that Spark expands")
    parser.add_argument("--county", required=True)
    parser.add_argument("--as-of", required=True, help="one day for all parts, whenever they run")
    parser.add_argument("--bulou", default=shutil.which("bulou"), help="the program, at the same path on every worker")
    parser.add_argument("--partitions", type=int, default=8)
    parser.add_argument("--format", default="json")
    parser.add_argument("-o", "--output", required=True)
    args = parser.parse_args()
    rules = ["--as-of", args.as_of]

    spark = SparkSession.builder.appName("bulou").getOrCreate()
    context = spark.sparkContext
    files = context.binaryFiles(",".join(args.files), args.partitions).repartition(args.partitions)
    states = files.mapPartitions(partial(args.bulou, rules))
    while states.getNumPartitions() > 1:
        fewer = max(1, states.getNumPartitions() // MERGED_AT_ONCE)
        # Not coalesce, which would let one task do the work of all parts before.
        states = states.repartition(fewer).mapPartitions(merged(args.bulou, rules))
    state = states.collect()
    spark.stop()

    if not state:
        sys.exit("no documents")
    with tempfile.NamedTemporaryFile() as part:
        part.write(state[0])
        part.flush()
        command = [args.bulou, "county", *rules, "--county", args.county, "--merge", part.name]
        done = subprocess.run([*command, "--format", args.format, "-o", args.output])
    sys.exit(done.returncode)


if __name__ == "__main__":
    main()
