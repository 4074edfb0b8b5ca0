//! Texts that were read before: the schools of a county, and one school from day to day, fill in the same posts, places and
//! names again and again, and what a field makes of a text depends on field and text alone. What depends on the day as well,
//! a document's number, is not kept.

use std::fmt;

use crate::memo::{LONGEST, REMEMBERED};
use crate::shape::Shape;
use crate::sums::Called;

/// The texts that the fields of a shape took as they are, each with what it is to be there. What was so of another shape is
/// forgotten.
#[derive(Default)]
pub struct TextMemo {
    /// The shape, by its number.
    of: u64,
    /// One that falls on another's place takes it.
    places: Vec<Option<Taken>>,
}

/// Texts of documents, be they sensitive, are shown in no message of a program.
impl fmt::Debug for TextMemo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TextMemo")
    }
}

/// A text that a field took.
pub(super) struct Taken {
    field: (u16, u32),
    written: Box<str>,
    /// What it is compared as, where that is not what is written.
    pub normal: Option<Box<str>>,
    /// What an element would be called by it.
    pub called: Called,
}

impl TextMemo {
    /// Forgets what was so of another shape.
    pub(super) fn of(&mut self, shape: &Shape) {
        let of = shape.id.number();
        if std::mem::replace(&mut self.of, of) != of {
            self.places.clear();
        }
    }

    /// What is known of a text in a field.
    pub(super) fn find(&self, field: (u16, u32), written: &str) -> Option<&Taken> {
        let taken = self.places.get(place(field, written))?.as_ref()?;
        (taken.field == field && *taken.written == *written).then_some(taken)
    }

    /// Remembers what a field took.
    pub(super) fn keep(&mut self, field: (u16, u32), written: &str, normal: &str, called: Called) {
        if written.len() > LONGEST {
            return;
        }
        if self.places.is_empty() {
            self.places.resize_with(REMEMBERED, || None);
        }
        if let Some(place) = self.places.get_mut(place(field, written)) {
            let normal = (normal != written).then(|| normal.into());
            *place = Some(Taken { field, written: written.into(), normal, called });
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
    (mixed >> 40) as usize % REMEMBERED
}

#[cfg(test)]
mod tests {
    use super::{REMEMBERED, TextMemo};
    use crate::shape::Shape;
    use crate::sums::Called;

    #[test]
    fn a_text_is_taken_in_its_field_of_its_shape() {
        let (mut memo, shape) = (TextMemo::default(), Shape::default());
        memo.of(&shape);
        memo.keep((1, 2), "张 三", "张三", Called::Element);
        memo.keep((1, 3), "合计", "合计", Called::Total);
        assert_eq!(memo.find((1, 2), "张 三").and_then(|taken| taken.normal.as_deref()), Some("张三"));
        let total = memo.find((1, 3), "合计").map(|taken| (taken.normal.as_deref(), taken.called));
        assert_eq!(total, Some((None, Called::Total)));
        assert!(memo.find((1, 3), "张 三").is_none() && memo.find((1, 2), "张三").is_none());
        memo.of(&shape);
        assert!(memo.find((1, 2), "张 三").is_some());
        memo.of(&shape.clone());
        assert!(memo.find((1, 2), "张 三").is_none(), "a copy may have other fields");
    }

    #[test]
    fn no_text_is_taken_for_another_however_many_there_are() {
        let mut memo = TextMemo::default();
        memo.of(&Shape::default());
        for number in 0..4 * REMEMBERED {
            let written = format!("楼梯 {number}");
            memo.keep((0, 1), &written, &number.to_string(), Called::Element);
            assert_eq!(
                memo.find((0, 1), &written).and_then(|taken| taken.normal.clone()),
                Some(number.to_string().into())
            );
        }
        for number in 0..4 * REMEMBERED {
            if let Some(taken) = memo.find((0, 1), &format!("楼梯 {number}")) {
                assert_eq!(taken.normal.as_deref(), Some(&*number.to_string()));
            }
        }
    }
}
