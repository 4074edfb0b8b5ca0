//! Before anything is timed: every engine gives the same verdict of every rule on every document.

use crate::engines::{Engine, RULES, Verdicts};

/// What all engines said of the documents, in their order, and how many verdicts were compared with another engine's.
pub struct Agreed {
    pub verdicts: Vec<Verdicts>,
    pub engines: usize,
    pub compared: usize,
}

/// Compares all engines with the first that judges.
///
/// # Errors
/// Engine, rule and document of every disagreement, or a rule that every document decides alike, so that agreement on it
/// would say little.
pub fn agree(engines: &mut [Box<dyn Engine + '_>], documents: &[(String, &[u8])]) -> Result<Agreed, String> {
    let mut agreed: Option<(&'static str, Vec<Verdicts>)> = None;
    let (mut judging, mut compared, mut wrong) = (0, 0, Vec::new());
    for engine in engines {
        let verdicts: Option<Vec<Verdicts>> = documents.iter().map(|(_, bytes)| engine.run(bytes)).collect();
        let Some(verdicts) = verdicts else { continue };
        judging += 1;
        let Some((first, expected)) = &agreed else {
            agreed = Some((engine.name(), verdicts));
            continue;
        };
        for ((name, _), (verdicts, expected)) in documents.iter().zip(verdicts.iter().zip(expected)) {
            compared += RULES.len();
            for (rule, (verdict, expected)) in RULES.iter().zip(verdicts.iter().zip(expected)) {
                if verdict != expected {
                    wrong.push(format!("{}: {rule} of {name} is {verdict}, and {expected} by {first}", engine.name()));
                }
            }
        }
    }
    let (_, verdicts) = agreed.ok_or("no engine judges")?;
    for (index, rule) in RULES.iter().enumerate() {
        let passes = verdicts.iter().filter(|verdicts| verdicts[index]).count();
        if passes == 0 || passes == verdicts.len() {
            wrong.push(format!("{rule} is decided alike by all documents"));
        }
    }
    if wrong.is_empty() { Ok(Agreed { verdicts, engines: judging, compared }) } else { Err(wrong.join("\n")) }
}
