//! Workbooks for callers that hold everything in memory.

use crate::{CheckOptions, Gb18030, Pack, checker, decoded, of_sheets};
use bulou_ir::RuleSet;
use bulou_messages::diagnostic::{Lang, Words};
use bulou_report::Report;
use bulou_sheets as xlsx;

impl Pack {
    /// A workbook to fill in.
    ///
    /// # Errors
    /// The pack has errors, or what no workbook can hold.
    pub fn workbook_template(&self, lang: Lang) -> Result<Vec<u8>, String> {
        xlsx::template(self.rules(lang)?).map_err(said(lang))
    }

    /// A document as a workbook.
    ///
    /// # Errors
    /// The pack has errors, or the bytes are no document.
    pub fn workbook(&self, bytes: &[u8], lang: Lang, gb18030: Gb18030<'_>) -> Result<Vec<u8>, String> {
        let rules = self.rules(lang)?;
        xlsx::workbook(rules, &text(rules, bytes, lang, gb18030)).map_err(said(lang))
    }

    /// A document as a workbook with what a check finds at its cells.
    ///
    /// # Errors
    /// As [`Pack::workbook`]; or a parameter or waiver does not fit the pack.
    pub fn annotated(
        &self,
        name: &str,
        bytes: &[u8],
        options: CheckOptions,
        gb18030: Gb18030<'_>,
    ) -> Result<Vec<u8>, String> {
        let lang = options.lang.into();
        let rules = self.rules(lang)?;
        let report = self.check(name, bytes, options, gb18030)?;
        xlsx::annotated(rules, &text(rules, bytes, lang, gb18030), &report, lang).map_err(said(lang))
    }

    /// The report of a workbook that was not read.
    ///
    /// # Errors
    /// The pack has errors, or a parameter or waiver does not fit it.
    pub fn refused_workbook(
        &self,
        name: &str,
        bytes: &[u8],
        options: CheckOptions,
        refusal: xlsx::Refusal,
    ) -> Result<Report<'_>, String> {
        let lang = options.lang.into();
        let rules = self.rules(lang)?;
        Ok(of_sheets(rules, &Err(refusal), lang).check(&mut checker(rules, &options.into())?, name, bytes))
    }

    /// What a document says, as JSON; of a workbook, too.
    ///
    /// # Errors
    /// The pack has errors.
    pub fn document(&self, bytes: &[u8], lang: Lang, gb18030: Gb18030<'_>) -> Result<String, String> {
        Ok(text(self.rules(lang)?, bytes, lang, gb18030))
    }
}

fn text(rules: &RuleSet, bytes: &[u8], lang: Lang, gb18030: Gb18030<'_>) -> String {
    String::from_utf8_lossy(&decoded(rules, bytes, lang, gb18030).utf8).into_owned()
}

fn said(lang: Lang) -> impl Fn(Words) -> String {
    move |words| words.get(lang).to_owned()
}
