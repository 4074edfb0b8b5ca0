//! Sheets to a document: what each cell says goes where its key or its label says, and what cannot be placed or read is
//! told by sheet, row and column.

use std::collections::{BTreeMap, BTreeSet};

use bulou_base::sanitize::shortened;
use bulou_document::{Listed, no_self_assessment, problem};
use bulou_ir::RuleSet;
use bulou_messages::diagnostic::{Lang, LocalizedText};
use bulou_messages::problem_codes::ProblemCode;
use bulou_messages::sentence::Each;
use bulou_messages::texts;
use bulou_report::Problem;

use super::beside;
use super::content::{Content, Has, Holds, take};
use super::entry::{Entry, bare};
use super::grid::{Grid, Sheets, sheets};
use super::json::Json;
use super::layout::{ENVELOPE, Layout};
use super::place::{Place, Places};
use super::recognize::{Role, recognize, recognize_text};
use super::refusal::Refusal;
use super::table::Item;
use super::{hidden, left, lines, table, words};

/// A workbook as a document.
#[derive(Debug)]
pub struct Reading {
    /// The document: JSON.
    pub text: String,
    /// Where its values stand.
    pub places: Places,
    /// What could not be read as it stands, by sheet, row and column.
    pub problems: Vec<Problem>,
}

/// Reads a workbook of a pack's documents: `.xlsx`, `.xls`, `.xlsb` or `.ods`, from the template or made by hand.
///
/// # Errors
/// The bytes are no workbook, are damaged, have a password, or pass a limit.
pub fn read(rules: &RuleSet, bytes: &[u8], lang: Lang) -> Result<Reading, Problem> {
    read_sheets(rules, &sheets(bytes), lang)
}

/// The same of what [`sheets`] answered.
///
/// # Errors
/// What it answered is a refusal.
pub fn read_sheets(rules: &RuleSet, sheets: &Result<Sheets, Refusal>, lang: Lang) -> Result<Reading, Problem> {
    let refused = |refusal: &Refusal| {
        let (code, words) = refusal.problem();
        problem(code, words, lang)
    };
    let Sheets { grids, beside: besides, is_text } = sheets.as_ref().map_err(refused)?;
    let layout = Layout::new(rules);
    let mut reader = Reader::new(&layout, lang);
    let envelope = rules.shape.envelope();
    let same_version = grids
        .iter()
        .any(|grid| grid.cells.values().any(|cell| matches!(cell, Content::Text(text) if *text == envelope)));
    let recognize = if *is_text { recognize_text } else { recognize };
    let roles: Vec<Role> = grids.iter().map(|grid| recognize(&layout, grid, same_version)).collect();
    for (grid, role) in grids.iter().zip(&roles) {
        if (role.is_known() || grid.cells.is_empty()) && !is_text {
            left::name(&mut reader, grid);
        }
        match role.clone() {
            Role::Beside(strange) => left::unread(&mut reader, grid, &strange, false),
            Role::Form { keys, section } => lines::read(&mut reader, grid, keys, section.as_deref()),
            Role::List { list, keys, headings } => table::read(&mut reader, grid, list, keys, headings),
            Role::Unknown => reader.unknown(grid),
        }
    }
    reader.join();
    beside::tell(&mut reader, grids, besides);
    reader.answered = reader.places.all().cloned().collect();
    for grid in grids {
        hidden::tell(&mut reader, grid);
    }
    // A county's document names nobody; one of which no sheet is known is another workbook all the same.
    let is_strange = rules.shape.fold.is_some() && !roles.iter().any(Role::is_known);
    if !roles.iter().any(Role::has_keys) && (is_strange || reader.is_nobodys()) {
        return Err(problem(ProblemCode::NoSelfAssessment, &no_self_assessment(&rules.shape), lang));
    }
    let (problems, more) = reader.problems.listed(lang);
    let problems = problems.into_iter().map(|(_, problem)| problem).chain(more).collect();
    Ok(Reading { text: reader.document.pretty(), places: reader.places, problems })
}

