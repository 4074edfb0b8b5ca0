//! The colours of an `.xlsx` in red, green and blue: what a workbook writes of one may depend on its theme and its palette,
//! and on a tint.

use super::xml::{Node, Tag, attribute};

/// Colours are one where no part of them differs by more.
const NEAR: f64 = 32.0;
/// The palette that a workbook has which says no other; the first eight colours stand before it once more.
const BUILT_IN: &str = "000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF \
    800000 008000 000080 808000 800080 008080 C0C0C0 808080 9999FF 993366 FFFFCC CCFFFF 660066 FF8080 0066CC CCCCFF \
    000080 FF00FF FFFF00 00FFFF 800080 800000 008080 0000FF 00CCFF CCFFFF CCFFCC FFFF99 99CCFF FF99CC CC99FF FFCC99 \
    3366FF 33CCCC 99CC00 FFCC00 FF9900 FF6600 666699 969696 003366 339966 003300 333300 993300 993366 333399 333333";
/// So many colours are in it, and so many of them stand twice.
const PALETTE: usize = 64;
const TWICE: usize = 8;
/// The colours of a theme as cells count them, which is not as it lists them, and what they are where there is none.
const THEME: [(&str, &str); 12] = [
    ("lt1", "FFFFFF"),
    ("dk1", "000000"),
    ("lt2", "EEECE1"),
    ("dk2", "1F497D"),
    ("accent1", "4F81BD"),
    ("accent2", "C0504D"),
    ("accent3", "9BBB59"),
    ("accent4", "8064A2"),
    ("accent5", "4BACC6"),
    ("accent6", "F79646"),
    ("hlink", "0000FF"),
    ("folHlink", "800080"),
];

/// Red, green and blue, each up to 255.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rgb([f64; 3]);

impl Rgb {
    pub const BLACK: Self = Self([0.0; 3]);
    pub const WHITE: Self = Self([255.0; 3]);

    /// The last six digits of a text: what stands before them says how much is seen through it, and no program minds it.
    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim();
        let digits = text.get(text.len().checked_sub(6)?..)?;
        let part = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok().map(f64::from);
        Some(Self([part(0)?, part(2)?, part(4)?]))
    }

    /// Whether nobody tells them apart.
    pub fn is_near(self, other: Self) -> bool {
        self.0.iter().zip(other.0).all(|(one, other)| (one - other).abs() <= NEAR)
    }

    /// What a tint makes of it: its lightness moves towards black or white, its hue and its saturation stay.
    fn tinted(self, tint: f64) -> Self {
        let parts = self.0.map(|part| part / 255.0);
        let (most, least) = (parts.into_iter().fold(0.0, f64::max), parts.into_iter().fold(1.0, f64::min));
        let light = f64::midpoint(most, least);
        let made = if tint < 0.0 { light * (1.0 + tint) } else { light * (1.0 - tint) + tint };
        // How far parts may lie apart at a lightness.
        let room = |light: f64| 1.0 - (2.0 * light - 1.0).abs();
        let share = if room(light) > 0.0 { room(made) / room(light) } else { 0.0 };
        Self(parts.map(|part| (made + (part - light) * share) * 255.0))
    }
}

/// A colour as it is written. One that is written in more than one way is each of them: programs need not take the same.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Colour {
    written: Vec<Written>,
    tint: f64,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Written {
    Plain(Rgb),
    /// A place in the theme, or in the palette.
    Theme(usize),
    Indexed(usize),
    /// Nobody can say what it is.
    Unknown,
}

impl Colour {
    pub fn plain(rgb: Rgb) -> Self {
        Self { written: vec![Written::Plain(rgb)], tint: 0.0 }
    }

    /// What an element says; one that leaves it to the program is the colour given.
    pub fn new(tag: &Tag<'_>, own: Rgb) -> Self {
        let place = |name: &str, what: fn(usize) -> Written| {
            let text = attribute(tag, name)?;
            Some(text.trim().parse().map_or(Written::Unknown, what))
        };
        let rgb = attribute(tag, "rgb").map(|text| Rgb::new(&text).map_or(Written::Unknown, Written::Plain));
        let all = [rgb, place("theme", Written::Theme), place("indexed", Written::Indexed)];
        let mut written: Vec<Written> = all.into_iter().flatten().collect();
        if written.is_empty() {
            written.push(Written::Plain(own));
        }
        let tint = attribute(tag, "tint").and_then(|tint| tint.trim().parse::<f64>().ok());
        Self { written, tint: tint.filter(|tint| tint.is_finite()).unwrap_or_default().clamp(-1.0, 1.0) }
    }

    /// Whether letters of this colour may be unseen on a ground of another. One that nobody knows may be any.
    pub fn is_unseen_on(&self, ground: &Self, palette: &Palette) -> bool {
        let grounds: Vec<Option<Rgb>> = palette.all(ground).collect();
        palette.all(self).any(|one| grounds.iter().any(|other| one.zip(*other).is_none_or(|(a, b)| a.is_near(b))))
    }
}

