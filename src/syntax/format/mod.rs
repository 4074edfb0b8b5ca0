//! The canonical layout of rule files. Only white space, the spelling of marks, dates and (on demand) keywords change;
//! every comment stays between the tokens it stands between.

mod doc;
mod expression;
mod layout;
pub(super) mod spelling;
mod table;
mod tokens;

use crate::parse_unplaced;
use crate::parser::parse;
use bulou_base::source::SourceId;
use bulou_messages::diagnostic::{Diagnostic, Lang, Severity};

/// Columns that a line has unless a text or a table needs more.
pub const WIDTH: usize = 100;

/// How a file is laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The language that keywords are converted to; otherwise each stays as it is.
    pub keywords: Option<Lang>,
}

/// Why a file is left as it is.
#[derive(Clone, Debug, PartialEq)]
pub enum Refused {
    /// It has errors (a syntax error, a date that does not exist …), so what its author means is not certain.
    Errors(Vec<Diagnostic>),
    /// The new text would not say the same, or lose a comment: a fault of the formatter.
    Changed,
}

/// Lays out a rule file, with line feeds and without a byte-order mark.
///
/// # Errors
/// The file has errors, or the result would not say the same; nothing is laid out in part.
///
/// ```
/// use bulou_syntax::format::{Options, format};
/// let text = "规则 甲 “一号” {要求(有 期限)且 人数≥1, # 两样都要\n}";
/// assert!(format(text, Options::default()).is_err());
/// let text = "规则 甲 “一号” {要求(有 期限)且 人数>=1 # 两样都要\n}";
/// let laid_out = "规则 甲 \"一号\" {\n  要求 (有 期限) 且 人数 ≥ 1  # 两样都要\n}\n";
/// assert_eq!(format(text, Options::default()).as_deref(), Ok(laid_out));
/// ```
pub fn format(text: &str, options: Options) -> Result<String, Refused> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let (_, diagnostics) = parse(SourceId::default(), text);
    if diagnostics.iter().any(|diagnostic| diagnostic.severity() == Severity::Error) {
        return Err(Refused::Errors(diagnostics));
    }
    let tokens = tokens::tokens(text, options.keywords);
    let mut laid_out = doc::print(&layout::file(&tokens), WIDTH);
    if !laid_out.is_empty() {
        laid_out.push('\n');
    }
    let comments = tokens::tokens(&laid_out, None).comments;
    if comments != tokens.comments || parse_unplaced(&laid_out).0 != parse_unplaced(text).0 {
        return Err(Refused::Changed);
    }
    Ok(laid_out)
}
