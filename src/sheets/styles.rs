//! How cells look, as an `.xlsx` says it in a part of its own: the number formats of its cells, and those that cells have on
//! a condition.

use std::collections::{HashMap, HashSet};

use super::content::Content;
use super::formats::Format;
use super::hidden::{is_faint, is_small};
use super::xml::{Node, Tag, attribute, is_on};

/// The number formats of a workbook.
#[derive(Default)]
pub(super) struct Styles {
    /// Of each style of cells; more than one where the workbook has several of the same number.
    of_cells: Vec<Vec<Format>>,
    /// The styles that show what a cell holds as often as there is room: 6 as 6666.
    repeating: HashSet<usize>,
    /// Those whose letters have the colour of their ground, or are too small to be seen.
    faint: HashSet<usize>,
    /// Of each style that cells have on a condition, as they are written.
    on_condition: Vec<Option<String>>,
}

/// The colours of paper, and of letters without a colour.
const WHITE: &str = "FFFFFF";
const BLACK: &str = "000000";

/// Letters, by their colour and size.
struct Font {
    colour: String,
    is_small: bool,
}

/// A colour as six digits, or as it is written where it depends on the theme.
fn colour(tag: &Tag<'_>) -> String {
    let tint = attribute(tag, "tint").and_then(|tint| tint.trim().parse::<f64>().ok()).unwrap_or_default();
    let (rgb, theme, indexed) = (attribute(tag, "rgb"), attribute(tag, "theme"), attribute(tag, "indexed"));
    match (rgb, theme.as_deref(), indexed.as_deref()) {
        (Some(rgb), ..) if tint == 0.0 => {
            rgb.get(rgb.len().saturating_sub(6)..).unwrap_or_default().to_ascii_uppercase()
        }
        (None, Some("0"), _) | (None, None, Some("1" | "9" | "65")) => grey(1.0 + tint.min(0.0)),
        (None, Some("1"), _) | (None, None, Some("0" | "8" | "64")) => grey(tint.max(0.0)),
        (None, None, None) if is_on(tag, "auto") => BLACK.to_owned(),
        (rgb, theme, indexed) => format!("{rgb:?} {theme:?} {indexed:?} {tint:?}"),
    }
}

/// What a tint makes of white or black.
fn grey(light: f64) -> String {
    let of_255 = (0..=u8::MAX).min_by(|one, other| {
        let off = |part: &u8| (f64::from(*part) / 255.0 - light).abs();
        off(one).total_cmp(&off(other))
    });
    format!("{:02X}", of_255.unwrap_or_default()).repeat(3)
}

/// The part that says it, while it is gone through.
#[derive(Default)]
pub(super) struct Reading {
    codes: HashMap<u32, Vec<String>>,
    styles: Vec<u32>,
    section: String,
    repeating: HashSet<usize>,
    on_condition: Vec<Option<String>>,
    fonts: Vec<Font>,
    /// The colours of grounds, where they have one.
    grounds: Vec<Option<String>>,
    is_solid: bool,
    /// The font and the ground of each style.
    drawn: Vec<(usize, usize)>,
}

impl Reading {
    pub fn node(&mut self, node: &Node<'_>) {
        let Node::Open(_, name, tag) = node else { return };
        let id = || attribute(tag, "numFmtId").and_then(|id| id.trim().parse::<u32>().ok());
        match (*name, self.section.as_str()) {
            ("numFmts" | "fonts" | "fills" | "cellXfs" | "cellStyleXfs" | "cellStyles" | "dxfs", _) => {
                self.section = (*name).to_owned();
            }
            ("font", "fonts") => self.fonts.push(Font { colour: BLACK.to_owned(), is_small: false }),
            ("color" | "sz", "fonts") => {
                if let Some(font) = self.fonts.last_mut() {
                    let size = attribute(tag, "val").and_then(|size| size.trim().parse::<f64>().ok());
                    match *name {
                        "sz" => font.is_small = size.is_some_and(is_small),
                        _ => font.colour = colour(tag),
                    }
                }
            }
            ("fill", "fills") => self.grounds.push(None),
            ("patternFill", "fills") => {
                let is_none = attribute(tag, "patternType").is_none_or(|pattern| pattern == "none");
                if let Some(ground) = self.grounds.last_mut() {
                    *ground = is_none.then(|| WHITE.to_owned());
                    self.is_solid = attribute(tag, "patternType").is_some_and(|pattern| pattern == "solid");
                }
            }
            ("fgColor", "fills") if self.is_solid => {
                if let Some(ground) = self.grounds.last_mut() {
                    *ground = Some(colour(tag));
                }
            }
            ("numFmt", "numFmts") => {
                if let (Some(id), Some(code)) = (id(), attribute(tag, "formatCode")) {
                    self.codes.entry(id).or_default().push(code);
                }
            }
            ("dxf", "dxfs") => self.on_condition.push(None),
            ("numFmt", "dxfs") => {
                if let Some(last) = self.on_condition.last_mut() {
                    *last = attribute(tag, "formatCode");
                }
            }
            ("xf", "cellXfs") => {
                self.styles.push(id().unwrap_or_default());
                let number =
                    |name: &str| attribute(tag, name).and_then(|id| id.trim().parse().ok()).unwrap_or_default();
                self.drawn.push((number("fontId"), number("fillId")));
            }
            ("alignment", "cellXfs") if attribute(tag, "horizontal").is_some_and(|how| how.trim() == "fill") => {
                self.repeating.insert(self.styles.len().saturating_sub(1));
            }
            _ => {}
        }
    }

    pub fn finish(self) -> Styles {
        let of = |id: &u32| match self.codes.get(id) {
            Some(codes) => codes.iter().map(|code| Format::new(code)).collect(),
            None => vec![Format::builtin(*id)],
        };
        let is_faint = |(font, fill): &(usize, usize)| {
            let Some(font) = self.fonts.get(*font) else { return false };
            let white = Some(WHITE.to_owned());
            let ground = self.grounds.get(*fill).unwrap_or(&white).as_deref();
            font.is_small || ground.is_some_and(|ground| is_faint(&font.colour, ground))
        };
        Styles {
            faint: (0..).zip(&self.drawn).filter(|(_, drawn)| is_faint(drawn)).map(|(at, _)| at).collect(),
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

    /// Whether letters of a style are not seen on their ground.
    pub fn is_faint(&self, style: usize) -> bool {
        self.faint.contains(&style)
    }

    /// The unit in which a style shows a number.
    pub fn unit(&self, style: usize, content: &Content) -> Option<String> {
        self.of_cells.get(style)?.iter().find_map(|format| format.unit(content))
    }

    /// The format of a style that cells have on a condition.
    pub fn on_condition(&self, style: &str) -> Option<&str> {
        self.on_condition.get(style.trim().parse::<usize>().ok()?)?.as_deref()
    }
}
