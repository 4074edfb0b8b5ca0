//! Rule text from the tree alone: what a rule that was changed or taken from its file looks like. Reading the text
//! again gives the same tree; what a tree does not hold (comments, `20万` for 200000, the order of a rule's clauses of
//! different kinds) is not in the text either, so that a file is laid out with [`crate::format()`] instead.

mod declaration;
mod expression;

use pest::Parser as _;

use crate::ast::{Attribute, Cell, Declaration, Expr, File, Path, Template, TypeExpr};
use crate::format::{Options, format, spelling};
use crate::keywords::{KEYWORDS, is_value};
use crate::parser::{Grammar, Rule};
use bulou_messages::diagnostic::Lang;

/// An expression on one line.
///
/// ```
/// use bulou_messages::diagnostic::Lang;
/// use bulou_syntax::{ast::Declaration, parse_unplaced, print};
/// let (file, _) = parse_unplaced("规则 甲 { 要求 (每个 隐患 满足 有 期限)且 非(a 或 b) }");
/// let Some(Declaration::Rule(rule)) = file.declarations.first() else { return };
/// let Some(requirement) = rule.requirements.first() else { return };
/// assert_eq!(print::expr(&requirement.expr, Lang::Zh), "(每个 隐患 满足 有 期限) 且 非 (a 或 b)");
/// assert_eq!(print::expr(&requirement.expr, Lang::En), "(every 隐患 satisfies has 期限) and not (a or b)");
/// ```
#[must_use]
pub fn expr(expr: &Expr, keywords: Lang) -> String {
    Printer { keywords, curly: false }.expr(expr)
}

/// A message as it stands between its quotation marks: `隐患 {编号} 逾期`.
#[must_use]
pub fn message(message: &Template, keywords: Lang) -> String {
    Printer { keywords, curly: false }.content(message)
}

/// A cell of a decision table.
#[must_use]
pub fn cell(cell: &Cell, keywords: Lang) -> String {
    Printer { keywords, curly: false }.cell(cell)
}

/// A type: `[{ 一般, 重大 }]?`.
#[must_use]
pub fn ty(ty: &TypeExpr, keywords: Lang) -> String {
    Printer { keywords, curly: false }.ty(ty)
}

/// An attribute of a field: `至少 1 项`.
#[must_use]
pub fn attribute(attribute: &Attribute, keywords: Lang) -> String {
    Printer { keywords, curly: false }.attribute(attribute).trim_start().to_owned()
}

/// A path to a field: `学校.标识码`.
#[must_use]
pub fn path(path: &Path, keywords: Lang) -> String {
    Printer { keywords, curly: false }.path(path)
}

/// A declaration in the canonical layout.
#[must_use]
pub fn declaration(declaration: &Declaration, keywords: Lang) -> String {
    laid_out(Printer { keywords, curly: false }.declaration(declaration))
}

/// All declarations of a file in the canonical layout.
#[must_use]
pub fn file(file: &File, keywords: Lang) -> String {
    let printer = Printer { keywords, curly: false };
    let declarations = file.declarations.iter().map(|declaration| printer.declaration(declaration));
    laid_out(declarations.collect::<Vec<_>>().join("\n\n"))
}

/// Text that the parser refuses (a tree that no text has) stays on its lines.
fn laid_out(text: String) -> String {
    format(&text, Options::default()).unwrap_or(text)
}

/// Prints in one language.
#[derive(Clone, Copy)]
pub(super) struct Printer {
    keywords: Lang,
    /// Texts stand between curly marks: inside a message that stands between ASCII ones.
    curly: bool,
}

impl Printer {
    /// A keyword, by its rule in the grammar.
    fn word(self, rule: &str) -> &'static str {
        match (KEYWORDS.iter().find(|keyword| keyword.rule == rule), self.keywords) {
            (Some(keyword), Lang::Zh) => keyword.zh,
            (Some(keyword), Lang::En) => keyword.en,
            (None, _) => "",
        }
    }

    /// A name, between backticks where it would not be one otherwise.
    fn name(self, text: &str) -> String {
        // These two start a form of their own where a cell or a type stands.
        let starts_form = KEYWORDS.iter().filter(|keyword| matches!(keyword.rule, "kw_any" | "kw_fold"));
        let is_form = starts_form.into_iter().any(|keyword| keyword.zh == text || keyword.en == text);
        quote_unless(!is_form && is_whole(Rule::name, text), text)
    }

    /// A key of the document, where keywords are names as well but for those that are values.
    fn field_name(self, text: &str) -> String {
        quote_unless(!is_value(text) && is_whole(Rule::field_name, text), text)
    }

    /// A text between marks that it does not hold.
    fn text(self, text: &str) -> String {
        if self.curly { format!("“{text}”") } else { spelling::quoted(text) }
    }
}

fn is_whole(rule: Rule, text: &str) -> bool {
    Grammar::parse(rule, text).is_ok_and(|pairs| pairs.as_str().len() == text.len())
}

fn quote_unless(bare: bool, text: &str) -> String {
    if bare { text.to_owned() } else { format!("`{text}`") }
}
