//! Medians of interleaved runs: in every round each engine has its turn on each set of documents, so that whatever else
//! the machine does falls on all of them alike. Ratios are taken round by round and their median is given.

use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use crate::documents::Documents;
use crate::engines::{Engine, Kind};

/// The sets of documents, in the order of all cells.
pub const SETS: [&str; 3] = ["small", "large", "many"];

/// No turn is shorter than this for the engine that all are compared with.
const TURN: Duration = Duration::from_millis(3);

/// One engine's row.
#[derive(Serialize, Deserialize)]
pub struct Row {
    pub name: String,
    pub kind: Kind,
    pub does: String,
    /// One for each set.
    pub cells: Vec<Cell>,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
pub struct Cell {
    /// Microseconds a document.
    pub micros: f64,
    /// To the base of the same round.
    pub ratio: f64,
}

/// Measures all engines; `base` is the name of the one that the others are compared with.
pub fn measure(engines: &mut [Box<dyn Engine + '_>], documents: &Documents, base: &str, rounds: usize) -> Vec<Row> {
    let sets: [Vec<&[u8]>; SETS.len()] =
        [vec![&documents.small], vec![&documents.large], documents.many.iter().map(Vec::as_slice).collect()];
    let base = engines.iter().position(|engine| engine.name() == base).expect("the base");
    let repeats = sets.each_ref().map(|set| {
        let once = turn(engines[base].as_mut(), set, 1).as_secs_f64().max(1e-9);
        (TURN.as_secs_f64() / once).ceil().max(1.0) as usize
    });
    // times[engine][set][round], in seconds a document.
    let mut times = vec![[const { Vec::new() }; SETS.len()]; engines.len()];
    for _ in 0..rounds {
        for (set, (documents, repeats)) in sets.iter().zip(repeats).enumerate() {
            for (engine, times) in engines.iter_mut().zip(&mut times) {
                let time = turn(engine.as_mut(), documents, repeats);
                times[set].push(time.as_secs_f64() / (documents.len() * repeats) as f64);
            }
        }
    }
    let cell = |own: &[f64], base: &[f64]| Cell {
        micros: median(own.to_vec()) * 1e6,
        ratio: median(own.iter().zip(base).map(|(own, base)| own / base).collect()),
    };
    let cells = |own: &[Vec<f64>]| own.iter().zip(&times[base]).map(|(own, base)| cell(own, base)).collect();
    engines
        .iter()
        .zip(&times)
        .map(|(engine, own)| Row {
            name: engine.name().into(),
            kind: engine.kind(),
            does: engine.does().into(),
            cells: cells(own),
        })
        .collect()
}

fn turn(engine: &mut dyn Engine, documents: &[&[u8]], repeats: usize) -> Duration {
    timed(|| {
        for _ in 0..repeats {
            for bytes in documents {
                std::hint::black_box(engine.run(bytes));
            }
        }
    })
}

pub fn timed(run: impl FnOnce()) -> Duration {
    let start = Instant::now();
    run();
    start.elapsed()
}

pub fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}
