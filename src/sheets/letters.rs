//! Letters and the ground behind them, as an `.xlsx` says them of fonts, of the pieces of a text, and of what cells look like
//! on a condition.

use super::colours::{Colour, Palette, Rgb};
use super::hidden::is_small;
use super::order::Order;
use super::xml::{Node, Tag, attribute, is_off};

/// What is said of letters: their colour, whether they are too small to be read, and whether they are crossed out.
#[derive(Clone, Debug, Default)]
pub(super) struct Letters {
    colour: Option<Colour>,
    is_small: Option<bool>,
    is_struck: bool,
}

impl Letters {
    /// Takes an element of those that say it.
    fn take(&mut self, name: &str, tag: &Tag<'_>) {
        match name {
            "color" => self.colour = Some(Colour::new(tag, Rgb::BLACK)),
            "strike" => self.is_struck = !is_off(tag, "val"),
            "sz" => self.is_small = attribute(tag, "val").and_then(|size| size.trim().parse().ok()).map(is_small),
            _ => {}
        }
    }

    /// Their colour; where none is said, that of a window's letters.
    fn colour(&self) -> Colour {
        self.colour.clone().unwrap_or(Colour::plain(Rgb::BLACK))
    }
}

/// How a cell is drawn, as far as it is said: a cell's own style, or what a condition makes of it.
#[derive(Clone, Debug, Default)]
pub(super) struct Look {
    letters: Letters,
    fill: Fill,
    /// A line goes across the cell, from corner to corner.
    is_crossed: bool,
    /// Of which part of it the element is that is open.
    part: String,
}

/// What is said of a ground: a pattern and its two colours, or colours that run into each other.
#[derive(Clone, Debug, Default)]
struct Fill {
    pattern: Option<String>,
    front: Option<Colour>,
    behind: Option<Colour>,
    stops: Vec<Colour>,
}

impl Fill {
    /// Takes an element of those that say it.
    fn take(&mut self, name: &str, tag: &Tag<'_>) {
        match name {
            "patternFill" => self.pattern = attribute(tag, "patternType"),
            "fgColor" => self.front = Some(Colour::new(tag, Rgb::BLACK)),
            "bgColor" => self.behind = Some(Colour::new(tag, Rgb::WHITE)),
            "color" => self.stops.push(Colour::new(tag, Rgb::WHITE)),
            _ => {}
        }
    }

    /// The colours of the ground, if it has any. That of a cell is in front of its pattern, that of a condition behind it.
    fn colours(&self, is_of_condition: bool) -> Option<Vec<Colour>> {
        if !self.stops.is_empty() {
            return Some(self.stops.clone());
        }
        let front = || self.front.clone().unwrap_or(Colour::plain(Rgb::BLACK));
        let behind = || self.behind.clone().unwrap_or(Colour::plain(Rgb::WHITE));
        match (self.pattern.as_deref(), is_of_condition) {
            (None | Some("none"), false) => None,
            (Some("none"), true) => Some(paper()),
            (None | Some("solid"), true) => Some(vec![self.behind.clone().or(self.front.clone())?]),
            (Some("solid"), false) => Some(vec![front()]),
            (Some(_), _) => Some(vec![front(), behind()]),
        }
    }
}

/// A ground of which nothing is said.
fn paper() -> Vec<Colour> {
    vec![Colour::plain(Rgb::WHITE)]
}

impl Look {
    /// Takes an element within a font, a fill, or a look that holds both.
    pub fn take(&mut self, name: &str, tag: &Tag<'_>) {
        match (name, self.part.as_str()) {
            ("font" | "fill" | "border" | "numFmt" | "alignment" | "protection", _) => name.clone_into(&mut self.part),
            (_, "font") => self.letters.take(name, tag),
            (_, "fill") => self.fill.take(name, tag),
            _ => {}
        }
    }

    /// A ground alone.
    pub fn of_ground(tag: &Tag<'_>) -> Self {
        Self { fill: Fill { stops: vec![Colour::new(tag, Rgb::WHITE)], ..Fill::default() }, ..Self::default() }
    }

    /// The letters of one and the ground of another, as a cell's style names them.
    pub fn joined(font: Option<&Self>, fill: Option<&Self>) -> Self {
        Self {
            letters: font.map(|font| font.letters.clone()).unwrap_or_default(),
            fill: fill.map(|fill| fill.fill.clone()).unwrap_or_default(),
            is_crossed: false,
            part: String::new(),
        }
    }

    /// The same with a line across the cell, or without one.
    pub fn crossed(self, is_crossed: bool) -> Self {
        Self { is_crossed, ..self }
    }

    /// Whether nobody sees the letters of a cell of this look; above it is what a condition makes of it.
    pub fn is_unseen(&self, above: Option<&Self>, palette: &Palette) -> bool {
        let own = above.map(|above| above.letters.clone()).unwrap_or_default();
        let letters = Letters {
            colour: own.colour.or(self.letters.colour.clone()),
            is_small: own.is_small.or(self.letters.is_small),
            is_struck: false,
        };
        let ground = above.and_then(|above| above.fill.colours(true)).unwrap_or_else(|| self.ground());
        is_unseen(&letters, &ground, palette)
    }

    /// Whether nobody sees one of these pieces of a text in a cell of this look.
    pub fn hides(&self, pieces: &[Letters], palette: &Palette) -> bool {
        let ground = if pieces.is_empty() { Vec::new() } else { self.ground() };
        pieces.iter().any(|piece| is_unseen(piece, &ground, palette))
    }

    /// Whether a text of these pieces, or one of them, is crossed out in a cell of this look.
    pub fn strikes(&self, pieces: &[Letters]) -> bool {
        self.is_crossed || self.letters.is_struck || pieces.iter().any(|piece| piece.is_struck)
    }

    fn ground(&self) -> Vec<Colour> {
        self.fill.colours(false).unwrap_or_else(paper)
    }
}

/// Whether letters are not seen on a ground: on no colour that it has.
fn is_unseen(letters: &Letters, ground: &[Colour], palette: &Palette) -> bool {
    let colour = letters.colour();
    letters.is_small.unwrap_or_default() || ground.iter().all(|ground| colour.is_unseen_on(ground, palette))
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
