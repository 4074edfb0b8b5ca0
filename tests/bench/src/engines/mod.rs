//! The engines: each takes a document's bytes and gives what it is there for. What can be done once is done before.

pub mod bulou;
pub mod cel;
pub mod jsonlogic;
pub mod parsers;
pub mod rego;
pub mod schema;
mod sections;
pub mod structs;
pub mod zen;

use crate::packs::Packs;

/// The twenty rules, in the order of every engine's verdicts; `rules/twenty/rules.bulou` says what they are.
pub const RULES: [&str; 20] = [
    "第一责任人",
    "对照检查",
    "薄弱环节有措施",
    "四项制度",
    "保安配足",
    "技防达标",
    "食堂安全",
    "防火防盗有检查",
    "隐患有措施",
    "隐患按期销号",
    "隐患日期合理",
    "重大隐患停办",
    "重点部位有人管",
    "教育培训不漏人",
    "全员应到",
    "放学巡查够次",
    "培训及时",
    "三日摸底",
    "高峰值守",
    "硬件投入",
];

/// Whether each rule passes.
pub type Verdicts = [bool; RULES.len()];

/// What an engine gives, which decides with what it can be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Reads the JSON and judges nothing.
    Parser,
    /// Judges the structure alone.
    Structure,
    /// Rust code by hand instead of rules.
    Hand,
    /// Another's engine that judges the twenty rules.
    Peer,
    /// Bulou on the twenty rules.
    Bulou,
    /// Bulou on the whole pack.
    Whole,
}

/// One row of the comparison.
pub trait Engine {
    fn name(&self) -> &'static str;
    fn kind(&self) -> Kind;
    /// What is done for each document, for readers of the table.
    fn does(&self) -> &'static str;
    /// Bytes in, twenty verdicts out; `None` from those that do not judge them.
    fn run(&mut self, bytes: &[u8]) -> Option<Verdicts>;
}

/// All of them, in the order of the table.
pub fn all(packs: &Packs) -> Vec<Box<dyn Engine + '_>> {
    vec![
        Box::new(parsers::Ignored),
        Box::new(parsers::Values),
        Box::new(parsers::Pull),
        Box::new(schema::Structure::new(packs)),
        Box::new(structs::Structs),
        Box::new(jsonlogic::JsonLogic::new()),
        Box::new(cel::Cel::new()),
        Box::new(zen::Zen::new()),
        Box::new(rego::Rego::new()),
        Box::new(bulou::Statuses::twenty(packs)),
        Box::new(bulou::Report::twenty(packs)),
        Box::new(bulou::Statuses::whole(packs)),
        Box::new(bulou::Report::whole(packs)),
    ]
}
