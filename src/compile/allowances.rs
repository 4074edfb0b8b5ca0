//! Warnings that an author lets stand, each with its reason: `允许 W131 name "why"`. One that lets nothing stand is reported
//! itself, so that none outlives what it was written for.

use crate::declared::Declared;
use bulou_base::source::Span;
use bulou_messages::codes::Code;
use bulou_messages::diagnostic::{Diagnostic, LocalizedText, Severity};
use bulou_syntax::ast::{Allow, Field};

/// Takes away the warnings that may stand, and reports the allowances that are in vain.
pub(crate) fn apply(declared: &Declared<'_>, diagnostics: &mut Vec<Diagnostic>) {
    // What is in vain only while a rule is not understood is not said.
    let broken = diagnostics.iter().any(|found| found.severity() == Severity::Error);
    let mut vain = Vec::new();
    for allow in &declared.allowances {
        let before = diagnostics.len();
        let spans = about(declared, allow);
        let code = Code::parse(&allow.code.text).filter(|code| code.severity() == Severity::Warning);
        diagnostics
            .retain(|found| Some(found.code) != code || !spans.iter().any(|span| within(found.primary.span, *span)));
        if diagnostics.len() == before && !broken {
            vain.push(in_vain(allow, code.is_some(), !spans.is_empty()));
        }
    }
    diagnostics.extend(vain);
}

fn within(inner: Span, outer: Span) -> bool {
    inner.source == outer.source && outer.start <= inner.start && inner.end <= outer.end
}

/// Where everything stands that the name may mean: what is called so in another space is allowed nothing by mistake, for
/// the code says what kind of thing it is about.
fn about(declared: &Declared<'_>, allow: &Allow) -> Vec<Span> {
    let names: Vec<&str> = allow.about.names.iter().map(|name| name.text.as_str()).collect();
    match names.as_slice() {
        [name] => declarations(declared).filter(|(known, _)| known == name).map(|(_, span)| span).collect(),
        [owner, field] => {
            fields(declared, owner).filter(|known| known.name.text == *field).map(|known| known.span).collect()
        }
        _ => Vec::new(),
    }
}

fn declarations<'d>(declared: &'d Declared<'_>) -> impl Iterator<Item = (&'d str, Span)> {
    let rules = declared.rules.iter().map(|one| (&one.id, one.span));
    let records = declared.records.iter().map(|one| (&one.name, one.span));
    let data = declared.school.iter().chain(&declared.county).map(|one| (&one.name, one.span));
    let params = declared.params.iter().map(|one| (&one.name, one.span));
    let options = declared.options.iter().map(|one| (&one.name, one.span));
    let defines = declared.defines.iter().map(|one| (&one.name, one.span));
    let tables = declared.tables.iter().map(|one| (&one.name, one.span));
    let sources = declared.citables.iter().map(|one| (&one.name, one.span));
    let all = rules.chain(records).chain(data).chain(params).chain(options).chain(defines).chain(tables).chain(sources);
    all.map(|(name, span)| (name.text.as_str(), span))
}

fn fields<'d>(declared: &'d Declared<'_>, owner: &'d str) -> impl Iterator<Item = &'d Field> {
    let records = declared.records.iter().filter(move |one| one.name.text == owner).flat_map(|one| &one.fields);
    let data = declared.school.iter().chain(&declared.county).filter(move |one| one.name.text == owner);
    records.chain(data.flat_map(|one| &one.fields))
}

fn in_vain(allow: &Allow, is_warning: bool, is_known: bool) -> Diagnostic {
    let code = &allow.code.text;
    let (span, message) = if !is_warning {
        (
            allow.code.span,
            LocalizedText::new(format!("`{code}` 不是提醒的代码"), format!("`{code}` is the code of no warning")),
        )
    } else if !is_known {
        (
            allow.about.span,
            LocalizedText::new(
                "没有这个声明或字段,允许不了什么",
                "there is no such declaration or field to allow anything of",
            ),
        )
    } else {
        (
            allow.span,
            LocalizedText::new(
                format!("这里已经没有 {code} 的提醒,不用允许"),
                format!("there is no warning {code} here any more"),
            ),
        )
    };
    let help = LocalizedText::new(
        "删去这一条 `允许`;写法是 `允许 W131 规则名 \"理由\"`,字段写 `记录名.字段名`",
        "remove it; write `allow W131 rule \"why\"`, and `record.field` for a field",
    );
    Diagnostic::new(Code::StaleAllowance, span, message, help)
}
