//! Texts that were read before: the schools of a county, and one school from day to day, fill in the same posts, places and
//! names again and again, and what a field makes of a text depends on the text alone.

use bulou_base::date::Date;

use crate::shape::Shape;
use crate::sums::Called;

/// So many texts are remembered; one that falls on another's place takes it.
const PLACES: usize = 4096;

/// What is longer, in bytes, hardly comes again.
const LONGEST: usize = 384;

/// The texts that the fields of a shape took as they are, each with what it is to be there. What was so of another shape or
/// on another day is forgotten.
#[derive(Debug, Default)]
pub struct Texts {
    /// The shape, by its number, and the day: a document's number of next year is one only next year.
    of: Option<(u64, Date)>,
    places: Vec<Option<Known>>,
}

/// A text that a field took.
#[derive(Debug)]
pub(super) struct Known {
    field: (u16, u32),
    written: Box<str>,
    /// What it is compared as, where that is not what is written.
    pub normal: Option<Box<str>>,
    /// What an element would be called by it.
    pub called: Called,
}

impl Texts {
    /// Forgets what was so of another shape or on another day.
    pub(super) fn of(&mut self, shape: &Shape, today: Date) {
        let of = Some((shape.id.number(), today));
        if std::mem::replace(&mut self.of, of) != of {
            self.places.clear();
        }
    }

    /// What is known of a text in a field.
    pub(super) fn find(&self, field: (u16, u32), written: &str) -> Option<&Known> {
        let known = self.places.get(place(field, written))?.as_ref()?;
        (known.field == field && *known.written == *written).then_some(known)
    }

    /// Remembers what a field took.
    pub(super) fn keep(&mut self, field: (u16, u32), written: &str, normal: &str, called: Called) {
        if written.len() > LONGEST {
            return;
        }
        if self.places.is_empty() {
            self.places.resize_with(PLACES, || None);
        }
        if let Some(known) = self.places.get_mut(place(field, written)) {
            let normal = (normal != written).then(|| normal.into());
            *known = Some(Known { field, written: written.into(), normal, called });
        }
    }
}

/// Where a text is remembered, told by some of its bytes: two that fall on one place only take turns.
fn place((table, slot): (u16, u32), written: &str) -> usize {
    const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;
    let bytes = written.as_bytes();
    let word = |from: usize| {
        let mut word = [0; 8];
        let part = bytes.get(from..).unwrap_or_default();
        let part = part.get(..8).unwrap_or(part);
        word.iter_mut().zip(part).for_each(|(place, byte)| *place = *byte);
        u64::from_le_bytes(word)
    };
    let field = u64::from(table) << 32 | u64::from(slot);
    let parts = [field, bytes.len() as u64, word(0), word(bytes.len() / 2), word(bytes.len().saturating_sub(8))];
    let mixed = parts.into_iter().fold(0, |mixed: u64, part| (mixed.rotate_left(23) ^ part).wrapping_mul(SPREAD));
    (mixed >> 40) as usize % PLACES
}

#[cfg(test)]
mod tests {
    use super::{PLACES, Texts};
    use crate::shape::Shape;
    use crate::sums::Called;
    use bulou_base::date::parse;

    #[test]
    fn a_text_is_known_in_its_field_on_its_day() {
        let (mut texts, shape) = (Texts::default(), Shape::default());
        let [today, tomorrow] = ["2022-06-24", "2022-06-25"].map(|day| parse(day).expect("a day"));
        texts.of(&shape, today);
        texts.keep((1, 2), "张 三", "张三", Called::Element);
        texts.keep((1, 3), "合计", "合计", Called::Total);
        assert_eq!(texts.find((1, 2), "张 三").and_then(|known| known.normal.as_deref()), Some("张三"));
        let total = texts.find((1, 3), "合计").map(|known| (known.normal.as_deref(), known.called));
        assert_eq!(total, Some((None, Called::Total)));
        assert!(texts.find((1, 3), "张 三").is_none() && texts.find((1, 2), "张三").is_none());
        texts.of(&shape, today);
        assert!(texts.find((1, 2), "张 三").is_some());
        texts.of(&shape, tomorrow);
        assert!(texts.find((1, 2), "张 三").is_none());
        texts.keep((1, 2), "张 三", "张三", Called::Element);
        texts.of(&shape.clone(), tomorrow);
        assert!(texts.find((1, 2), "张 三").is_none(), "a copy may have other fields");
    }

    #[test]
    fn no_text_is_taken_for_another_however_many_there_are() {
        let mut texts = Texts::default();
        texts.of(&Shape::default(), parse("2022-06-24").expect("a day"));
        for number in 0..4 * PLACES {
            let written = format!("楼梯 {number}");
            texts.keep((0, 1), &written, &number.to_string(), Called::Element);
            assert_eq!(
                texts.find((0, 1), &written).and_then(|known| known.normal.clone()),
                Some(number.to_string().into())
            );
        }
        for number in 0..4 * PLACES {
            if let Some(known) = texts.find((0, 1), &format!("楼梯 {number}")) {
                assert_eq!(known.normal.as_deref(), Some(&*number.to_string()));
            }
        }
    }
}
