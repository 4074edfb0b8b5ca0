//! The schools of the roster by their 标识, and whether a document that bears one is that school's.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::roster::Roster;
use bulou_base::hash::HashMap;
use bulou_base::sanitize::shortened;
use bulou_document::normalize::{is_blank, normal};
use bulou_document::{field_path, problem};
use bulou_ir::RuleSet;
use bulou_messages::diagnostic::Lang;
use bulou_messages::problem_codes::ProblemCode;
use bulou_messages::texts;
use bulou_report::{Problem, Subject};

/// The schools that have to submit: 名称 by 标识.
#[derive(Debug)]
pub struct Listed<'r> {
    names: BTreeMap<&'r str, &'r str>,
    /// Whether the roster says what its schools are called.
    named: bool,
    /// Made when a school is first looked for by its 名称.
    called: OnceLock<Called<'r>>,
}

/// 标识 and 名称 of schools by their 名称 in the normal form.
type Called<'r> = HashMap<String, Vec<(&'r str, &'r str)>>;

/// So many schools of one 名称 a problem names.
const NAMED: usize = 20;

/// Whose a document is by its 标识 and the name that it gives itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whose<'r> {
    /// The school's that has this 标识 on the roster.
    Its,
    /// The 标识 is that of a school with another 名称, which may be blank.
    Another(&'r str),
    /// No school on the roster has this 标识.
    Nobody,
}

impl<'r> Listed<'r> {
    pub(super) fn new(roster: &'r Roster) -> Self {
        Self { names: roster.iter().collect(), named: roster.is_named(), called: OnceLock::new() }
    }

    /// How many schools.
    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    /// The school of a 标识: both as the roster has them.
    pub(super) fn get(&self, id: &str) -> Option<(&'r str, &'r str)> {
        self.names.get_key_value(id).map(|(id, name)| (*id, *name))
    }

    /// Whose a document is; what cannot be seen makes no other name.
    pub(super) fn whose(&self, id: &str, name: &str) -> Whose<'r> {
        match self.get(id) {
            Some((_, listed)) if self.named && normal(listed) != normal(name) => Whose::Another(listed),
            Some(_) => Whose::Its,
            None => Whose::Nobody,
        }
    }

    /// The schools that are called so, as the normal form has it.
    pub(super) fn called(&self, name: &str) -> &[(&'r str, &'r str)] {
        let called = self.called.get_or_init(|| {
            let mut called = Called::default();
            for (id, name) in &self.names {
                called.entry(normal(name).into_owned()).or_default().push((id, name));
            }
            called.remove("");
            called
        });
        called.get(name).map_or(&[], Vec::as_slice)
    }

    /// What is wrong with a document of these rules that is about `subject`, where no school on the roster has its 标识, or one
    /// with another 名称: whose that is, and what to do.
    #[must_use]
    pub fn problem(&self, rules: &RuleSet, subject: &Subject, lang: Lang) -> Option<Problem> {
        let whose = self.whose(&subject.id, &subject.name);
        let [id, name] = [&subject.id, &subject.name].map(|text| shortened(text));
        let said = match whose {
            Whose::Its => return None,
            Whose::Nobody => texts::id_not_roster(&id).text(),
            Whose::Another(listed) if is_blank(listed) => texts::roster_no_name_id_not(&id, &name).text(),
            Whose::Another(listed) => texts::roster_id_name_document(&id, &listed, &name).text(),
        };
        let own: Vec<&str> = self.called(&normal(&subject.name)).iter().take(NAMED).map(|(id, _)| *id).collect();
        let words = if own.is_empty() {
            texts::correct_id_name_ask(&said).text()
        } else {
            let own = own.join(lang.comma());
            texts::roster_id_correct_id(&said, &name, &own).text()
        };
        let path = rules.shape.identity.as_ref().and_then(|path| field_path(&rules.shape, path.slot));
        Some(Problem { path: path.unwrap_or_default(), ..problem(ProblemCode::OtherSchool, &words, lang) })
    }
}
