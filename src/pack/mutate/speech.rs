//! Changes in the rule's own words: what stands in the file, and what would stand there instead.

use crate::source::{Source, Span};
use crate::syntax::ast::{CompareOp, DurationUnit, Expr, ExprKind};
use crate::syntax::keywords::KEYWORDS;

/// How a declaration speaks.
pub(crate) struct Speech<'a> {
    texts: &'a [Source],
    english: bool,
    /// The pack's option sets, named or not.
    options: &'a [Vec<String>],
}

impl<'a> Speech<'a> {
    /// Of the declaration at `span`, by the language of its first word.
    pub fn of(texts: &'a [Source], options: &'a [Vec<String>], span: Span) -> Self {
        let mut speech = Self { texts, english: false, options };
        speech.english = speech.slice(span).starts_with(|first: char| first.is_ascii());
        speech
    }

    /// What stands at a place, white space folded.
    pub fn slice(&self, span: Span) -> String {
        let text = self.texts.get(span.source.0 as usize).map(|source| source.slice(span)).unwrap_or_default();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// An expression as it stands.
    pub fn text(&self, expr: &Expr) -> String {
        self.slice(expr.span)
    }

    /// The same beside an operator: in parentheses where it could be read otherwise.
    pub fn operand(&self, expr: &Expr) -> String {
        let text = self.text(expr);
        match &expr.kind {
            ExprKind::If(..)
            | ExprKind::And(_)
            | ExprKind::Or(_)
            | ExprKind::Not(_)
            | ExprKind::Quantifier(..)
            | ExprKind::Covers(..)
            | ExprKind::Deadline(..)
            | ExprKind::Frequency(_)
            | ExprKind::Compare(..)
            | ExprKind::In(..)
            | ExprKind::Between(..)
            | ExprKind::Contains(..)
            | ExprKind::Default(..)
            | ExprKind::Arith(..) => format!("({text})"),
            _ => text,
        }
    }

    /// A keyword in the declaration's language, by its rule in the grammar.
    pub fn word(&self, rule: &str) -> &'static str {
        let keyword = KEYWORDS.iter().find(|keyword| keyword.rule == rule);
        keyword.map_or("", |keyword| if self.english { keyword.en } else { keyword.zh })
    }

    /// One of two spellings.
    pub fn either(&self, zh: &'static str, en: &'static str) -> &'static str {
        if self.english { en } else { zh }
    }

    /// `{left} {keyword} {right}`
    pub fn joined(&self, left: &Expr, rule: &str, right: &Expr) -> String {
        format!("{} {} {}", self.operand(left), self.word(rule), self.operand(right))
    }

    /// What is said of something that is left out.
    pub fn nothing(&self) -> String {
        self.either("(删去)", "(left out)").to_owned()
    }

    /// A duration.
    pub fn duration(&self, count: i32, unit: DurationUnit) -> String {
        let unit = match unit {
            DurationUnit::Days => self.either("日", " days"),
            DurationUnit::WorkDays => self.either("个工作日", " workdays"),
            DurationUnit::Months => self.either("个月", " months"),
        };
        format!("{count}{unit}")
    }

    /// The options that follow `name` in the sets that hold it.
    pub fn next_options(&self, name: &str) -> Vec<String> {
        let mut next: Vec<String> = Vec::new();
        for set in self.options {
            let Some(at) = set.iter().position(|option| option == name) else { continue };
            let follows = set.get(at + 1).or(set.first()).filter(|option| *option != name);
            if let Some(follows) = follows.filter(|option| !next.contains(option)) {
                next.push(follows.clone());
            }
        }
        next
    }
}

/// `≥` …
pub(crate) fn sign(op: CompareOp) -> &'static str {
    match op {
        CompareOp::Eq => "=",
        CompareOp::Ne => "≠",
        CompareOp::Lt => "<",
        CompareOp::Le => "≤",
        CompareOp::Gt => ">",
        CompareOp::Ge => "≥",
    }
}

/// A decimal number of so many digits after the point.
pub(crate) fn decimal(mantissa: i64, scale: u32) -> String {
    let Ok(scale) = usize::try_from(scale) else { return String::new() };
    if scale == 0 {
        return mantissa.to_string();
    }
    let digits = format!("{mantissa:0>width$}", width = scale + 1);
    let (whole, fraction) = digits.split_at(digits.len() - scale);
    format!("{whole}.{fraction}")
}
