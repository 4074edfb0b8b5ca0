//! How cells look, as an `.xlsx` says it in a part of its own: the number formats of its cells, and those that cells have on
//! a condition.

use std::collections::{HashMap, HashSet};

use super::colours::{Palette, Rgb, Theme};
use super::content::Content;
use super::formats::Format;
use super::letters::{Letters, Look};
use super::xml::{Node, Tag, attribute, is_on};

/// The number formats of a workbook.
#[derive(Default)]
pub(super) struct Styles {
    /// Of each style of cells; more than one where the workbook has several of the same number.
    of_cells: Vec<Vec<Format>>,
    /// The styles that show what a cell holds as often as there is room: 6 as 6666.
    repeating: HashSet<usize>,
    /// How cells of each style are drawn, and which of them nobody sees.
    looks: Vec<Look>,
    unseen: HashSet<usize>,
    /// How those of no style are.
    plain: Look,
    palette: Palette,
    on_condition: Vec<OnCondition>,
}

/// A style that cells have on a condition: its number format, as it is written, and how they are drawn.
#[derive(Clone, Default)]
pub(super) struct OnCondition {
    pub format: Option<String>,
    pub look: Look,
}

impl OnCondition {
    /// Takes an element within it.
    pub fn take(&mut self, name: &str, tag: &Tag<'_>) {
        if name == "numFmt" {
            self.format = attribute(tag, "formatCode");
        }
        self.look.take(name, tag);
    }
}

/// Lines across a cell: whether one goes there, and whether it is drawn.
#[derive(Clone, Copy, Default)]
struct Border {
    goes: bool,
    is_drawn: bool,
}

/// The part that says it, while it is gone through.
#[derive(Default)]
pub(super) struct Reading {
    codes: HashMap<u32, Vec<String>>,
    styles: Vec<u32>,
    section: String,
    repeating: HashSet<usize>,
    on_condition: Vec<OnCondition>,
    fonts: Vec<Look>,
    fills: Vec<Look>,
    /// Colours in place of the palette's.
    indexed: Vec<Option<Rgb>>,
    /// Whether each border has a line across the cell.
    crossed: Vec<Border>,
    /// The font, the fill and the border of each style.
    drawn: Vec<(usize, usize, usize)>,
}

impl Reading {
    pub fn node(&mut self, node: &Node<'_>) {
        let Node::Open(_, name, tag) = node else { return };
        let id = || attribute(tag, "numFmtId").and_then(|id| id.trim().parse::<u32>().ok());
        match (*name, self.section.as_str()) {
            (
                "numFmts" | "fonts" | "fills" | "borders" | "cellXfs" | "cellStyleXfs" | "cellStyles" | "dxfs"
                | "tableStyles" | "colors",
                _,
            ) => self.section = (*name).to_owned(),
            ("rgbColor", _) => self.indexed.push(attribute(tag, "rgb").and_then(|rgb| Rgb::new(&rgb))),
            (_, "fonts" | "fills") => {
                let looks = if self.section == "fonts" { &mut self.fonts } else { &mut self.fills };
                if let "font" | "fill" = *name {
                    looks.push(Look::default());
                }
                looks.iter_mut().last().into_iter().for_each(|look| look.take(name, tag));
            }
            ("border", "borders") => {
                let goes = ["diagonalUp", "diagonalDown"].iter().any(|line| is_on(tag, line));
                self.crossed.push(Border { goes, is_drawn: false });
            }
            ("diagonal", "borders") => {
                let is_drawn = attribute(tag, "style").is_some_and(|style| style.trim() != "none");
                self.crossed.iter_mut().last().into_iter().for_each(|border| border.is_drawn |= is_drawn);
            }
            ("numFmt", "numFmts") => {
                if let (Some(id), Some(code)) = (id(), attribute(tag, "formatCode")) {
                    self.codes.entry(id).or_default().push(code);
                }
            }
            ("dxf", "dxfs") => self.on_condition.push(OnCondition::default()),
            (_, "dxfs") => self.on_condition.iter_mut().last().into_iter().for_each(|style| style.take(name, tag)),
            ("xf", "cellXfs") => {
                self.styles.push(id().unwrap_or_default());
                let number =
                    |name: &str| attribute(tag, name).and_then(|id| id.trim().parse().ok()).unwrap_or_default();
                self.drawn.push((number("fontId"), number("fillId"), number("borderId")));
            }
            ("alignment", "cellXfs") if attribute(tag, "horizontal").is_some_and(|how| how.trim() == "fill") => {
                self.repeating.insert(self.styles.len().saturating_sub(1));
            }
            _ => {}
        }
    }

    pub fn finish(self, theme: Theme) -> Styles {
        let palette = Palette { theme, indexed: self.indexed };
        let of = |id: &u32| match self.codes.get(id) {
            Some(codes) => codes.iter().map(|code| Format::new(code)).collect(),
            None => vec![Format::builtin(*id)],
        };
        let look = |(font, fill, border): &(usize, usize, usize)| {
            let is_crossed = self.crossed.get(*border).is_some_and(|border| border.goes && border.is_drawn);
            Look::joined(self.fonts.get(*font), self.fills.get(*fill)).crossed(is_crossed)
        };
        let looks: Vec<Look> = self.drawn.iter().map(look).collect();
        let unseen = looks.iter().enumerate().filter(|(_, look)| look.is_unseen(None, &palette));
        Styles {
            unseen: unseen.map(|(style, _)| style).collect(),
            looks,
            plain: Look::default(),
            palette,
            of_cells: self.styles.iter().map(of).collect(),
            repeating: self.repeating,
            on_condition: self.on_condition,
        }
    }
}

impl Styles {
    pub fn reading() -> Reading {
        Reading::default()
    }

    /// Whether there is a style of this number; where there are none at all, the first is the program's own.
    pub fn has(&self, style: usize) -> bool {
        style < self.of_cells.len().max(1)
    }

    /// The format of a style of which a cell does not show what it holds.
    pub fn misleading(&self, style: usize, content: &Content) -> Option<&str> {
        let mut formats = self.of_cells.get(style)?.iter();
        formats.find(|format| format.misleads(content)).map(|format| format.code.as_str())
    }

    /// Whether a style shows what a cell holds more than once.
    pub fn repeats(&self, style: usize) -> bool {
        self.repeating.contains(&style)
    }

    /// Whether a text of these pieces is not seen, or not all of it, in a cell of a style.
    pub fn is_unseen(&self, style: usize, pieces: &[Letters]) -> bool {
        self.unseen.contains(&style) || self.look(style).hides(pieces, &self.palette)
    }

    /// Whether a text of these pieces is crossed out, or a piece of it, in a cell of a style.
    pub fn strikes(&self, style: usize, pieces: &[Letters]) -> bool {
        self.look(style).strikes(pieces)
    }

    /// Whether a cell of a style is not seen when a condition makes this of it.
    pub fn is_unseen_when(&self, style: usize, made: &OnCondition) -> bool {
        self.look(style).is_unseen(Some(&made.look), &self.palette)
    }

    /// How cells of a style are drawn.
    fn look(&self, style: usize) -> &Look {
        self.looks.get(style).unwrap_or(&self.plain)
    }

    /// The unit in which a style shows a number.
    pub fn unit(&self, style: usize, content: &Content) -> Option<String> {
        self.of_cells.get(style)?.iter().find_map(|format| format.unit(content))
    }

    /// A style that cells have on a condition.
    pub fn on_condition(&self, style: &str) -> Option<&OnCondition> {
        self.on_condition.get(style.trim().parse::<usize>().ok()?)
    }
}
