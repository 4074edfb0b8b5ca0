//! `cargo run --release --manifest-path tests/bench/Cargo.toml --bin county -- BULOU COUNTY.json FILE.ndjson…`: the
//! county's roll-up by the program `BULOU`, beside `serde_json` that reads the same bytes into `Value` on one core.
//! For each file: documents a second, CPU time, processors used, peak memory. Linux, whose `/proc` tells.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Ticks a second in `/proc/PID/stat`, on every Linux since 2.6.
const TICKS: f64 = 100.0;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [bulou, county, files @ ..] = args.as_slice() else { panic!("BULOU COUNTY.json FILE.ndjson…") };
    let mut peaks = Vec::new();
    for file in files {
        let (documents, bytes, value) = value(file);
        let count = documents as f64;
        println!("{file}: {documents} documents, {:.1} KB each", bytes as f64 / 1e3 / count);
        println!("  serde_json Value, one core      {:8.0} documents/s {:7.2} s", count / value.as_secs_f64(), value.as_secs_f64());
        let run = |what: &str, more: &[&str]| {
            let measured = measure(bulou, &[&["county", "--as-of", "2022-06-28", "--county", county, "-o", "/dev/null"], more, &[file]].concat());
            let seconds = measured.elapsed.as_secs_f64();
            println!(
                "  {what:31} {:8.0} documents/s {seconds:7.2} s, CPU {:.2} s on {:.2} processors, peak {:.1} MB, {:.2} × Value",
                count / seconds,
                measured.cpu,
                measured.cpu / seconds,
                measured.peak as f64 / 1e6,
                measured.cpu / value.as_secs_f64(),
            );
            measured.peak
        };
        run("bulou county, one thread", &["--jobs", "1"]);
        let text = run("bulou county, all threads", &[]);
        let json = run("bulou county --format json", &["--format", "json"]);
        run("bulou county --partial", &["--partial"]);
        peaks.push((count, text, json));
    }
    for (smaller, larger) in peaks.iter().zip(peaks.iter().skip(1)) {
        let slope = |one: u64, other: u64| (other as f64 - one as f64) / (larger.0 - smaller.0);
        println!(
            "memory a school from {} to {}: {:.0} bytes as text, {:.0} as JSON",
            smaller.0, larger.0, slope(smaller.1, larger.1), slope(smaller.2, larger.2)
        );
    }
}

/// Documents, bytes, and how long `serde_json` takes to read each into a `Value`.
fn value(file: &str) -> (usize, usize, Duration) {
    let mut reader = BufReader::with_capacity(1 << 16, std::fs::File::open(file).expect("the file"));
    let (mut line, mut documents, mut bytes, mut time) = (Vec::new(), 0, 0, Duration::ZERO);
    while reader.read_until(b'\n', &mut line).expect("read") > 0 {
        let start = Instant::now();
        serde_json::from_slice::<serde_json::Value>(&line).expect("JSON");
        time += start.elapsed();
        documents += 1;
        bytes += line.len();
        line.clear();
    }
    (documents, bytes, time)
}

struct Measured {
    elapsed: Duration,
    /// Seconds of all its threads.
    cpu: f64,
    /// Bytes resident at the most.
    peak: u64,
}

fn measure(program: &str, args: &[&str]) -> Measured {
    let before = children();
    let start = Instant::now();
    let mut child = Command::new(program).args(args).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts");
    // The mark only rises: what is read last before the end is the peak, but for what the last moment adds.
    let mut peak = 0;
    while running(&mut child) {
        peak = peak.max(high_water(child.id()).unwrap_or_default());
        std::thread::sleep(Duration::from_millis(2));
    }
    Measured { elapsed: start.elapsed(), cpu: children() - before, peak }
}

fn running(child: &mut Child) -> bool {
    child.try_wait().expect("a state").is_none()
}

/// `VmHWM` of a process, in bytes.
fn high_water(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(Path::new("/proc").join(process.to_string()).join("status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()? * 1024)
}

/// CPU seconds of all children that ended.
fn children() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("proc");
    let after = stat.rsplit(')').next().expect("fields");
    let fields: Vec<&str> = after.split_whitespace().collect();
    // Fields 16 and 17 of the whole line, of which the first two stand before.
    let ticks = |at: usize| fields[at].parse::<f64>().expect("ticks");
    (ticks(13) + ticks(14)) / TICKS
}
