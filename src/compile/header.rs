//! What a pack says of itself, and its calendar.

use crate::scope::Checker;
use crate::source_text;
use bulou_base::source::{Source, Span};
use bulou_ir::RuleSet;
use bulou_ir::calendar::{Calendar, Faulty};
use bulou_messages::codes::Code;
use bulou_messages::diagnostic::Lang;
use bulou_messages::sentence::Each;
use bulou_messages::texts;
use bulou_report::PackInfo;
use bulou_syntax::ast::File;

impl Checker<'_> {
    pub(super) fn header_of_pack(&mut self, texts: &[Source], files: &[&File]) -> RuleSet {
        let Some(pack) = self.declared.pack else {
            let source = bulou_base::source::SourceId(0);
            if !texts.is_empty() && files.iter().any(|file| !file.declarations.is_empty()) {
                self.error(
                    Code::PackHeader,
                    Span { source, start: 0, end: 0 },
                    texts::no_pack_declaration().text(),
                    texts::write_pack_id_title().text(),
                );
            }
            return RuleSet::default();
        };
        if self.declared.rules.is_empty() && !files.iter().any(|file| file.left_out) {
            self.error(
                Code::NoRules,
                pack.id.span,
                texts::pack_no_rule_finds().text(),
                texts::write_rule_if_rules().text(),
            );
        }
        let header = texts.get(pack.span.source.0 as usize).map_or("", |text| text.slice(pack.span));
        let version = pack.version.as_ref().map(|version| version.text.clone()).unwrap_or_default();
        RuleSet {
            pack: PackInfo { id: pack.id.text.clone(), version, sha256: String::new() },
            lang: if header.starts_with("pack") { Lang::En } else { Lang::Zh },
            title: pack.title.text.clone(),
            publisher: pack.publisher.as_ref().map(|publisher| publisher.text.clone()).unwrap_or_default(),
            effective: pack.effective.as_ref().and_then(|effective| self.in_force(effective, None)),
            ..RuleSet::default()
        }
    }

    pub(super) fn calendar(&mut self, read: &dyn Fn(&str) -> Option<Vec<u8>>) -> Option<Calendar> {
        let declared = self.declared;
        let calendar = declared.calendars.first()?;
        let Some(bytes) = read(&calendar.file.text) else {
            self.diagnostics.push(source_text::missing_file(&calendar.file));
            return None;
        };
        match Calendar::parse(&bytes) {
            Ok(calendar) => Some(calendar),
            Err(Faulty(problems)) => {
                for why in problems {
                    self.error(
                        Code::CalendarInvalid,
                        calendar.file.span,
                        texts::calendar_file_wrong(&Each(&why.zh, &why.en)).text(),
                        texts::list_dates_under_rest().text(),
                    );
                }
                None
            }
        }
    }
}
