//! Cases by number: a model, a pack, documents and settings; both answers; and the smallest case of a kind that differs.

use std::collections::BTreeMap;

use bulou_base::source::SourceId;
use bulou_eval::{Checker, Options, Waiver};
use bulou_ir::RuleSet;
use bulou_messages::diagnostic::Lang;
use bulou_pack::{Files, load};
use bulou_report::{Report, Status};
use bulou_syntax::ast::File;
use serde_json::Value;

use crate::choices::{Choices, shrink};
use crate::forms::{self, Forms};
use crate::generate::documents;
use crate::generate::model::Model;
use crate::generate::packs;
use crate::generate::twice::{read, written};
use crate::reference::{Answer, Setting, judge};

/// Documents for each pack.
const DOCUMENTS: u64 = 12;
/// Sequences of choices tried while a case is shrunk.
const TRIES: usize = 1500;

/// Days that only 2022 knows.
pub const CALENDAR: &str = r#"{"years": {"2022": {"rest": ["2022-01-03", "2022-02-01", "2022-04-04", "2022-04-05", "2022-05-02",
  "2022-06-03", "2022-06-29", "2022-09-12", "2022-10-03"], "work": ["2022-01-29", "2022-05-07", "2022-06-25", "2022-10-08"]}}}"#;

/// What came out over many cases.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    pub packs: u64,
    pub compiled: u64,
    pub cases: u64,
    /// Rules by status, documents by verdict.
    pub statuses: BTreeMap<String, u64>,
    pub verdicts: BTreeMap<String, u64>,
    /// Codes of packs that did not compile.
    pub refused: BTreeMap<&'static str, u64>,
    /// Forms of the language in packs that compiled.
    pub forms: Forms,
}

impl Tally {
    pub fn add(&mut self, other: &Self) {
        self.packs += other.packs;
        self.compiled += other.compiled;
        self.cases += other.cases;
        for (into, from) in [(&mut self.statuses, &other.statuses), (&mut self.verdicts, &other.verdicts)] {
            from.iter().for_each(|(key, count)| *into.entry(key.clone()).or_default() += count);
        }
        other.forms.iter().for_each(|(key, count)| *self.forms.entry(key.clone()).or_default() += count);
        other.refused.iter().for_each(|(key, count)| *self.refused.entry(key).or_default() += count);
    }

    /// Counts an answer.
    pub fn count(&mut self, answer: &Answer) {
        *self.verdicts.entry(format!("{:?}", answer.verdict)).or_default() += 1;
        for (_, status) in &answer.rules {
            *self.statuses.entry(format!("{status:?}")).or_default() += 1;
        }
    }

    /// How many of a hundred rules have a status.
    pub fn percent(&self, status: Status) -> f64 {
        let count = |key: &str| self.statuses.get(key).copied().unwrap_or_default() as f64;
        let all: u64 = self.statuses.values().sum();
        100.0 * count(&format!("{status:?}")) / (all.max(1) as f64)
    }
}

/// A compiled pack with its tree.
pub struct Pack {
    pub text: String,
    pub rules: RuleSet,
    pub tree: File,
}

/// Compiles a pack of one file; else the first error's code.
pub fn compile(text: String) -> Result<Pack, &'static str> {
    let files = [("pack.bulou", text.as_bytes()), ("calendar.json", CALENDAR.as_bytes())];
    let loaded = load(&Files(files.map(|(name, bytes)| (name.to_owned(), bytes.to_vec())).into()));
    let error =
        |d: &&bulou_messages::diagnostic::Diagnostic| d.severity() == bulou_messages::diagnostic::Severity::Error;
    let code = loaded.diagnostics.iter().find(error).map_or("none", |diagnostic| diagnostic.code.as_str());
    let rules = loaded.rules.ok_or(code)?;
    let (tree, _) = bulou_syntax::parse(SourceId(0), &text);
    Ok(Pack { text, rules, tree })
}

/// What must hold of a pack, of what the choices add to it; `Err` describes what does not.
pub type Property = fn(&Model, &Pack, &mut Choices) -> Result<Tally, String>;

/// What makes a model.
pub type Models = fn(&mut Choices) -> Model;

/// The choices that make a case.
#[derive(Clone, Debug)]
struct Recipe {
    property: Property,
    model: Models,
    parts: [Vec<u32>; 3],
}

/// A document, and what its check depends on besides.
#[derive(Clone, Debug)]
pub struct Submitted {
    pub document: Value,
    pub setting: Setting,
}

/// The day of a check, and parameters that are given for it.
pub fn setting(choices: &mut Choices) -> Setting {
    let date = |text: &str| bulou_base::date::parse(text).expect("a date");
    let days = ["2022-06-28", "2022-06-30", "2022-07-04", "2022-08-15", "2022-01-05", "2023-02-01"];
    Setting { today: date(choices.pick(&days)), params: packs::given(choices), waivers: Vec::new() }
}

