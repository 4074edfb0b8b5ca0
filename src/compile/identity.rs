//! Whom documents are about: the identity of a school's, the schools that a county asks, and the keys that are not a
//! pack's to give.

use crate::shape::Builder;
use bulou_document::forbidden::core;
use bulou_document::shape::{ENVELOPE, Element, Field, Fields, Kind};
use bulou_document::types::Domain;
use bulou_messages::codes::Code;
use bulou_messages::diagnostic::Diagnostic;
use bulou_messages::texts;
use bulou_syntax::ast::{self, Data, Forbidden, Name, Path};

impl<'a> Builder<'a, '_> {
    /// What is wrong with what a `数据` says of whom its documents are about.
    pub(super) fn whom(&mut self, data: &'a Data) {
        self.reserved(data);
        if let (Some(path), Some(_)) = (&data.identity, &self.built.shape.identity) {
            self.always_there(path);
        }
        match (self.county, &data.roster) {
            (true, Some(path)) => self.roster(path),
            (true, None) => self.error(
                Code::CountyOpen,
                data.name.span,
                texts::data_no_roster_county(&data.name.text).text(),
                texts::hold_list_schools_submit().text(),
            ),
            (false, Some(path)) => self.error(
                Code::DataPath,
                path.span,
                texts::roster_stands_data_county().text(),
                texts::move_data_county_remove().text(),
            ),
            (false, None) => {}
        }
        if !self.county && data.identity.is_none() {
            self.nobody(data);
        }
    }

    /// Documents that do not say whose they are: a warning, for a pack may be tried on one; no county can count them.
    fn nobody(&mut self, data: &Data) {
        let name = &data.name;
        let help = texts::write_identity_path_such().text();
        let message = if self.declared.county.is_some() {
            texts::data_no_identity_county(&name.text).text()
        } else {
            texts::data_no_identity_document(&name.text).text()
        };
        let code = if self.declared.county.is_some() { Code::CountyOpen } else { Code::NoIdentity };
        self.built.diagnostics.push(Diagnostic::new(code, name.span, message, help));
    }

    /// Whom a document is about has to be said, so that nothing on the way to it may be left out, nor filled in by a word
    /// that says nothing.
    fn always_there(&mut self, path: &Path) {
        let Some(mut fields) = self.root() else { return };
        for name in &path.names {
            let Some(field) = fields.field(&name.text) else { return };
            if !self.tells(field, name) {
                return;
            }
            fields = match &field.kind {
                Kind::Record(inner) => (**inner).clone(),
                _ => return,
            };
        }
    }

    /// Whether a field on the way to an identity always says something.
    fn tells(&mut self, field: &Field, name: &Name) -> bool {
        if field.optional {
            let message = texts::may_left_out_identity(&name.text).text();
            let help = texts::take_behind_type_away().text();
            self.error(Code::DataPath, name.span, message, help);
        } else if !field.may_be.is_empty() {
            let message = texts::may_placeholder_identity_say(&name.text).text();
            let help = texts::take_may_away().text();
            self.error(Code::DataPath, name.span, message, help);
        }
        !field.optional && field.may_be.is_empty()
    }

    /// A roster is a list of records that each name a school.
    fn roster(&mut self, path: &Path) {
        let Some(root) = self.root() else { return };
        let found = match path.names.as_slice() {
            [list, id] => self.column(&root, list, id).map(|field| (field, id)),
            _ => None,
        };
        let Some((field, id)) = found else {
            return self.error(
                Code::DataPath,
                path.span,
                texts::roster_takes_two_steps().text(),
                texts::example_roster_roster_code().text(),
            );
        };
        if field.sensitive {
            let message = texts::sensitive_missing_schools_named(&id.text).text();
            let help = texts::use_another_field_take().text();
            return self.error(Code::DataPath, id.span, message, help);
        }
        self.tells(&field, id);
    }

    /// The text field of a list of records.
    fn column(&self, root: &Fields, list: &Name, id: &Name) -> Option<Field> {
        let of = |fields: &Fields, name: &Name| fields.field(&name.text).cloned();
        let Kind::List(table) = of(root, list)?.kind else { return None };
        let Element::Record(fields) = &self.built.shape.tables.get(usize::from(table))?.element else { return None };
        of(fields, id).filter(|field| matches!(field.kind.domain(), Domain::Text(_)))
    }

    /// The schools' data that a `汇总` names.
    pub(super) fn schools(&mut self, named: &Name) -> Option<&'a Data> {
        let school = self.declared.school;
        if let Some(school) = school.filter(|school| school.name.text == named.text) {
            return Some(school);
        }
        let message = texts::no_data_fold_could(&named.text).text();
        let help = match school {
            Some(school) => texts::write_fold_document_schools(&school.name.text).text(),
            None => texts::declare_document_schools_data().text(),
        };
        self.error(Code::UnknownName, named.span, message, help);
        None
    }

    /// Names that the program keeps for itself: a document says by such a key for which rules it was filled in.
    fn reserved(&mut self, data: &'a Data) {
        let records = self.declared.records.iter().flat_map(|record| &record.forbidden);
        let forbidden: Vec<&Name> =
            data.forbidden.iter().chain(records).flat_map(|clause: &Forbidden| &clause.names).collect();
        for name in forbidden.iter().filter(|name| core(&name.text).is_empty()) {
            self.error(
                Code::ForbidsNothing,
                name.span,
                texts::no_letter_forbids_no(&name.text).text(),
                texts::write_keys_letters_such().text(),
            );
        }
        let fields = data.fields.iter().map(|field: &ast::Field| &field.name);
        for name in fields.chain(forbidden).filter(|name| core(&name.text) == core(ENVELOPE)) {
            self.error(
                Code::ReservedKey,
                name.span,
                texts::key_programs_own_document(&name.text).text(),
                texts::choose_another_name().text(),
            );
        }
    }
}
