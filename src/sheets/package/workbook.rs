//! The part of the workbook itself: its sheets, names and windows, and the texts and looks that it says are its.

use std::collections::HashMap;

use bulou_document::normalize::is_blank;

use super::{Book, Package, RELATIONS, TYPES, visit};
use crate::colours::Theme;
use crate::letters::Pieces;
use crate::order;
use crate::refusal::{Refusal, damaged, strange_part};
use crate::styles::Styles;
use crate::xml::{Node, attribute, is_on};

impl Book {
    /// Reads the workbook's own part, and the parts of its texts and looks.
    pub(super) fn read_workbook(&mut self, package: &mut Package<'_, '_>, workbook: &str) -> Result<(), Refusal> {
        let (mut sheets, mut is_whole) = (Vec::new(), true);
        let (mut windows, mut shown) = (0_usize, 0_usize);
        let (mut words, mut is_name) = (Vec::<String>::new(), false);
        package.part(workbook, &order::WORKBOOK, &mut |node, order| match node {
            Node::Open(_, "sheet", tag) => {
                let named = tag.all("id");
                match (attribute(tag, "name"), named.as_slice()) {
                    (Some(name), [(space, id)]) if RELATIONS.contains(space) => sheets.push((name, id.clone())),
                    _ => is_whole = false,
                }
            }
            Node::Open(_, "definedName", tag) => {
                is_name = true;
                words.extend(attribute(tag, "comment").map(|comment| format!("\"{comment}")));
                words.push(String::new());
            }
            Node::Text(text) if is_name => words.iter_mut().last().into_iter().for_each(|word| word.push_str(text)),
            Node::Close => is_name = false,
            Node::Open(_, "workbookView", tag) => {
                windows += 1;
                let state = attribute(tag, "visibility");
                shown += usize::from(state.is_none_or(|state| state.trim() == "visible"));
            }
            Node::Open(_, "calcPr", tag) => self.recalculates |= is_on(tag, "fullCalcOnLoad"),
            // From which day days are counted.
            Node::Open(_, "workbookPr", tag) => {
                let from = attribute(tag, "date1904");
                is_whole &= match from.as_deref() {
                    None => true,
                    Some(from) => order.is_at("workbookPr") && ["0", "1", "false", "true"].contains(&from),
                };
            }
            _ => {}
        })?;
        // What a formula says stands in quotation marks.
        let said = words.iter().filter_map(|word| Some(word.split_once('"')?.1.trim_end_matches('"').to_owned()));
        self.named_words = said.filter(|word| !is_blank(word)).collect();
        self.is_hidden = windows > 0 && shown == 0;
        let count = sheets.len();
        let target =
            |(sheet, id): (String, String)| Some((self.targets.get(&(workbook.to_owned(), id))?.clone(), sheet));
        let sheets: HashMap<String, String> = sheets.into_iter().filter_map(target).collect();
        // Of two that are one part, or of one that is none, nobody can say what is in it.
        if !is_whole || sheets.len() != count {
            return Err(strange_part(workbook));
        }
        self.sheets = Some(sheets);
        let folder = workbook.rsplit_once('/').map_or("", |(folder, _)| folder);
        let beside = |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
        let (texts, styles) = (beside("sharedstrings.xml"), beside("styles.xml"));
        for (kind, part) in [("/sharedStrings", &texts), ("/styles", &styles)] {
            let is_there = package.names.contains(part);
            let named = self.named.get(&(workbook.to_owned(), kind)).map_or(&[][..], Vec::as_slice);
            // The reader knows them by their names.
            if named != is_there.then_some(part.clone()).as_slice() {
                return Err(strange_part(part));
            }
        }
        if package.names.contains(&texts) && !self.is_typed(&texts, ".sharedstrings+xml") {
            return Err(strange_part(TYPES));
        }
        let all = &mut self.texts;
        package.part(&texts, &order::TEXTS, &mut |node, order| {
            if matches!(node, Node::Open(_, "si", _)) && order.is_at("si") {
                all.push(Pieces::default());
            }
            all.iter_mut().last().into_iter().for_each(|last| last.node(node, order));
        })?;
        let mut looks = Styles::reading();
        package.part(&styles, &order::STYLES, &mut |node, _| looks.node(node))?;
        self.looks = looks.finish(self.theme(package, workbook)?);
        Ok(())
    }

    /// The colours of the workbook's theme.
    fn theme(&self, package: &mut Package<'_, '_>, workbook: &str) -> Result<Theme, Refusal> {
        let mut theme = Theme::default();
        match self.named.get(&(workbook.to_owned(), "/theme")).map_or(&[][..], Vec::as_slice) {
            [] => {}
            [part] => {
                if let Some(index) = package.names.iter().position(|name| name == part) {
                    visit(package.archive, index, &mut |node| theme.node(node)).map_err(|_| damaged(package.bytes))?;
                }
            }
            // Of two nobody can say which counts.
            [part, ..] => return Err(strange_part(part)),
        }
        Ok(theme)
    }
}
