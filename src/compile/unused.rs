//! What is declared and serves nothing: fields asked of schools without need above all.

use std::collections::HashSet;

use crate::scope::Checker;
use bulou_base::source::Span;
use bulou_document::shape::{Element, Fields, Kind};
use bulou_messages::codes::Code;
use bulou_messages::sentence::Phrase;
use bulou_messages::texts;
use bulou_syntax::ast::Name;

impl<'a> Checker<'a> {
    /// Warns of everything declared that no rule uses. `types` are the records and option sets that documents use.
    pub fn unused(&mut self, types: &HashSet<String>) {
        self.mark_paths();
        self.unused_in_tables(&mut HashSet::new());
        let declared = self.declared;
        let values = declared.params.iter().map(|param| (&param.name, texts::parameter()));
        let values = values.chain(declared.defines.iter().map(|define| (&define.name, texts::definition())));
        let values = values.chain(declared.tables.iter().map(|table| (&table.name, texts::table())));
        let counting = self.params.iter().find(|param| param.ty == bulou_ir::ParamType::Counting);
        let counting = counting.map(|param| param.name.clone());
        for (name, what) in values {
            if counting.as_ref() != Some(&name.text) && !self.used_names.contains(&name.text) {
                self.unused_name(name, what);
            }
        }
        for options in &declared.options {
            if !types.contains(&options.name.text) && !self.used_names.contains(&format!("选项 {}", options.name.text))
            {
                self.unused_name(&options.name, texts::option_set_word());
            }
        }
        for record in &declared.records {
            if !types.contains(&record.name.text) {
                self.unused_name(&record.name, texts::record_2());
            }
        }
    }

    /// Warns of the county's own fields that no rule uses. Those that the schools' documents have as well are told of there.
    pub fn unused_of_county(&mut self, schools: &HashSet<Span>) {
        self.mark_roster();
        let mut reported = schools.clone();
        self.unused_in_tables(&mut reported);
    }

    /// The list that names the schools that have to submit is read by the program itself: who they are and what they are called.
    fn mark_roster(&mut self) {
        self.mark_paths();
        let Some([list, key]) =
            self.declared.county.and_then(|county| county.roster.as_ref()).map(|path| path.names.as_slice())
        else {
            return;
        };
        let title = self.declared.school.and_then(|school| school.title.as_ref()).and_then(|path| path.names.last());
        let shape = self.shape;
        let Some(field) = shape.document().and_then(|fields| fields.field(&list.text)) else { return };
        let Kind::List(table) = field.kind else { return };
        let keys = [Some(key), title].into_iter().flatten();
        let within = shape
            .records(table)
            .into_iter()
            .flat_map(|fields| keys.clone().filter_map(move |key| fields.field(&key.text)));
        let slots: Vec<(u16, u32)> =
            std::iter::once((0, field.slot)).chain(within.map(|field| (table, field.slot))).collect();
        self.used_fields.extend(slots.iter().filter_map(|slot| self.spans.get(slot).copied()));
    }

    fn unused_name(&mut self, name: &Name, what: Phrase) {
        self.error(Code::Unused, name.span, texts::not_used(&what, &name.text).text(), texts::use_remove().text());
    }

    /// Fields that say whom and when a document is about are used by the checker itself.
    fn mark_paths(&mut self) {
        self.used_fields.extend(super::paths(self.shape, self.spans));
    }

    fn unused_in_tables(&mut self, reported: &mut HashSet<Span>) {
        let shape = self.shape;
        for (index, table) in shape.tables.iter().enumerate() {
            if let Element::Record(fields) = &table.element {
                self.unused_fields(u16::try_from(index).unwrap_or(u16::MAX), fields, reported);
            }
        }
    }

    fn unused_fields(&mut self, table: u16, fields: &Fields, reported: &mut HashSet<Span>) {
        for field in &fields.fields {
            let Some(span) = self.spans.get(&(table, field.slot)).copied() else { continue };
            if let Kind::Record(inner) = &field.kind {
                self.unused_fields(table, inner, reported);
                continue;
            }
            let printed = self.printed_fields.contains(&span);
            // What no two elements share tells which of them a message speaks of.
            let used = self.used_fields.contains(&span) || (printed && field.unique);
            let promised = field.notes.keep.as_deref().map(|reason| promise(reason));
            if used || promised == Some(None) || !reported.insert(span) {
                continue;
            }
            if let Some(Some(promise)) = promised {
                let message = texts::keep_promises_no_rule(&field.name, &promise).text();
                self.error(Code::UnusedField, span, message, texts::say_who_compares().text());
                continue;
            }
            let words = if printed { texts::printed_messages_checked_no() } else { texts::used_no_rule() };
            self.error(
                Code::UnusedField,
                span,
                texts::field(&field.name, &words).text(),
                texts::do_not_ask_what().text(),
            );
        }
    }
}

/// What a reason to keep a field promises that only a rule does, or somebody whom it names: `与学生数比较`, `不得减少`.
fn promise(reason: &str) -> Option<&'static str> {
    /// Asked of it together with something else.
    const WITH: [&str; 10] = ["对照", "比较", "比对", "核对", "对比", "一致", "相符", "吻合", "勾稽", "校验"];
    const ALONE: [&str; 8] = ["不得", "不能", "不应", "比对", "校验", "勾稽", "compare", "must"];
    const NAMED: [&str; 22] = [
        "由",
        "供",
        "人",
        "员",
        "督学",
        "督导",
        "局",
        "处",
        "科",
        "部门",
        "机关",
        "家长",
        "校长",
        "老师",
        "教师",
        "学校自己",
        "用",
        "时",
        "by ",
        "inspector",
        "auditor",
        "for the ",
    ];
    let denied = ["不作", "不做", "无需", "不用"].iter().any(|not| reason.contains(not));
    if denied || NAMED.iter().any(|who| reason.contains(who)) {
        return None;
    }
    let with = || reason.split_once(['与', '和', '跟', '同']).map(|(_, rest)| rest);
    let together = with().and_then(|rest| WITH.into_iter().find(|promise| rest.contains(promise)));
    together.or_else(|| ALONE.into_iter().find(|promise| reason.contains(promise)))
}
