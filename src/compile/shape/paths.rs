//! The paths of a `数据`: where a document says whom and when it is about.

use super::Builder;
use bulou_document::shape::{Kind, SlotPath};
use bulou_document::types::Domain;
use bulou_messages::codes::Code;
use bulou_messages::sentence::Each;
use bulou_messages::texts;
use bulou_syntax::ast::Path;

/// What a path of a `数据` has to lead to.
#[derive(Clone, Copy)]
pub(super) struct Leads {
    to: fn(&Kind) -> bool,
    zh: &'static str,
    en: &'static str,
}

pub(super) const TEXT: Leads = Leads { to: |kind| matches!(kind.domain(), Domain::Text(_)), zh: "文本", en: "text" };
pub(super) const DATE: Leads = Leads { to: |kind| matches!(kind.domain(), Domain::Date(_)), zh: "日期", en: "date" };
pub(super) const EDITION: Leads =
    Leads { to: |kind| matches!(kind.domain(), Domain::Whole(_)), zh: "整数", en: "integer" };

impl<'a> Builder<'a, '_> {
    pub(super) fn path(&mut self, path: Option<&Path>, leads: Leads) -> Option<SlotPath> {
        let path = path?;
        let mut fields = self.root()?;
        let mut slot = None;
        for (index, name) in path.names.iter().enumerate() {
            let last = index + 1 == path.names.len();
            match fields.field(&name.text).map(|field| (field.slot, field.kind.clone(), field.sensitive)) {
                Some((.., true)) => {
                    self.error(
                        Code::DataPath,
                        name.span,
                        texts::sensitive_identity_name_date(&name.text).text(),
                        texts::use_another_field_take().text(),
                    );
                    return None;
                }
                Some((_, Kind::Record(inner), _)) if !last => fields = *inner,
                Some((found, kind, _)) if last && (leads.to)(&kind) => slot = Some(found),
                Some((_, kind, _)) if last && !matches!(kind, Kind::Record(_) | Kind::List(_)) => {
                    self.error(
                        Code::DataPath,
                        name.span,
                        texts::no_field_type(&name.text, &Each(&leads.zh, &leads.en)).text(),
                        texts::path_field_type_stands(&Each(&leads.zh, &leads.en)).text(),
                    );
                    return None;
                }
                _ => {
                    self.error(
                        Code::DataPath,
                        name.span,
                        texts::no_field_here(&name.text).text(),
                        texts::write_path_from_here().text(),
                    );
                    return None;
                }
            }
        }
        slot.map(|slot| SlotPath { slot })
    }
}
