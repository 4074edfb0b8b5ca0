//! What mutation showed, for people and for programs.

use serde_json::{Map, Value, json};

use crate::mutate::{Fate, Mutant, Mutation, Score};
use bulou_messages::diagnostic::Lang;
use bulou_messages::texts;

/// The mutants that no case notices, then the counts.
#[must_use]
pub fn text(mutation: &Mutation, lang: Lang) -> String {
    let mut out = String::new();
    for mutant in mutation.missed() {
        out.push_str(&format!("✖ {}\n", line(mutant, lang)));
    }
    for mutant in &mutation.mutants {
        if let Fate::Equivalent(reason) = &mutant.fate {
            out.push_str(&format!("= {}({reason})\n", line(mutant, lang)));
        }
    }
    for words in &mutation.stale {
        out.push_str(&format!("! {}\n", words.get(lang)));
    }
    let open: Vec<_> = mutation.by_declaration().into_iter().filter(|(_, score)| score.missed > 0).collect();
    if !open.is_empty() {
        out.push_str(&format!("\n{}\n", texts::rules_mutants_not_all().get(lang)));
    }
    for (name, score) in open {
        out.push_str(&format!("  {} {name}\n", fraction(score)));
    }
    out.push_str(&format!("\n{}\n", texts::by_kind().get(lang)));
    for (kind, score) in mutation.by_kind() {
        out.push_str(&format!("  {} {}\n", fraction(score), kind.words().get(lang)));
    }
    out.push_str(&format!("\n{}\n", total(mutation.score(), lang)));
    out
}

/// `8-county.bulou:12 全县检查 [运算符] `≥` → `>``
fn line(mutant: &Mutant, lang: Lang) -> String {
    let Mutant { file, line, declaration, kind, from, to, .. } = mutant;
    format!("{file}:{line} {declaration} [{}] `{from}` → `{to}`", kind.words().get(lang))
}

fn fraction(score: Score) -> String {
    format!("{:>4}/{:<4}", score.noticed, score.could_be_noticed())
}

fn total(score: Score, lang: Lang) -> String {
    let Score { noticed, missed, equivalent, uncompiled } = score;
    let percent = format!("{}.{}", score.permille() / 10, score.permille() % 10);
    texts::mutants_noticed_equivalent_apart(&percent, &noticed, &missed, &equivalent, &uncompiled).get(lang)
}

/// The same as an object: the score, the counts by kind and by declaration, every mutant that was not noticed, and what
/// is wrong with the marks.
#[must_use]
pub fn json(mutation: &Mutation, lang: Lang) -> Value {
    let score = mutation.score();
    let kinds: Map<String, Value> = mutation
        .by_kind()
        .into_iter()
        .filter_map(|(kind, score)| Some((json!(kind).as_str()?.to_owned(), json!(score))))
        .collect();
    let declarations: Map<String, Value> =
        mutation.by_declaration().into_iter().map(|(name, score)| (name, json!(score))).collect();
    let open = mutation.mutants.iter().filter(|mutant| matches!(mutant.fate, Fate::Missed | Fate::Equivalent(_)));
    json!({
        "score": score.permille() as f64 / 10.0,
        "counts": score,
        "by_kind": kinds,
        "by_declaration": declarations,
        "mutants": open.collect::<Vec<_>>(),
        "stale": mutation.stale.iter().map(|words| words.get(lang)).collect::<Vec<_>>(),
    })
}
