//! `cargo run --release --manifest-path tests/bench/Cargo.toml --bin county -- BULOU (COUNTY.json FILE.ndjson)…`: the
//! county's roll-up by the program `BULOU`, beside `serde_json` that reads the same bytes into `Value` on one core.
//! For each pair: documents a second, CPU time, processors used, peak memory; then what a school more takes. CPU time
//! is what to compare on a machine that does other work as well. Linux, whose `/proc` tells.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Ticks a second in `/proc/PID/stat`, on every Linux since 2.6.
const TICKS: f64 = 100.0;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [bulou, pairs @ ..] = args.as_slice() else { panic!("BULOU (COUNTY.json FILE.ndjson)…") };
    let mut peaks = Vec::new();
    for pair in pairs.chunks(2) {
        let [county, file] = pair else { panic!("a county's document and its schools'") };
        let (documents, bytes, value) = value(file);
        let count = documents as f64;
        println!("{file}: {documents} documents, {:.1} KB each", bytes as f64 / 1e3 / count);
        println!("  serde_json Value, one core: CPU {value:.2} s, {:.0} documents a CPU second", count / value);
        let run = |what: &str, more: &[&str]| {
            let measured = measure(bulou, &[&["county", "--as-of", "2022-06-28", "--county", county, "-o", "/dev/null"], more, &[file]].concat());
            let seconds = measured.elapsed.as_secs_f64();
            println!(
                "  {what}: {seconds:.2} s, {:.0} documents/s; CPU {:.2} s on {:.2} processors, {:.2} × Value; peak {:.1} MB",
                count / seconds,
                measured.cpu,
                measured.cpu / seconds,
                measured.cpu / value,
                measured.peak as f64 / 1e6,
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

/// Documents, bytes, and the CPU seconds in which `serde_json` reads each into a `Value`.
fn value(file: &str) -> (usize, usize, f64) {
    let mut reader = BufReader::with_capacity(1 << 16, std::fs::File::open(file).expect("the file"));
    let (mut line, mut documents, mut bytes) = (Vec::new(), 0, 0);
    let before = cpu(OWN);
    while reader.read_until(b'\n', &mut line).expect("read") > 0 {
        serde_json::from_slice::<serde_json::Value>(&line).expect("JSON");
        documents += 1;
        bytes += line.len();
        line.clear();
    }
    (documents, bytes, cpu(OWN) - before)
}

struct Measured {
    elapsed: Duration,
    /// Seconds of all its threads.
    cpu: f64,
    /// Bytes resident at the most.
    peak: u64,
}

fn measure(program: &str, args: &[&str]) -> Measured {
    let before = cpu(CHILDREN);
    let start = Instant::now();
    let mut child = Command::new(program).args(args).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts");
    // The mark only rises: what is read last before the end is the peak, but for what the last moment adds.
    let mut peak = 0;
    while running(&mut child) {
        peak = peak.max(high_water(child.id()).unwrap_or_default());
        std::thread::sleep(Duration::from_millis(2));
    }
    Measured { elapsed: start.elapsed(), cpu: cpu(CHILDREN) - before, peak }
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

/// Where `/proc/PID/stat` has user and system time, counted after the program's name: the process's own, and those of
/// its children that ended.
const OWN: usize = 11;
const CHILDREN: usize = 13;

/// CPU seconds up to now.
fn cpu(whose: usize) -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("proc");
    let after = stat.rsplit(')').next().expect("fields");
    let ticks = after.split_whitespace().skip(whose).take(2).map(|ticks| ticks.parse::<f64>().expect("ticks"));
    ticks.sum::<f64>() / TICKS
}
