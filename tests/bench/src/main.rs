//! Bulou beside other engines on the same bytes: `cargo xtask bench` runs this.

mod agree;
mod documents;
mod engines;
mod measure;
mod packs;
mod scale;

use documents::Documents;

/// How many documents the set of many has.
const MANY: usize = 300;
const BASE: &str = "serde_json Value";

fn main() {
    let packs = packs::Packs::new();
    let documents = Documents::new(MANY);
    println!("{} {} {}", documents.small.len(), documents.large.len(), documents.lines().len());
    let mut engines = engines::all(&packs);
    let agreed = agree::agree(&mut engines, &documents.named()).unwrap_or_else(|e| panic!("{e}"));
    println!("{} engines, {} verdicts", agreed.engines, agreed.compared);
    for row in measure::measure(&mut engines, &documents, BASE, 15) {
        print!("{:35}", row.name);
        for cell in row.cells {
            print!("{:8.1} {:5.2}", cell.micros, cell.ratio);
        }
        println!();
    }
    for w in scale::workers(&packs, &documents, 15) {
        println!("{} {} {} {}", w.name, w.one, w.two, w.faster);
    }
    let c = scale::county(&documents, 15);
    println!("{} {} {} {}", c.added, c.scanned, c.scans, c.finish);
    let l = scale::loading(&packs, 15);
    println!("{} {} {} {}", l.compiled, l.from_bytes, l.files, l.rules);
}
