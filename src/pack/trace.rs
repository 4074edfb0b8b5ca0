//! Coverage of a pack's sources, sentence by sentence.

use crate::ir::RuleSet;

/// Renders each source with the rules that cite each sentence; sentences that nothing covers come first.
#[must_use]
pub fn text(rules: &RuleSet) -> String {
    let mut out = String::new();
    for source in rules.sources.iter().filter(|source| !source.sentences.is_empty()) {
        let covered = source.sentences.iter().filter(|s| !s.rules.is_empty() || !s.excuses.is_empty()).count();
        out.push_str(&format!(
            "{} · {}:{covered}/{} 句有规则或说明\n",
            source.name,
            source.label,
            source.sentences.len()
        ));
        let (covered, open): (Vec<_>, Vec<_>) =
            source.sentences.iter().partition(|s| !s.rules.is_empty() || !s.excuses.is_empty());
        for sentence in open.into_iter().chain(covered) {
            let mark = match (sentence.rules.is_empty(), sentence.excuses.is_empty()) {
                (false, _) => '✔',
                (true, false) => '–',
                (true, true) => '✖',
            };
            out.push_str(&format!("\n{mark} 第 {} 行 {}\n", sentence.line, sentence.text));
            for rule in &sentence.rules {
                let title =
                    rules.rules.iter().find(|known| known.id == *rule).map_or("(全县规则)", |known| &known.title);
                out.push_str(&format!("    规则 {rule}:{title}\n"));
            }
            for excuse in &sentence.excuses {
                out.push_str(&format!("    不查:{excuse}\n"));
            }
            let clauses: Vec<&str> = sentence.clauses.iter().filter(|(_, c)| !c).map(|(text, _)| text.trim()).collect();
            if !clauses.is_empty() && clauses.len() < sentence.clauses.len() {
                out.push_str(&format!("    没有引到的分句:{}\n", clauses.join(" / ")));
            }
        }
        out.push('\n');
    }
    out
}
