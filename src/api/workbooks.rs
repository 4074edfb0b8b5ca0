//! Workbooks for callers that hold everything in memory.

use bulou_eval::Checker;

use crate::{CheckOptions, Error, Gb18030, Pack, decoded, of_sheets};
use bulou_ir::RuleSet;
use bulou_messages::diagnostic::Lang;
use bulou_report::Report;

impl Pack {
    /// A workbook to fill in.
    ///
    /// # Errors
    /// The pack has errors, or what no workbook can hold.
    pub fn workbook_template(&self) -> Result<Vec<u8>, Error> {
        Ok(bulou_sheets::template(self.rules()?)?)
    }

    /// A document as a workbook.
    ///
    /// # Errors
    /// The pack has errors, or the bytes are no document.
    pub fn workbook(&self, bytes: &[u8], lang: Lang, gb18030: Gb18030<'_>) -> Result<Vec<u8>, Error> {
        let rules = self.rules()?;
        Ok(bulou_sheets::workbook(rules, &text(rules, bytes, lang, gb18030))?)
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
    ) -> Result<Vec<u8>, Error> {
        let lang = options.lang;
        let rules = self.rules()?;
        let report = self.check(name, bytes, options, gb18030)?;
        Ok(bulou_sheets::annotated(rules, &text(rules, bytes, lang, gb18030), &report, lang)?)
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
        refusal: bulou_sheets::Refusal,
    ) -> Result<Report<'_>, Error> {
        let lang = options.lang;
        let rules = self.rules()?;
        Ok(of_sheets(rules, &Err(refusal), lang).check(&mut Checker::new(rules, &options.into())?, name, bytes))
    }

    /// What a document says, as JSON; of a workbook, too.
    ///
    /// # Errors
    /// The pack has errors.
    pub fn document(&self, bytes: &[u8], lang: Lang, gb18030: Gb18030<'_>) -> Result<String, Error> {
        Ok(text(self.rules()?, bytes, lang, gb18030))
    }
}

fn text(rules: &RuleSet, bytes: &[u8], lang: Lang, gb18030: Gb18030<'_>) -> String {
    String::from_utf8_lossy(&decoded(rules, bytes, lang, gb18030).utf8).into_owned()
}
