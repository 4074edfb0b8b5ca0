//! Letters and the ground behind them, as an `.xlsx` says them of fonts, of the pieces of a text, and of what cells look like
//! on a condition.

use super::hidden::{is_faint, is_small};
use super::order::Order;
use super::xml::{Node, Tag, attribute, is_on};

/// The colour of paper, and of letters without a colour.
const WHITE: &str = "FFFFFF";
const BLACK: &str = "000000";

/// What is said of letters: their colour, and whether they are too small to be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Letters {
    colour: Option<String>,
    is_small: Option<bool>,
}

impl Letters {
    /// Takes an element of those that say it.
    fn take(&mut self, name: &str, tag: &Tag<'_>) {
        match name {
            "color" => self.colour = Some(colour(tag)),
            "sz" => self.is_small = attribute(tag, "val").and_then(|size| size.trim().parse().ok()).map(is_small),
            _ => {}
        }
    }
}

/// How a cell is drawn, as far as it is said: a cell's own style, or what a condition makes of it.
#[derive(Clone, Debug, Default)]
pub(super) struct Look {
    letters: Letters,
    ground: Ground,
    /// Of which part of it the element is that is open.
    part: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Ground {
    #[default]
    Unsaid,
    /// A pattern of two colours.
    Mixed,
    Plain(String),
}

impl Look {
    /// Takes an element within a font, a fill, or a look that holds both.
    pub fn take(&mut self, name: &str, tag: &Tag<'_>) {
        match (name, self.part.as_str()) {
            ("font" | "fill" | "border" | "numFmt" | "alignment" | "protection", _) => name.clone_into(&mut self.part),
            (_, "font") => self.letters.take(name, tag),
            ("patternFill", "fill") => {
                self.ground = match attribute(tag, "patternType").as_deref() {
                    None | Some("none") => Ground::Unsaid,
                    Some("solid") => Ground::Plain(BLACK.to_owned()),
                    Some(_) => Ground::Mixed,
                }
            }
            ("gradientFill", "fill") => self.ground = Ground::Mixed,
            // A cell's ground is the colour in front of its pattern; that of a condition is the one behind, if alone.
            ("fgColor", "fill") if self.ground != Ground::Mixed => self.ground = Ground::Plain(colour(tag)),
            ("bgColor", "fill") if self.ground == Ground::Unsaid => self.ground = Ground::Plain(colour(tag)),
            _ => {}
        }
    }

    /// A ground alone.
    pub fn of_ground(tag: &Tag<'_>) -> Self {
        Self { ground: Ground::Plain(colour(tag)), ..Self::default() }
    }

    /// The letters of one and the ground of another, as a cell's style names them.
    pub fn joined(font: Option<&Self>, fill: Option<&Self>) -> Self {
        Self {
            letters: font.map(|font| font.letters.clone()).unwrap_or_default(),
            ground: fill.map(|fill| fill.ground.clone()).unwrap_or_default(),
            part: String::new(),
        }
    }

    /// Whether nobody sees the letters of a cell of this look; above it is what a condition makes of it.
    pub fn is_unseen(&self, above: Option<&Self>) -> bool {
        let said = above.map(|above| &above.ground).filter(|ground| **ground != Ground::Unsaid);
        let ground = said.unwrap_or(&self.ground);
        let own = above.map(|above| &above.letters);
        let colour = own.and_then(|own| own.colour.as_deref()).or(self.letters.colour.as_deref());
        let is_small = own.and_then(|own| own.is_small).or(self.letters.is_small);
        is_small.unwrap_or_default() || is_on_ground(colour.unwrap_or(BLACK), ground)
    }

    /// Whether nobody sees one of these pieces of a text in a cell of this look.
    pub fn hides(&self, pieces: &[Letters]) -> bool {
        pieces.iter().any(|piece| {
            let is_small = piece.is_small.unwrap_or_default();
            is_small || is_on_ground(piece.colour.as_deref().unwrap_or(BLACK), &self.ground)
        })
    }
}

/// Whether letters of a colour are not seen on a ground.
fn is_on_ground(colour: &str, ground: &Ground) -> bool {
    match ground {
        Ground::Unsaid => is_faint(colour, WHITE),
        Ground::Plain(ground) => is_faint(colour, ground),
        Ground::Mixed => false,
    }
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

/// A text that may be of several pieces, each with letters of its own.
#[derive(Default)]
pub(super) struct Pieces {
    pub text: String,
    /// The letters of the pieces that have their own, and hold more than blanks.
    pub letters: Vec<Letters>,
    open: Option<Letters>,
}

impl Pieces {
    /// Takes what stands in it.
    pub fn node(&mut self, node: &Node<'_>, order: &Order) {
        match node {
            Node::Open(_, "r", _) => self.open = None,
            Node::Open(_, "rPr", _) => self.open = Some(Letters::default()),
            Node::Open(_, name, tag) => {
                if let Some(open) = &mut self.open {
                    open.take(name, tag);
                }
            }
            Node::Text(text) if order.is_text() => {
                self.text.push_str(text);
                if let Some(open) = self.open.as_ref().filter(|_| !text.trim().is_empty()) {
                    self.letters.push(open.clone());
                }
            }
            _ => {}
        }
    }
}
