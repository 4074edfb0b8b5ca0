//! The parts of an `.xlsx`: which the workbook names as sheets, which belongs to which, how its cells look, and the texts
//! that they share. The reader takes some of them by their names, other programs by what the package says of them: where
//! that is not the same, the workbook is refused.

mod workbook;

use std::collections::HashMap;
use std::io::Cursor;

use zip::ZipArchive;

use super::letters::Pieces;
use super::order::{self, Kind, Order};
use super::parts::names;
use super::refusal::{Refusal, damaged, strange_part};
use super::styles::Styles;
use super::xml::{Broken, Node, Tag, attribute, walk};

pub(super) type Parts<'b> = ZipArchive<Cursor<&'b [u8]>>;

/// The part that says what each part is, and the one that says which is the workbook.
const TYPES: &str = "[content_types].xml";
const PACKAGE: &str = "_rels/.rels";
/// Parts by which other programs know an OpenDocument.
const OF_ODS: [&str; 2] = ["mimetype", "content.xml"];
/// The namespaces of what names another part.
const RELATIONS: [&str; 2] = [
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
];
/// So many parts lie between a chart and the sheet on which it stands.
const STEPS: usize = 4;

/// Which parts are sheets, and which part belongs to which.
#[derive(Default)]
pub(super) struct Book {
    /// The part that another was found by.
    owners: HashMap<String, String>,
    /// Targets by the part that names them and the name it gives them.
    targets: HashMap<(String, String), String>,
    /// The parts that a part names, by what they are to it.
    named: HashMap<(String, &'static str), Vec<String>>,
    /// What each part is, and what those are of which that is not said, by the ends of their names.
    types: HashMap<String, String>,
    defaults: HashMap<String, String>,
    /// The workbook's sheets by their parts; nothing where it is no XML.
    sheets: Option<HashMap<String, String>>,
    pub looks: Styles,
    /// The texts that cells name by their places.
    pub texts: Vec<Pieces>,
    /// What its formulas answer is worked out when it is opened: what is kept of that may be anything.
    pub recalculates: bool,
    /// The words that its names stand for, where these are no cells, and what is said of the names.
    pub named_words: Vec<String>,
    /// None of its windows is shown.
    pub is_hidden: bool,
}

/// What parts are to the part that names them.
const KINDS: [&str; 7] =
    ["/officeDocument", "/sharedStrings", "/styles", "/theme", "/worksheet", "/chartsheet", "/dialogsheet"];

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

/// Goes through a part that stands in order; the answer is whether it does.
fn ordered(
    archive: &mut Parts<'_>,
    index: usize,
    kind: &'static Kind,
    each: &mut dyn FnMut(&Node<'_>, &Order),
) -> Result<bool, Broken> {
    let (mut order, mut is_strange) = (Order::new(kind), false);
    visit(archive, index, &mut |node| {
        let found = match node {
            Node::Open(space, name, tag) => order.open(space, name, tag),
            Node::Text(text) => order.text(text),
            Node::Close => order.close(),
            Node::Aside => Ok(()),
        };
        is_strange |= found.is_err();
        if !is_strange {
            each(node, &order);
        }
    })?;
    Ok(!is_strange)
}

/// The parts of a package while it is found out what they are.
struct Package<'a, 'b> {
    archive: &'a mut Parts<'b>,
    bytes: &'b [u8],
    names: Vec<String>,
}

impl Package<'_, '_> {
    /// Goes through a part, if it is there; refused where it is out of order.
    fn part(
        &mut self,
        name: &str,
        kind: &'static Kind,
        each: &mut dyn FnMut(&Node<'_>, &Order),
    ) -> Result<bool, Refusal> {
        let Some(index) = self.names.iter().position(|other| other == name) else { return Ok(false) };
        match ordered(self.archive, index, kind, each) {
            Ok(true) => Ok(true),
            Ok(false) => Err(strange_part(name)),
            Err(Broken) => Err(damaged(self.bytes)),
        }
    }
}

impl Book {
    pub fn new<'b>(archive: &mut Parts<'b>, bytes: &'b [u8]) -> Result<Self, Refusal> {
        let names = lower_names(archive).map_err(|Broken| damaged(bytes))?;
        if let Some(name) = names.iter().find(|name| OF_ODS.contains(&name.as_str())) {
            return Err(strange_part(name));
        }
        let mut book = Self::default();
        let mut package = Package { archive, bytes, names };
        book.read_types(&mut package)?;
        for name in package.names.clone().iter().filter(|name| name.ends_with(".rels")) {
            let owner = name.replacen("_rels/", "", 1);
            let owner = owner.strip_suffix(".rels").unwrap_or(&owner).to_owned();
            let mut is_whole = true;
            package.part(name, &order::RELATIONS, &mut |node, _| {
                if let Node::Open(_, "Relationship", tag) = node {
                    is_whole &= book.relate(&owner, tag);
                }
            })?;
            if !is_whole {
                return Err(strange_part(name));
            }
        }
        let workbook = book.one("", "/officeDocument").ok_or_else(|| strange_part(PACKAGE))?;
        if !book.is_typed(&workbook, "main+xml") && !workbook.ends_with(".bin") {
            return Err(strange_part(TYPES));
        }
        if !workbook.ends_with(".bin") {
            book.read_workbook(&mut package, &workbook)?;
        }
        Ok(book)
    }

    fn read_types(&mut self, package: &mut Package<'_, '_>) -> Result<(), Refusal> {
        let mut is_whole = true;
        let is_there = package.part(TYPES, &order::TYPES, &mut |node, _| {
            let Node::Open(_, name, tag) = node else { return };
            let kind = attribute(tag, "ContentType").unwrap_or_default().to_ascii_lowercase();
            match (*name, attribute(tag, "Extension"), attribute(tag, "PartName")) {
                ("Default", Some(end), _) => is_whole &= self.defaults.insert(lower(end), kind).is_none(),
                ("Override", _, Some(part)) => {
                    is_whole &= self.types.insert(lower(part).trim_start_matches('/').to_owned(), kind).is_none();
                }
                _ => {}
            }
        })?;
        if !(is_there && is_whole) {
            return Err(strange_part(TYPES));
        }
        Ok(())
    }

    /// Whether a part, and no other, is of the type that ends so.
    fn is_typed(&self, part: &str, end: &str) -> bool {
        let by_end = || self.defaults.get(part.rsplit_once('.')?.1);
        let is_other = self.types.iter().any(|(other, kind)| other != part && kind.ends_with(end));
        !is_other && self.types.get(part).or_else(by_end).is_some_and(|kind| kind.ends_with(end))
    }

    /// The one part that is this to another.
    fn one(&self, owner: &str, kind: &'static str) -> Option<String> {
        match self.named.get(&(owner.to_owned(), kind)).map(Vec::as_slice) {
            Some([one]) => Some(one.clone()),
            _ => None,
        }
    }

    /// Takes what a part says of another one; whether it is the first of its name.
    fn relate(&mut self, owner: &str, tag: &Tag<'_>) -> bool {
        let (Some(id), Some(target)) = (attribute(tag, "Id"), attribute(tag, "Target")) else { return false };
        let is_outside = attribute(tag, "TargetMode").is_some_and(|mode| mode != "Internal");
        let written = attribute(tag, "Type").unwrap_or_default();
        let kind = KINDS.iter().find(|end| written.ends_with(**end));
        // The reader minds the end of a type alone, other programs all of it.
        let is_known = |kind: &str| written.strip_suffix(kind).is_some_and(|space| RELATIONS.contains(&space));
        if id.is_empty() || kind.is_some_and(|kind| !is_known(kind)) {
            return false;
        }
        // What is elsewhere is no part.
        let target = if is_outside { String::new() } else { resolved(owner, &lower(target)) };
        if let Some(kind) = kind {
            self.named.entry((owner.to_owned(), kind)).or_default().push(target.clone());
        }
        if is_outside {
            return true;
        }
        self.owners.entry(target.clone()).or_insert_with(|| owner.to_owned());
        self.targets.insert((owner.to_owned(), id), target).is_none()
    }

    /// Whether its parts are such as are read here.
    pub fn is_read(&self) -> bool {
        self.sheets.is_some()
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