/// The colours that a workbook names by their places.
#[derive(Clone, Debug, Default)]
pub(super) struct Palette {
    pub theme: Theme,
    /// Those that it has in place of the first of the palette.
    pub indexed: Vec<Option<Rgb>>,
}

impl Palette {
    fn all<'p>(&'p self, colour: &'p Colour) -> impl Iterator<Item = Option<Rgb>> + 'p {
        colour.written.iter().map(|written| {
            let rgb = match written {
                Written::Plain(rgb) => Some(*rgb),
                Written::Theme(place) => self.theme.colours.get(*place).copied().flatten(),
                Written::Indexed(place) => self.at(*place),
                Written::Unknown => None,
            };
            rgb.map(|rgb| rgb.tinted(colour.tint))
        })
    }

    fn at(&self, place: usize) -> Option<Rgb> {
        match place {
            0..PALETTE => match self.indexed.get(place) {
                Some(own) => *own,
                None => BUILT_IN.split_whitespace().nth(place.checked_sub(TWICE).unwrap_or(place)).and_then(Rgb::new),
            },
            // The system's: letters and ground of a window, letters of a hint, and letters once more.
            64 | 81 | 32_767 => Some(Rgb::BLACK),
            65 => Some(Rgb::WHITE),
            _ => None,
        }
    }
}

/// The colours of a workbook's theme, while its part is gone through and after that.
#[derive(Clone, Debug)]
pub(super) struct Theme {
    colours: [Option<Rgb>; 12],
    open: Vec<String>,
}

impl Default for Theme {
    fn default() -> Self {
        Self { colours: THEME.map(|(_, rgb)| Rgb::new(rgb)), open: Vec::new() }
    }
}

impl Theme {
    /// Takes what the part says.
    pub fn node(&mut self, node: &Node<'_>) {
        match node {
            Node::Open(_, name, tag) => {
                let path: Vec<&str> = self.open.iter().map(String::as_str).chain([*name]).collect();
                if let ["theme", "themeElements", "clrScheme", slot, colour @ ..] = path.as_slice() {
                    let rgb = match colour {
                        [kind] => rgb(kind, tag),
                        // Nothing is said yet, or what is said is changed by more than can be followed here.
                        _ => None,
                    };
                    let place = THEME.iter().position(|(name, _)| name == slot);
                    let kept = place.and_then(|place| self.colours.get_mut(place));
                    kept.into_iter().for_each(|kept| *kept = rgb);
                }
                self.open.push((*name).to_owned());
            }
            Node::Close => drop(self.open.pop()),
            Node::Text(_) | Node::Aside => {}
        }
    }
}

/// A colour in one of the ways in which a theme writes it.
fn rgb(kind: &str, tag: &Tag<'_>) -> Option<Rgb> {
    let value = attribute(tag, "val").unwrap_or_default();
    match (kind, value.as_str()) {
        ("srgbClr", _) => Rgb::new(&value),
        // A window's colours are those of whoever looks at it; what they were when it was saved is for others.
        ("sysClr", "windowText") | ("prstClr", "black") => Some(Rgb::BLACK),
        ("sysClr", "window") | ("prstClr", "white") => Some(Rgb::WHITE),
        ("sysClr", _) => Rgb::new(&attribute(tag, "lastClr")?),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(rgb: &str) -> Rgb {
        Rgb::new(rgb).expect("a colour")
    }

    #[test]
    fn colours_that_nobody_tells_apart_are_one() {
        assert!(of("FFFFFF").is_near(of("00FEFEFE")) && of("#fafafa").is_near(Rgb::WHITE));
        assert!(!of("FFFFFF").is_near(of("4472C4")) && !Rgb::BLACK.is_near(Rgb::WHITE));
        assert_eq!(["", "FFF", "颜色红", "GGGGGG"].map(Rgb::new), [None; 4]);
    }

    #[test]
    fn a_tint_moves_lightness_alone() {
        for (rgb, tint, made) in [
            ("000000", 1.0, "FFFFFF"),
            ("FFFFFF", -1.0, "000000"),
            ("000000", 0.35, "595959"),
            ("FFFFFF", -0.5, "808080"),
            ("4F81BD", 0.6, "B8CCE4"),
            ("4F81BD", -0.25, "366092"),
            ("C0504D", 0.0, "C0504D"),
        ] {
            let (one, other) = (of(rgb).tinted(tint), of(made));
            assert!(one.0.iter().zip(other.0).all(|(one, other)| (one - other).abs() < 2.0), "{rgb} {tint}: {one:?}");
        }
    }

    #[test]
    fn a_place_is_the_palettes_own_or_the_built_in() {
        let palette = Palette { indexed: vec![Rgb::new("FFFFFF"), None], ..Palette::default() };
        let places = [0, 1, 2, 9, 22, 63, 64, 65, 70, 99].map(|place| palette.at(place));
        let expected = ["FFFFFF", "", "FF0000", "FFFFFF", "C0C0C0", "333333", "000000", "FFFFFF", "", ""];
        assert_eq!(places, expected.map(Rgb::new));
        assert_eq!(BUILT_IN.split_whitespace().count() + TWICE, PALETTE);
    }
}
