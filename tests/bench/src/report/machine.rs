//! Where and when figures were taken.

use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

pub struct Machine {
    pub cpu: String,
    pub cores: usize,
    pub system: String,
    pub rustc: String,
    pub node: String,
    /// `2022-06-28`
    pub date: String,
}

impl Machine {
    pub fn here(node: &str) -> Self {
        let days = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs() / 86_400);
        // The default date is 1970-01-01.
        let date = bulou_base::date::plus_days(bulou_base::date::Date::default(), days.cast_signed()).unwrap_or_default();
        Self {
            cpu: cpu().unwrap_or_else(|| std::env::consts::ARCH.to_owned()),
            cores: std::thread::available_parallelism().map_or(1, Into::into),
            system: std::env::consts::OS.to_owned(),
            rustc: rustc(),
            node: node.trim_start_matches('v').to_owned(),
            date: date.to_string(),
        }
    }

    pub fn line(&self) -> String {
        let Self { cpu, cores, system, rustc, node, date } = self;
        format!("{cpu}, {cores} cores, {system} · {rustc} · Node {node} · {date}")
    }
}

/// Linux tells the processor's name in a file; elsewhere the architecture has to do.
fn cpu() -> Option<String> {
    let info = std::fs::read_to_string("/proc/cpuinfo").ok()?;
    let line = info.lines().find(|line| line.starts_with("model name"))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}

fn rustc() -> String {
    let output = Command::new("rustc").arg("--version").output();
    let text = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    text.split_whitespace().take(2).collect::<Vec<_>>().join(" ")
}