/// A document with its setting.
pub fn submitted(model: &Model, choices: &mut Choices) -> Submitted {
    let mut setting = setting(choices);
    if choices.chance(5) {
        let mut day = |days: &[&str]| bulou_base::date::parse(choices.pick(days)).expect("a date");
        let (from, until) = (day(&["2022-01-06", "2022-06-29"]), day(&["2022-06-29", "2022-12-31"]));
        setting.waivers.push(("甲".to_owned(), "规0".to_owned(), from, until));
    }
    Submitted { document: documents::generate(model, choices), setting }
}

/// The engine's report.
pub fn report<'r>(rules: &'r RuleSet, submitted: &Submitted) -> Report<'r> {
    checked(rules, submitted).1
}

/// The engine's report, and what made it.
pub fn checked<'r>(rules: &'r RuleSet, submitted: &Submitted) -> (Checker<'r>, Report<'r>) {
    let Setting { today, params, waivers } = submitted.setting.clone();
    let waivers = waivers.into_iter().map(|(id, rule, from, until)| Waiver {
        id,
        rule,
        reason: "停课".into(),
        approved_by: "县局".into(),
        from,
        until,
    });
    let options = Options { today, params, waivers: waivers.collect(), lang: Lang::Zh };
    let mut checker = Checker::new(rules, &options).expect("the options fit");
    let report = checker.check("case.json", written(&submitted.document).as_bytes());
    (checker, report)
}

/// What a report says of the rules.
pub fn engine(report: &Report<'_>) -> Answer {
    let rules = report.rules.iter().map(|rule| (rule.card.id.clone(), rule.status)).collect();
    Answer { rules, verdict: report.verdict }
}

/// The reference's answer.
pub fn reference(pack: &Pack, submitted: &Submitted) -> Answer {
    judge(&pack.tree, CALENDAR, &read(&submitted.document), &submitted.setting)
}

impl Recipe {
    fn pack(&self) -> Option<(Model, Pack)> {
        let model = (self.model)(&mut Choices::replayed(&self.parts[0]));
        let text = packs::generate(&model, &mut Choices::replayed(&self.parts[1]));
        let pack = compile(text).ok()?;
        Some((model, pack))
    }

    /// What does not hold of it.
    fn fault(&self) -> Option<String> {
        let (model, pack) = self.pack()?;
        let fault = (self.property)(&model, &pack, &mut Choices::replayed(&self.parts[2])).err()?;
        Some(format!("{}\n{fault}", pack.text))
    }

    /// The smallest case of which it does not hold still.
    fn shrunk(mut self) -> Self {
        for part in [1, 2, 1, 0] {
            let rest = self.clone();
            self.parts[part] = shrink(self.parts[part].clone(), TRIES, &mut |sequence| {
                let mut tried = rest.clone();
                tried.parts[part] = sequence.to_vec();
                tried.fault().is_some()
            });
        }
        self
    }
}

/// Engine and reference give the same answer.
pub fn agree(model: &Model, pack: &Pack, choices: &mut Choices) -> Result<Tally, String> {
    let submitted = submitted(model, choices);
    let (mut checker, report) = checked(&pack.rules, &submitted);
    let (ours, theirs) = (engine(&report), reference(pack, &submitted));
    // A checker that knows the document's texts says the same of it.
    let again = checker.check("case.json", written(&submitted.document).as_bytes());
    if ours != theirs || format!("{again:?}") != format!("{report:?}") {
        let Submitted { document, setting } = submitted;
        return Err(format!("{document}\n{setting:?}\nengine    {ours:?}\nreference {theirs:?}"));
    }
    let mut tally = Tally { cases: 1, ..Tally::default() };
    tally.count(&theirs);
    Ok(tally)
}

/// One pack by its number, with its documents; `Err` describes the smallest case of which the property does not hold.
pub fn run(seed: u64, model: Models, property: Property) -> Result<Tally, String> {
    let mut tally = Tally { packs: 1, ..Tally::default() };
    let mut choices = Choices::drawn(seed.wrapping_mul(3));
    let of = model;
    let model = of(&mut choices);
    let first = choices.taken();
    let mut choices = Choices::drawn(seed.wrapping_mul(3) + 1);
    let text = packs::generate(&model, &mut choices);
    let second = choices.taken();
    let pack = match compile(text) {
        Ok(pack) => pack,
        Err(code) => {
            tally.refused.insert(code, 1);
            return Ok(tally);
        }
    };
    tally.compiled = 1;
    forms::count(&pack.tree, &mut tally.forms);
    for number in 0..DOCUMENTS {
        let mut choices = Choices::drawn(seed.wrapping_mul(1009).wrapping_add(number + 7));
        match property(&model, &pack, &mut choices) {
            Ok(more) => tally.add(&more),
            Err(fault) => {
                let recipe = Recipe { property, model: of, parts: [first, second, choices.taken()] };
                return Err(recipe.shrunk().fault().unwrap_or(fault));
            }
        }
    }
    Ok(tally)
}
