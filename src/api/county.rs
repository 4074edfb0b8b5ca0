//! A county's roll-up for a caller that has the documents in memory, one after another.

use std::collections::BTreeMap;

use serde::Serialize;
use serde::de::IgnoredAny;

use crate::{CheckOptions, Decoded, Error, Gb18030, Pack, check_any_encoding, decoded, named};
#[cfg(feature = "xlsx")]
use crate::{sheet_of_table, text_of_table};
use bulou_county::{Contribution, CountyReport, Earlier, Own, Roll, Unread, contribution, since};
use bulou_document::TextMemo;
use bulou_eval::{Checker, Options};
use bulou_ir::RuleSet;
use bulou_messages::diagnostic::LocalizedText;
use bulou_messages::texts;

/// What all schools submitted, folded one document at a time; a document's bytes are not kept.
#[derive(Debug)]
pub struct County {
    rules: RuleSet,
    options: Options,
    roll: Roll,
    /// What fields took in the documents before.
    memo: TextMemo,
}

/// What became of one document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Added {
    /// 标识 of its school; `None` when it could not be read, or names no school.
    pub id: Option<String>,
    /// Over its bytes.
    pub sha256: String,
}

impl County {
    /// A roll-up that holds nothing yet.
    ///
    /// # Errors
    /// The pack has errors or no `数据 全县`, or a parameter or waiver does not fit it.
    pub fn new(pack: &Pack, options: CheckOptions) -> Result<Self, Error> {
        let options: Options = options.into();
        let rules = pack.rules()?.clone();
        part(&rules)?;
        let roll = Roll::of(&mut Checker::new(&rules, &options)?);
        Ok(Self { rules, options, roll, memo: TextMemo::default() })
    }

    /// Adds a document of a school.
    ///
    /// # Errors
    /// None that [`County::new`] did not answer.
    pub fn add(&mut self, name: &str, bytes: &[u8], gb18030: Gb18030<'_>) -> Result<Added, Error> {
        let checker = Checker::new(&self.rules, &self.options)?;
        let mut checker = checker.with_memo(std::mem::take(&mut self.memo));
        let county = part(&self.rules)?;
        let report = check_any_encoding(&mut checker, name, bytes, self.options.lang, gb18030);
        let contribution = contribution(&checker, county, &report, bytes);
        let id = match &contribution {
            Contribution::School(id, _) => Some(id.clone()),
            Contribution::Unread(_) => None,
        };
        self.memo = checker.into_memo();
        self.roll.add(contribution, self.options.lang);
        Ok(Added { id, sha256: report.document.sha256 })
    }

    /// Adds a file that could not be read, with the reason for people.
    pub fn unread(&mut self, name: &str, message: &str) {
        let file = Unread::unopened(&self.rules.shape, name, message);
        self.roll.add(Contribution::Unread(file), self.options.lang);
    }

    /// Whether a document is the county's own: it has the roster that schools' documents do not have, or is the roster
    /// alone, a table as text by its name.
    #[must_use]
    pub fn is_own(&self, name: &str, bytes: &[u8], gb18030: Gb18030<'_>) -> bool {
        let Some(county) = &self.rules.county else { return false };
        let Some(roster) = county.roster.first() else { return false };
        #[cfg(feature = "xlsx")]
        if bulou_sheets::is_workbook(bytes) {
            return bulou_sheets::has_list(&county.rules, bytes, roster);
        }
        #[cfg(feature = "xlsx")]
        if let Some(sheet) = sheet_of_table(name, bytes) {
            let text = text_of_table(&county.rules, bytes, gb18030).unwrap_or_default();
            return bulou_sheets::is_list(&county.rules, &sheet, &text, roster);
        }
        #[cfg(not(feature = "xlsx"))]
        let _ = name;
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
        if !bytes.starts_with(b"{") {
            return false;
        }
        let text = decoded(&self.rules, bytes, self.options.lang, gb18030).utf8;
        let document = serde_json::from_slice::<BTreeMap<String, IgnoredAny>>(&text);
        document.is_ok_and(|document| document.contains_key(roster))
    }

    /// The county's own document as JSON, whatever file it is; that it is a table as text, its name says.
    ///
    /// # Errors
    /// None that [`County::new`] did not answer.
    pub fn text(&self, name: &str, bytes: &[u8], gb18030: Gb18030<'_>) -> Result<String, Error> {
        let text = named(&self.part()?.rules, name, bytes, self.options.lang, gb18030);
        Ok(String::from_utf8_lossy(&text.utf8).into_owned())
    }

    /// What was added so far, for [`County::merge`].
    ///
    /// # Errors
    /// It is too large for memory.
    pub fn partial(&self) -> Result<String, Error> {
        serde_json::to_string(&self.roll).map(|json| json + "\n").map_err(|error| Error::Unwritten(error.into()))
    }

    /// Adds what [`County::partial`] or `bulou county --partial` wrote.
    ///
    /// # Errors
    /// The text is no such state, or that of other rules, another day or other parameters.
    pub fn merge(&mut self, partial: &str) -> Result<(), Error> {
        Ok(self.roll.merge(Roll::read(partial.as_bytes())?)?)
    }

    fn part(&self) -> Result<&bulou_ir::County, NoCounty> {
        part(&self.rules)
    }

    /// The county's report of what was added so far: `bytes` is the county's own document.
    ///
    /// # Errors
    /// The earlier report is of other rules or a later day.
    pub fn finish(
        &self,
        name: &str,
        bytes: &[u8],
        earlier: Option<&Earlier>,
        gb18030: Gb18030<'_>,
    ) -> Result<CountyReport, Error> {
        let text = named(&self.part()?.rules, name, bytes, self.options.lang, gb18030);
        let own = own(&self.rules, &self.options, name, bytes, &text)?;
        let mut report = own.finish(self.roll.clone());
        report.since = earlier.map(|earlier| since(&report, earlier, self.options.lang)).transpose()?;
        Ok(report)
    }
}

/// Reads the county's own document, whose text was had by the rules of the county's [`part`]; its bytes are not needed any
/// more for the report of a roll, [`Own::finish`].
///
/// # Errors
/// The pack has no `数据 全县`, or a parameter does not fit it.
pub fn own<'r>(
    rules: &'r RuleSet,
    options: &Options,
    name: &str,
    bytes: &[u8],
    text: &Decoded<'_>,
) -> Result<Own<'r>, Error> {
    let county = part(rules)?;
    // The bureau's waivers are of schools and their rules.
    let options = Options { waivers: Vec::new(), ..options.clone() };
    let mut checker = Checker::new(&county.rules, &options)?;
    let read = text.read(&mut checker, name, bytes);
    Ok(Own::new(rules, checker, read, &text.utf8))
}

/// The county's part of a pack.
///
/// # Errors
/// It has none.
pub fn part(rules: &RuleSet) -> Result<&bulou_ir::County, NoCounty> {
    rules.county.as_deref().ok_or(NoCounty)
}

/// A pack has no rules for a county.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.text().en)]
pub struct NoCounty;

impl NoCounty {
    /// That it has none, and what to do.
    #[must_use]
    pub fn text(&self) -> LocalizedText {
        texts::pack_no_data_county().text()
    }
}
