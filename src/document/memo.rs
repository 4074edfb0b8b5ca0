//! What was found out about texts before. Documents name the same persons and things again and again, and a county's
//! schools the same posts; what is asked here depends on nothing but the text.

use bulou_base::hash::HashMap;
use std::cell::RefCell;
use std::rc::Rc;

/// What is longer, in bytes, hardly comes again.
pub(crate) const LONGEST: usize = 384;

/// So many texts are remembered, and then all are forgotten.
pub(crate) const REMEMBERED: usize = 4096;

/// What was found out about texts, on one thread.
#[derive(Debug)]
pub(crate) struct Memo<V>(RefCell<HashMap<Box<str>, Rc<V>>>);

impl<V> Default for Memo<V> {
    fn default() -> Self {
        Self(RefCell::default())
    }
}

impl<V> Memo<V> {
    /// What is known of a text, which `find` finds out. What is very long is not kept.
    pub fn of(&self, text: &str, find: impl FnOnce() -> V) -> Rc<V> {
        if let Some(known) = self.0.borrow().get(text) {
            return Rc::clone(known);
        }
        let found = Rc::new(find());
        if text.len() <= LONGEST {
            let mut known = self.0.borrow_mut();
            if known.len() >= REMEMBERED {
                known.clear();
            }
            known.insert(text.into(), Rc::clone(&found));
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::{Memo, REMEMBERED};

    #[test]
    fn a_text_is_looked_into_once_as_long_as_it_is_remembered() {
        let (memo, mut looks) = (Memo::default(), 0);
        for text in ["王芳", "李强", "王芳"] {
            let length = memo.of(text, || {
                looks += 1;
                text.len()
            });
            assert_eq!(*length, text.len());
        }
        assert_eq!(looks, 2);
        for number in 0..REMEMBERED {
            memo.of(&number.to_string(), || 0);
        }
        assert_eq!(*memo.of("王芳", || 7), 7);
    }
}