/// What is read so far.
pub(super) struct Reader<'l, 's> {
    pub layout: &'l Layout<'s>,
    lang: Lang,
    document: Json,
    places: Places,
    /// In the order in which they were told.
    problems: Listed,
    told: usize,
    /// Keys of the form that have had their line.
    lines: BTreeSet<String>,
    /// What the form says of its lists.
    says: BTreeMap<usize, (Has, Place)>,
    /// Records that the form says are not there.
    denied: Vec<(Entry<'s>, Place)>,
    /// Records and lists of which the form says neither that they are there nor that they are not, but something else.
    headed: Vec<(Entry<'s>, Place)>,
    /// Elements by list; nothing where no sheet of the list was found.
    tables: Vec<Option<Vec<Item>>>,
    /// Cells that answer something, when all is read.
    answered: BTreeSet<Place>,
}

impl<'l, 's> Reader<'l, 's> {
    fn new(layout: &'l Layout<'s>, lang: Lang) -> Self {
        Self {
            layout,
            lang,
            document: Json::empty(),
            places: Places::default(),
            problems: Listed::default(),
            told: 0,
            lines: BTreeSet::new(),
            says: BTreeMap::new(),
            denied: Vec::new(),
            headed: Vec::new(),
            tables: layout.lists.iter().map(|_| None).collect(),
            answered: BTreeSet::new(),
        }
    }

    /// Tells of something at a cell.
    pub fn tell(&mut self, place: &Place, code: ProblemCode, notice: bool, words: &LocalizedText) {
        self.tell_of(String::new(), place, code, notice, words);
    }

    /// Tells of something at a cell whose value was read: it is that value's.
    pub fn tell_of_value(&mut self, place: &Place, code: ProblemCode, notice: bool, words: &LocalizedText) {
        let path = self.places.pointer(place).unwrap_or_default().to_owned();
        self.tell_of(path, place, code, notice, words);
    }

    fn tell_of(&mut self, path: String, place: &Place, code: ProblemCode, notice: bool, words: &LocalizedText) {
        let (line, column) = place.position();
        let cell = Some(place.to_string());
        let told = Problem { notice, line, column, path, cell, ..problem(code, words, self.lang) };
        self.problems.push(self.told, told);
        self.told += 1;
    }

    /// Whether a cell answers something.
    pub fn answers(&self, place: &Place) -> bool {
        self.answered.contains(place)
    }

    /// Tells of something that stands in no cell.
    pub fn tell_whole(&mut self, code: ProblemCode, notice: bool, words: &LocalizedText) {
        let told = Problem { notice, ..problem(code, words, self.lang) };
        self.problems.push(self.told, told);
        self.told += 1;
    }

    /// Tells of what a cell says, without repeating what must not be.
    pub fn remark(&mut self, entry: &Entry<'_>, place: &Place, remark: Option<&(ProblemCode, bool, LocalizedText)>) {
        if let Some((code, notice, words)) = remark {
            let words = if entry.may_be_told() { words } else { &words::concealed(*code) };
            self.tell(place, *code, *notice, words);
        }
    }

    /// Whether a label and the hidden key beside it mean different things: then nobody can say where the value belongs.
    /// Another version of the pack may have another label for a key, but not the label of another one.
    pub fn denies(&self, entry: &Entry<'_>, label: &str, is_known: impl Fn(&str) -> bool) -> bool {
        entry.is_denied_by(label) && (is_known(&bare(label)) || !self.is_of_another_version())
    }

    pub fn is_of_another_version(&self) -> bool {
        let envelope = self.document.member(ENVELOPE);
        envelope.is_some_and(|envelope| *envelope != Json::Text(self.layout.shape.envelope()))
    }

    /// Tells that a value was not read because of that.
    pub fn mislabelled(&mut self, entry: &Entry<'_>, label: &str, place: &Place) {
        let (label, key) = (shortened(label.trim()), &entry.label);
        let words = texts::label_says_hidden_key(&label, &key).text();
        self.tell(place, ProblemCode::LabelMismatch, false, &words);
    }

    /// Whether the document does not say whose it is, although the pack asks: labels of another table may be those of a
    /// question by chance.
    fn is_nobodys(&self) -> bool {
        let shape = self.layout.shape;
        let mut asked = [&shape.identity, &shape.title].into_iter().flatten().map(|path| path.slot).peekable();
        let is_said = |slot: u32| {
            let mut lines = self.layout.lines.iter();
            let line = lines.find(|line| line.field.is_some_and(|field| field.slot == slot));
            line.and_then(|line| self.document.at(&line.path)).is_some_and(Json::says_something)
        };
        asked.peek().is_some() && !asked.any(is_said)
    }

    fn unknown(&mut self, grid: &Grid) {
        let Some((row, column)) = grid.cells.keys().next() else { return };
        let words = texts::sheet_not_known_not(&grid.name).text();
        self.tell(&place(grid, *row, *column), ProblemCode::UnknownSheet, false, &words);
    }

    /// One line of the form.
    pub fn line(&mut self, entry: &Entry<'s>, place: Place, content: &Content) {
        if !self.lines.insert(entry.key.clone()) {
            if !content.is_blank() {
                let words = texts::twice_one_not_read(&entry.label).text();
                self.tell(&place, ProblemCode::SaidTwice, false, &words);
            }
            return;
        }
        self.places.add(entry.key.clone(), place.clone());
        let taken = take(self.layout.shape, entry.holds, entry.unit(), content);
        self.remark(entry, &place, taken.remark.as_ref());
        if matches!((&taken.value, entry.holds), (Some(Json::Text(_)), Holds::Record | Holds::Listing)) {
            self.headed.push((entry.clone(), place.clone()));
        }
        if let Some(value) = taken.value {
            self.document.put(&entry.path, value);
        }
        match (taken.has, entry.list) {
            (Some(has), Some(list)) => {
                self.says.insert(list, (has, place));
            }
            (Some(Has::Some), None) => self.document.open(&entry.path),
            (Some(Has::None), None) => self.denied.push((entry.clone(), place)),
            (None, _) => {}
        }
    }

    /// Tells of what stood where only 有 and 无 may, and whose place was taken by what is filled in below.
    fn displaced(&mut self, entry: &Entry<'_>, place: &Place) {
        let (some, none) = (words::some(self.layout.lang), words::none(self.layout.lang));
        let (some, none) = (Each(&words::some(Lang::Zh), &some), Each(&words::none(Lang::Zh), &none));
        let words = texts::answered_some_none_alone(&entry.label, &some, &none).text();
        self.tell(place, ProblemCode::UnreadCells, false, &words);
    }

    /// Keeps the elements of a list; a second sheet of it is told and left.
    pub fn keep(&mut self, list: usize, grid: &Grid, items: Vec<Item>) {
        let Some(table) = self.tables.get_mut(list) else { return };
        if table.is_none() {
            *table = Some(items);
        } else if let Some(first) = items.first() {
            let words = texts::sheet_same_list_another(&grid.name).text();
            self.tell(&first.place, ProblemCode::SaidTwice, false, &words);
        }
    }

    /// Puts the lists into the document, and tells where 有 or 无 is contradicted.
    fn join(&mut self) {
        let layout = self.layout;
        let mut elements: Vec<BTreeMap<String, Vec<Item>>> = Vec::new();
        for (list, items) in layout.lists.iter().zip(std::mem::take(&mut self.tables)) {
            let mut by_owner: BTreeMap<String, Vec<Item>> = BTreeMap::new();
            for item in items.unwrap_or_default() {
                let owner = if list.owner.is_some() { item.owner.clone() } else { String::new() };
                by_owner.entry(owner).or_default().push(item);
            }
            elements.push(by_owner);
        }
        let says = std::mem::take(&mut self.says);
        for (index, list) in layout.lists.iter().enumerate() {
            if list.owner.is_none() {
                let items = elements.get_mut(index).and_then(|by_owner| by_owner.remove("")).unwrap_or_default();
                if let Some(value) = self.list(index, items, &list.key, says.get(&index), &mut elements) {
                    self.document.put(&list.path, value);
                }
            }
        }
        for item in elements.iter().flat_map(BTreeMap::values).flatten() {
            let words = texts::row_belongs_number_not(&item.owner).text();
            self.tell(&item.place.clone(), ProblemCode::SomeOrNone, false, &words);
        }
        for (entry, place) in std::mem::take(&mut self.headed) {
            if matches!(self.document.at(&entry.path), Some(Json::Object(_) | Json::List(_))) {
                self.displaced(&entry, &place);
            }
        }
        for (entry, place) in std::mem::take(&mut self.denied) {
            if self.document.at(&entry.path).is_some_and(Json::says_something) {
                self.contradicted(&entry.label, &place);
            }
        }
    }

    /// The value of a list; its elements take their place in the document, and their own lists with them.
    fn list(
        &mut self,
        index: usize,
        items: Vec<Item>,
        pointer: &str,
        says: Option<&(Has, Place)>,
        elements: &mut [BTreeMap<String, Vec<Item>>],
    ) -> Option<Json> {
        let list = self.layout.lists.get(index)?;
        // People write 无 into the first row, too.
        if items.len() == 1 && says.is_none() && items.first().is_some_and(|item| item.says_none) {
            return Some(Json::List(Vec::new()));
        }
        match says {
            Some((Has::None, place)) if !items.is_empty() => self.contradicted(&list.field.label, place),
            Some((Has::None, _)) => return Some(Json::List(Vec::new())),
            Some((Has::Some, place)) if items.is_empty() => self.contradicted(&list.field.label, place),
            _ => {}
        }
        if items.is_empty() {
            return None;
        }
        let mut values = Vec::new();
        for (at, mut item) in items.into_iter().enumerate() {
            let pointer = format!("{pointer}/{at}");
            for (path, place) in &item.columns {
                self.places.add(format!("{pointer}{path}"), place.clone());
            }
            self.places.add(pointer.clone(), item.place.clone());
            let owned = self.layout.lists.iter().enumerate().filter(|(_, list)| list.owner == Some(index));
            for (index, list) in owned {
                let items =
                    elements.get_mut(index).and_then(|by_owner| by_owner.remove(&item.number)).unwrap_or_default();
                let pointer = format!("{pointer}{}", super::layout::pointer(&list.path));
                if let Some(value) = self.list(index, items, &pointer, item.says.get(&index), elements) {
                    item.value.put(&list.path, value);
                }
            }
            values.push(item.value);
        }
        Some(Json::List(values))
    }

    /// 有 without anything, or 无 with something.
    pub fn contradicted(&mut self, label: &str, place: &Place) {
        let none = words::none(self.layout.lang);
        let words = texts::said_contradicts_filled(&label, &Each(&words::none(Lang::Zh), &none)).text();
        self.tell(place, ProblemCode::SomeOrNone, false, &words);
    }
}

/// A cell of a grid as a place.
pub(super) fn place(grid: &Grid, row: u32, column: u32) -> Place {
    Place { sheet: grid.name.clone(), row, column: u16::try_from(column).unwrap_or(u16::MAX) }
}
