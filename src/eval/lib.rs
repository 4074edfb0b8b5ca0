//! From a rule set and a document to a report.

mod aggregates;
mod alike;
mod approval;
mod bounds;
mod checker;
mod constraints;
mod covers;
mod deadline;
pub mod doubt;
mod evaluator;
mod explain;
mod fields;
mod filed;
mod intervals;
mod lists;
mod members;
mod params;
mod rule;
mod running;
mod scalar;
pub mod show;
mod unfit;
mod vacuous;
mod waivers;

use std::sync::Arc;

use bulou_base::date::Date;
use bulou_base::hash::HashMap;
use sha2::{Digest, Sha256};

use bulou_base::value::{Truth, Value};
use bulou_document::Constant;
use bulou_messages::diagnostic::Lang;
use bulou_syntax::ast::CompareOp;
pub use checker::Checker;
pub use params::from_json as params_from_json;
pub use params::{has_type, is_blank, is_within, show as param_show};
pub use unfit::Unfit;
pub use waivers::{Waiver, WaiverState};

/// How many parameters a decision table may have.
pub const TABLE_ARGUMENTS: usize = evaluator::ARGUMENTS;

/// What a check depends on besides the pack and the document.
#[derive(Clone, Debug)]
pub struct Options {
    /// 今天
    pub today: Date,
    /// Parameters that override the pack's, as text: `("会议日期", "2022-06-22")`.
    pub params: Vec<(String, String)>,
    /// Rules that a school need not meet until a day.
    pub waivers: Vec<Waiver>,
    /// Language of the tool's own words in problems.
    pub lang: Lang,
}

impl Options {
    /// A check on a day, with the pack's own parameters.
    #[must_use]
    pub fn on(today: Date) -> Self {
        Self { today, params: Vec::new(), waivers: Vec::new(), lang: Lang::Zh }
    }
}

/// 名称 by 标识 of schools.
pub(crate) type Names = Arc<HashMap<String, String>>;

/// SHA-256 in hexadecimal.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// Two digits a byte.
pub fn hexadecimal(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or_default();
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// Compares two constants of one type.
pub fn compare_constants(op: CompareOp, left: &Constant, right: &Constant) -> Truth {
    let (left, right): (Value<'_>, Value<'_>) = (left.value(), right.value());
    evaluator::compare(op, left, right)
}
