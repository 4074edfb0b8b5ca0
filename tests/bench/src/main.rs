//! `cargo run --release --manifest-path tests/bench/Cargo.toml -- FILE.ndjson`: medians of interleaved runs, as ratios
//! to `serde_json::Value` on the same bytes.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use bulou::eval::{Checker, Options};
use bulou::pack::{Files, load};
use jiter::{Jiter, JiterResult, Peek};
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

const ROUNDS: usize = 7;

fn main() {
    let path = std::env::args().nth(1).expect("a file of one document a line");
    let bytes = std::fs::read(&path).expect("the file");
    let lines: Vec<&[u8]> = bytes.split(|b| *b == b'\n').filter(|line| !line.is_empty()).collect();
    let size = lines.iter().map(|line| line.len()).sum::<usize>();
    println!("{} documents, {:.1} MB, {:.1} KB each", lines.len(), size as f64 / 1e6, size as f64 / 1e3 / lines.len() as f64);

    let files = pack();
    let compile = median((0..ROUNDS * 3).map(|_| timed(|| assert!(load(&files).rules.is_some()))).collect());
    println!("compile the pack: {:.2} ms", compile.as_secs_f64() * 1e3);

    let rules = load(&files).rules.expect("the pack");
    let options = Options::on(bulou::date::parse("2022-06-28").expect("a date"));
    let mut checker = Checker::new(&rules, &options).expect("the options");
    let mut runs: Vec<(&str, Box<dyn FnMut(&[u8]) -> usize>)> = vec![
        ("serde_json Value", Box::new(|line| serde_json::from_slice::<serde_json::Value>(line).is_ok().into())),
        ("serde_json IgnoredAny", Box::new(|line| serde_json::from_slice::<IgnoredAny>(line).is_ok().into())),
        ("serde_json DeserializeSeed, every leaf", Box::new(|line| {
            let mut json = serde_json::Deserializer::from_slice(line);
            Leaves.deserialize(&mut json).expect("JSON")
        })),
        ("jiter, every leaf", Box::new(|line| {
            let mut json = Jiter::new(line);
            let peek = json.peek().expect("JSON");
            leaves(&mut json, peek).expect("JSON")
        })),
        ("bulou, whole pack and report", Box::new(move |line| checker.check("x", line).rules.len())),
    ];
    let mut times: Vec<Vec<Duration>> = vec![Vec::new(); runs.len()];
    for _ in 0..ROUNDS {
        for ((_, run), times) in runs.iter_mut().zip(&mut times) {
            times.push(timed(|| assert!(lines.iter().map(|line| run(line)).sum::<usize>() > 0)));
        }
    }
    let base = median(times[0].clone());
    for ((name, _), times) in runs.iter().zip(times) {
        let time = median(times);
        let each = time.as_secs_f64() * 1e6 / lines.len() as f64;
        println!("{name:40} {each:8.1} µs a document  {:.2} × Value", time.as_secs_f64() / base.as_secs_f64());
    }
}

fn timed(run: impl FnOnce()) -> Duration {
    let start = Instant::now();
    run();
    start.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn pack() -> Files {
    fn read(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) {
        for entry in std::fs::read_dir(folder).expect("a folder").filter_map(Result::ok) {
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                read(&entry.path(), &format!("{name}/"), files);
            } else {
                files.insert(name, std::fs::read(entry.path()).expect("a file"));
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rules");
    let mut files = BTreeMap::new();
    read(&root.join("campus-safety"), "", &mut files);
    read(&root.join("calendar"), "calendar/", &mut files);
    Files(files)
}

/// Touches every leaf: keys and texts as text, numbers as numbers.
struct Leaves;

impl<'de> DeserializeSeed<'de> for Leaves {
    type Value = usize;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<usize, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Leaves {
    type Value = usize;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("JSON")
    }
    fn visit_bool<E>(self, _: bool) -> Result<usize, E> {
        Ok(1)
    }
    fn visit_i64<E>(self, _: i64) -> Result<usize, E> {
        Ok(1)
    }
    fn visit_u64<E>(self, _: u64) -> Result<usize, E> {
        Ok(1)
    }
    fn visit_f64<E>(self, _: f64) -> Result<usize, E> {
        Ok(1)
    }
    fn visit_unit<E>(self) -> Result<usize, E> {
        Ok(1)
    }
    fn visit_str<E>(self, text: &str) -> Result<usize, E> {
        Ok(text.len())
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<usize, A::Error> {
        let mut sum = 0;
        while let Some(part) = seq.next_element_seed(Leaves)? {
            sum += part;
        }
        Ok(sum)
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<usize, A::Error> {
        let mut sum = 0;
        while let Some(key) = map.next_key_seed(Leaves)? {
            sum += key + map.next_value_seed(Leaves)?;
        }
        Ok(sum)
    }
}

fn leaves(json: &mut Jiter<'_>, peek: Peek) -> JiterResult<usize> {
    Ok(match peek {
        Peek::Null => json.known_null().map(|()| 1)?,
        Peek::True | Peek::False => json.known_bool(peek).map(|_| 1)?,
        Peek::String => json.known_str()?.len(),
        Peek::Array => {
            let (mut next, mut sum) = (json.known_array()?, 0);
            while let Some(peek) = next {
                sum += leaves(json, peek)?;
                next = json.array_step()?;
            }
            sum
        }
        Peek::Object => {
            let (mut key, mut sum) = (json.known_object()?.map(str::len), 0);
            while let Some(length) = key {
                let peek = json.peek()?;
                sum += length + leaves(json, peek)?;
                key = json.next_key()?.map(str::len);
            }
            sum
        }
        _ => json.known_number(peek).map(|_| 1)?,
    })
}
