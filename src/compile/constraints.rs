//! `约束`: what must hold within each record, wherever it stands in a document.

use crate::scope::{Checker, Scope};
use crate::types::Ty;
use bulou_base::source::Span;
use bulou_document::shape::{Fields, Kind};
use bulou_ir::Constraint;
use bulou_ir::expr::Header;
use bulou_messages::codes::Code;
use bulou_messages::texts;
use bulou_syntax::ast::Requirement;

impl<'a> Checker<'a> {
    /// The constraints of the document and of the records in it, each once for every place that its record has.
    pub fn constraints(&mut self) -> Vec<Constraint> {
        let (declared, shape) = (self.declared, self.shape);
        let data = if self.county { declared.county } else { declared.school };
        let (Some(data), Some(fields)) = (data, shape.document()) else { return Vec::new() };
        // A check of what was filled in is no reason to ask for it.
        let used = self.used_fields.clone();
        let mut found = Vec::new();
        self.within(0, &[], fields, &data.constraints, &mut found);
        self.used_fields = used;
        found
    }

    fn within(
        &mut self,
        table: u16,
        way: &[Header],
        fields: &'a Fields,
        own: &'a [Requirement],
        found: &mut Vec<Constraint>,
    ) {
        for constraint in own {
            found.push(self.constraint(table, way, fields, constraint));
        }
        let (declared, shape) = (self.declared, self.shape);
        let of = |inner: &Fields| {
            let record = declared.records.iter().find(|record| record.name.text == inner.name);
            record.map(|record| record.constraints.as_slice()).unwrap_or_default()
        };
        for field in &fields.fields {
            match &field.kind {
                Kind::Record(inner) => {
                    // Where the record is not there, nothing is asked of it.
                    let header = Header { slot: field.slot, optional: false };
                    self.within(table, &[way, &[header]].concat(), inner, of(inner), found);
                }
                // What a school says of itself was checked in its own document.
                Kind::List(_) if table == 0 && shape.fold == Some(field.slot) => {}
                Kind::List(list) => {
                    if let Some(inner) = shape.records(*list) {
                        self.within(*list, &[], inner, of(inner), found);
                    }
                }
                _ => {}
            }
        }
    }

    fn constraint(
        &mut self,
        table: u16,
        way: &[Header],
        fields: &'a Fields,
        constraint: &'a Requirement,
    ) -> Constraint {
        let frame = u8::from(table != 0);
        let row = self.shape.records(table).map_or(Ty::Bad, Ty::Record);
        let scope = |ty: Ty<'a>, way: &[Header], sensitive: bool, hidden: bool| Scope {
            id: format!("#{frame}"),
            frame,
            name: None,
            ty,
            sensitive,
            fractions: false,
            way: way.to_vec(),
            hidden,
        };
        // A record's own fields and nothing around it: it may stand in several places.
        let scopes =
            |sensitive| vec![scope(row.clone(), &[], false, true), scope(Ty::Record(fields), way, sensitive, false)];
        let outside = std::mem::replace(&mut self.scopes, scopes(false));
        self.constraining = true;
        let typed = self.yes_or_no(&constraint.expr, false);
        let facts = typed.when_false.clone();
        let cond = typed.into_cond();
        // Where a `敏感` value decides which record is meant, naming one would tell the value.
        self.scopes = scopes(cond.hidden && table != 0);
        // It is said where the condition does not hold, and then what this says of optional data is known.
        let message = self
            .knowing(&facts, |checker| constraint.message.as_ref().map(|message| checker.said(message, cond.hidden)));
        self.constraining = false;
        self.scopes = outside;
        Constraint { table, way: way.into(), frame, cond, message }
    }

    /// Reports schools' documents in a constraint, which is checked before there are any.
    pub fn no_schools_here(&mut self, name: &str, span: Span) {
        self.error(
            Code::Constraint,
            span,
            texts::cannot_stand_constraint_no(&name).text(),
            texts::write_rule_scope_county().text(),
        );
    }
}
