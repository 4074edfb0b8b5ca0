//! The parts of an `.xlsx`: which the workbook names as sheets, which belongs to which, and how its cells look.

use std::collections::HashMap;
use std::io::Cursor;

use quick_xml::events::BytesStart;
use zip::ZipArchive;

use super::parts::names;
use super::styles::Styles;
use super::xml::{Broken, Node, attribute, is_on, walk};

pub(super) type Parts<'b> = ZipArchive<Cursor<&'b [u8]>>;

/// The part that names the sheets.
const WORKBOOK: &str = "xl/workbook.xml";
/// The part that says how cells look, where the workbook does not say which it is.
const STYLES: &str = "xl/styles.xml";
/// So many parts lie between a chart and the sheet on which it stands.
const STEPS: usize = 4;

/// Which parts are sheets, and which part belongs to which.
#[derive(Default)]
pub(super) struct Book {
    /// The part that another was found by.
    owners: HashMap<String, String>,
    /// Targets by the part that names them and the name it gives them.
    targets: HashMap<(String, String), String>,
    /// The workbook's sheets by their parts; nothing where it is no XML.
    sheets: Option<HashMap<String, String>>,
    /// The part that says how cells look, where the workbook names one.
    styles: Option<String>,
    pub looks: Styles,
    /// What its formulas answer is worked out when it is opened: what is kept of that may be anything.
    pub recalculates: bool,
}

/// The names of the parts in small letters, by which they are compared.
pub(super) fn lower_names(archive: &Parts<'_>) -> Result<Vec<String>, Broken> {
    Ok(names(archive).map_err(|_| Broken)?.into_iter().map(lower).collect())
}

fn lower(name: impl AsRef<str>) -> String {
    name.as_ref().replace('\\', "/").to_lowercase()
}

/// Goes through the part at this place.
pub(super) fn visit(archive: &mut Parts<'_>, index: usize, visit: &mut dyn FnMut(&Node<'_>)) -> Result<(), Broken> {
    walk(archive.by_index(index).map_err(|_| Broken)?, visit)
}

impl Book {
    pub fn new(archive: &mut Parts<'_>) -> Result<Self, Broken> {
        let mut book = Self::default();
        let names = lower_names(archive)?;
        for (index, name) in names.iter().enumerate().filter(|(_, name)| name.ends_with(".rels")) {
            let owner = name.replacen("_rels/", "", 1);
            let owner = owner.strip_suffix(".rels").unwrap_or(&owner).to_owned();
            visit(archive, index, &mut |node| {
                if let Node::Open(_, "Relationship", tag) = node {
                    book.relate(&owner, tag);
                }
            })?;
        }
        if let Some(index) = names.iter().position(|name| name == WORKBOOK) {
            let mut sheets = Vec::new();
            visit(archive, index, &mut |node| match node {
                Node::Open(_, "sheet", tag) => sheets.extend(attribute(tag, "name").zip(attribute(tag, "id"))),
                Node::Open(_, "calcPr", tag) => book.recalculates |= is_on(tag, "fullCalcOnLoad"),
                _ => {}
            })?;
            let target =
                |(sheet, id): (String, String)| Some((book.targets.get(&(WORKBOOK.to_owned(), id))?.clone(), sheet));
            book.sheets = Some(sheets.into_iter().filter_map(target).collect());
        }
        let styles = book.styles.as_deref().unwrap_or(STYLES);
        if let Some(index) = names.iter().position(|name| name == styles) {
            book.looks = Styles::of(archive, index)?;
        }
        Ok(book)
    }

    fn relate(&mut self, owner: &str, tag: &BytesStart<'_>) {
        let (Some(id), Some(target)) = (attribute(tag, "Id"), attribute(tag, "Target")) else { return };
        let target = resolved(owner, &lower(target));
        if owner == WORKBOOK && attribute(tag, "Type").is_some_and(|kind| kind.ends_with("/styles")) {
            self.styles = Some(target.clone());
        }
        self.owners.entry(target.clone()).or_insert_with(|| owner.to_owned());
        self.targets.insert((owner.to_owned(), id), target);
    }

    /// Whether the workbook names a part as a sheet.
    pub fn names(&self, part: &str) -> bool {
        self.sheets.as_ref().is_some_and(|sheets| sheets.contains_key(part))
    }

    /// Whether a sheet is one of the workbook's, as far as that can be told.
    pub fn is_listed(&self, part: &str) -> bool {
        match &self.sheets {
            Some(sheets) => sheets.contains_key(part),
            None => self.owners.contains_key(part),
        }
    }

    /// The sheet on which a part stands.
    pub fn sheet_of(&self, part: &str) -> Option<&str> {
        let sheets = self.sheets.as_ref()?;
        let mut part = part;
        for _ in 0..STEPS {
            if let Some(sheet) = sheets.get(part) {
                return Some(sheet);
            }
            part = self.owners.get(part)?;
        }
        None
    }
}

/// The part that a target means to the part that names it.
fn resolved(owner: &str, target: &str) -> String {
    if let Some(whole) = target.strip_prefix('/') {
        return whole.to_owned();
    }
    let folder = owner.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            ".." => drop(steps.pop()),
            "." | "" => {}
            step => steps.push(step),
        }
    }
    steps.join("/")
}
