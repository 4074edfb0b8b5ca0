//! What mutation of documents showed, for people and for programs.

use bulou_messages::diagnostic::{Lang, LocalizedText};
use bulou_messages::sentence::Each;
use bulou_messages::texts;
use serde_json::{Value as Json, json};

use super::{Bound, Change, Cheapest, Fate, Laziest};

/// What passes in silence, with who should notice; then the cheapest documents and the counts.
#[must_use]
pub fn text(laziest: &Laziest, lang: Lang) -> String {
    let mut out = String::new();
    for change in laziest.changes.iter().filter(|change| change.fate == Fate::Missed) {
        let case = texts::case().get(lang);
        out.push_str(&format!(
            "✖ {}\n    {}\n    {case}: {}\n",
            line(change, lang),
            should(change).get(lang),
            change.case
        ));
    }
    for change in &laziest.changes {
        if let Fate::Accepted(reason) = &change.fate {
            out.push_str(&format!("= {}({reason})\n", line(change, lang)));
        }
    }
    for words in &laziest.stale {
        out.push_str(&format!("! {}\n", words.get(lang)));
    }
    for (party, field) in &laziest.untried {
        let words = texts::not_tried_no_complete().text();
        out.push_str(&format!("! {} {field}: {}\n", party.words(lang), words.get(lang)));
    }
    out.push_str(&format!("\n{}\n", texts::cheapest_document_each_rule().get(lang)));
    laziest.cheapest.iter().for_each(|one| out.push_str(&cheapest(one, lang)));
    out.push_str(&format!("\n{}\n", total(laziest, lang)));
    out
}

/// `学校 隐患/描述 → 无`
fn line(Change { party, field, to, .. }: &Change, lang: Lang) -> String {
    format!("{} {field} → {}", party.words(lang), to.get(lang))
}

/// Who should notice.
fn should(change: &Change) -> LocalizedText {
    let words = match change.bound {
        Bound::Words => texts::give_field_options_format(),
        Bound::Days => texts::give_field_scope(),
        Bound::Numbers => texts::give_field_scope(),
        Bound::Rows => texts::say_least_field(),
        Bound::Unlike => texts::say_unique_field(),
        Bound::Rule => texts::write_constraint(),
    };
    if change.rules.is_empty() {
        return texts::no_rule_uses_field_write(&words).text();
    }
    let rules = change.rules.join("、");
    let listed = change.rules.join(", ");
    texts::no_rule_uses_field(&Each(&rules, &listed), &words).text()
}

fn cheapest(Cheapest { rule, document, vacuous, .. }: &Cheapest, lang: Lang) -> String {
    let nothing = texts::nothing_look().get(lang);
    match document {
        Some(document) => format!("  {rule}{}: {document}\n", if *vacuous { nothing } else { "" }),
        None => format!("  {rule}: {}\n", texts::passes_no_complete_case().get(lang)),
    }
}

fn total(laziest: &Laziest, lang: Lang) -> String {
    let (noticed, accepted, missed) = laziest.counts();
    let percent = format!("{}.{}", laziest.permille() / 10, laziest.permille() % 10);
    let (cases, all) = (laziest.cases, laziest.changes.len());
    texts::changes_complete_cases_noticed(&percent, &cases, &all, &noticed, &missed, &accepted).get(lang)
}

/// The same as an object: the share, the counts, every change that was not noticed, what was not tried, the cheapest
/// documents, and what is wrong with the marks.
#[must_use]
pub fn json(laziest: &Laziest, lang: Lang) -> Json {
    let (noticed, accepted, missed) = laziest.counts();
    let open = laziest.changes.iter().filter(|change| change.fate != Fate::Noticed).map(|change| {
        let mut object = json!(change);
        if let Some(members) = object.as_object_mut() {
            members.insert("to".to_owned(), json!(change.to.get(lang)));
            members.insert("help".to_owned(), json!(should(change).get(lang)));
        }
        object
    });
    let untried = laziest.untried.iter().map(|(party, field)| json!({"party": party, "field": field}));
    json!({
        "noticed": laziest.permille() as f64 / 10.0,
        "counts": {"noticed": noticed, "missed": missed, "accepted": accepted},
        "cases": laziest.cases,
        "changes": open.collect::<Vec<_>>(),
        "untried": untried.collect::<Vec<_>>(),
        "cheapest": laziest.cheapest,
        "stale": laziest.stale.iter().map(|words| words.get(lang)).collect::<Vec<_>>(),
    })
}
