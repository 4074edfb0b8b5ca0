//! What a pack says of itself, and its calendar.

use crate::scope::Checker;
use crate::source_text;
use bulou_base::source::{Source, Span};
use bulou_ir::RuleSet;
use bulou_ir::calendar::Calendar;
use bulou_messages::codes::Code;
use bulou_messages::diagnostic::{Lang, LocalizedText};
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
                    LocalizedText::new("没有「规则集」声明", "there is no pack declaration"),
                    LocalizedText::new(
                        "写 `规则集 名称 \"标题\" { 版本 … }`",
                        "write `pack id \"title\" { version … }`",
                    ),
                );
            }
            return RuleSet::default();
        };
        if self.declared.rules.is_empty() && !files.iter().any(|file| file.left_out) {
            self.error(
                Code::NoRules,
                pack.id.span,
                LocalizedText::new("规则集里没有一条规则,什么也查不出来", "the pack has no rule, and so finds nothing"),
                LocalizedText::new(
                    "写一条 `规则 …`;规则在别的文件里,就检查那个文件在不在文件夹里、名字对不对",
                    "write a `rule …`; if the rules are in another file, check that it is in the folder under the right name",
                ),
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
            Err(problems) => {
                for why in problems {
                    self.error(
                        Code::CalendarInvalid,
                        calendar.file.span,
                        LocalizedText::new(
                            format!("日历文件不对:{}", why.zh),
                            format!("the calendar file is wrong: {}", why.en),
                        ),
                        LocalizedText::new(
                            "每年写四位数字,列出 rest 与 work 两组日期,每天只写一次",
                            "list the dates under rest and work for each year of four digits, each day once",
                        ),
                    );
                }
                None
            }
        }
    }
}
