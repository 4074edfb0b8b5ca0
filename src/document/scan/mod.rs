//! A pull scanner of JSON (RFC 8259), made for readers that know what must come next: it never builds a tree, compares
//! a key where it stands, and hands out texts and numbers as they are written.
//!
//! It takes a `str`, so that UTF-8 is checked once for the whole document and not a text at a time.

mod fault;
mod number;
#[cfg(test)]
mod tests;
mod text;

use std::borrow::Cow;

pub(crate) use fault::{Fault, Wrong};
pub(crate) use number::Number;
pub(crate) use text::same;

use bulou_base::limits;

/// What a value is; its first byte tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// `{`
    Object,
    /// `[`
    Array,
    /// `"`
    Text,
    /// A digit or `-`.
    Number,
    /// `t`
    True,
    /// `f`
    False,
    /// `n`
    Null,
}

pub(crate) type Step<T = ()> = Result<T, Fault>;

/// Reads one JSON text from its beginning to its end. Every method but [`Scanner::peek`] expects the cursor at the
/// thing it reads, and leaves it behind that.
#[derive(Clone, Debug)]
pub struct Scanner<'t> {
    text: &'t str,
    at: usize,
    key_at: usize,
}

impl<'t> Scanner<'t> {
    /// A cursor at the beginning of a text.
    pub fn new(text: &'t str) -> Self {
        Self { text, at: 0, key_at: 0 }
    }

    /// The cursor, as a byte offset.
    pub fn at(&self) -> usize {
        self.at
    }

    /// What stands from an offset to the cursor.
    pub fn since(&self, start: usize) -> &'t str {
        self.text.get(start..self.at).unwrap_or_default()
    }

    /// Where the key that was read last begins.
    pub fn key_at(&self) -> usize {
        self.key_at
    }

    fn bytes(&self) -> &'t [u8] {
        self.text.as_bytes()
    }

    fn fault<T>(&self, wrong: Wrong) -> Step<T> {
        Err(Fault { wrong, at: self.at })
    }

    /// The next byte that is no white space; the cursor stands at it.
    fn byte(&mut self) -> Option<u8> {
        match self.bytes().get(self.at) {
            Some(byte) if *byte > b' ' => Some(*byte),
            _ => self.byte_behind_space(),
        }
    }

    fn byte_behind_space(&mut self) -> Option<u8> {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.bytes().get(self.at) {
            self.at += 1;
        }
        self.bytes().get(self.at).copied()
    }

    /// Goes to the next value and tells what it is.
    pub fn peek(&mut self) -> Step<Start> {
        Ok(match self.byte() {
            Some(b'"') => Start::Text,
            Some(b'0'..=b'9' | b'-') => Start::Number,
            Some(b'{') => Start::Object,
            Some(b'[') => Start::Array,
            Some(b't') => Start::True,
            Some(b'f') => Start::False,
            Some(b'n') => Start::Null,
            _ => return self.fault(Wrong::Value),
        })
    }

    /// Only white space may follow.
    pub fn finish(&mut self) -> Step {
        if self.byte().is_none() { Ok(()) } else { self.fault(Wrong::Trailing) }
    }

    /// Steps into an object; whether a member follows.
    pub fn enter_object(&mut self) -> Step<bool> {
        self.at += 1;
        match self.byte() {
            Some(b'"') => Ok(true),
            Some(b'}') => self.leave(),
            _ => self.fault(Wrong::Key),
        }
    }

    /// Steps into what `start` told to be an object or array; whether anything follows.
    pub fn enter(&mut self, start: Start) -> Step<bool> {
        if start == Start::Object { self.enter_object() } else { self.enter_array() }
    }

    /// More brackets are open than a document may have.
    pub fn too_deep(&self) -> Step {
        self.fault(Wrong::Deep)
    }

    /// Behind a member's value: whether another member follows.
    pub fn next_member(&mut self) -> Step<bool> {
        match self.byte() {
            Some(b',') => self.at += 1,
            Some(b'}') => return self.leave(),
            _ => return self.fault(Wrong::AfterMember),
        }
        if self.byte() == Some(b'"') { Ok(true) } else { self.fault(Wrong::Key) }
    }

    /// Steps into an array; whether an element follows.
    pub fn enter_array(&mut self) -> Step<bool> {
        self.at += 1;
        match self.byte() {
            Some(b']') => self.leave(),
            Some(_) => Ok(true),
            None => self.fault(Wrong::Value),
        }
    }

    /// Behind an element: whether another follows.
    pub fn next_element(&mut self) -> Step<bool> {
        match self.byte() {
            Some(b',') => self.at += 1,
            Some(b']') => return self.leave(),
            _ => return self.fault(Wrong::AfterElement),
        }
        Ok(true)
    }

    fn leave(&mut self) -> Step<bool> {
        self.at += 1;
        Ok(false)
    }

    /// A key with its colon.
    pub fn key(&mut self) -> Step<Cow<'t, str>> {
        self.key_at = self.at;
        let key = self.text()?;
        self.colon()?;
        Ok(key)
    }

    /// Takes the key with its colon if it is `name` and written without escapes; `name` must need none.
    pub fn took_key(&mut self, name: &str) -> Step<bool> {
        let end = self.at + 1 + name.len();
        let found = self.bytes().get(self.at + 1..end).is_some_and(|found| same(found, name.as_bytes()));
        if !found || self.bytes().get(end) != Some(&b'"') {
            return Ok(false);
        }
        self.key_at = self.at;
        self.at = end + 1;
        self.colon()?;
        Ok(true)
    }

    fn colon(&mut self) -> Step {
        if self.byte() != Some(b':') {
            return self.fault(Wrong::Colon);
        }
        self.at += 1;
        Ok(())
    }

    /// `true`, `false` or `null`, as `start` told.
    pub fn literal(&mut self, start: Start) -> Step {
        let word: &[u8] = match start {
            Start::True => b"true",
            Start::False => b"false",
            _ => b"null",
        };
        for byte in word {
            if self.bytes().get(self.at) != Some(byte) {
                return self.fault(Wrong::Value);
            }
            self.at += 1;
        }
        Ok(())
    }

    /// Passes over the next value, whatever it is; all of it must be JSON.
    pub fn skip(&mut self) -> Step {
        let mut open = Brackets::default();
        loop {
            let start = self.peek()?;
            let inside = match start {
                Start::Object => self.enter_object()?,
                Start::Array => self.enter_array()?,
                Start::Text => self.text().map(|_| false)?,
                Start::Number => self.number().map(|_| false)?,
                Start::True | Start::False | Start::Null => self.literal(start).map(|()| false)?,
            };
            if inside && !open.push(start == Start::Object) {
                return self.fault(Wrong::Deep);
            }
            let mut more = inside;
            while !more {
                match open.last() {
                    None => return Ok(()),
                    Some(true) => more = self.next_member()?,
                    Some(false) => more = self.next_element()?,
                }
                if !more {
                    open.pop();
                }
            }
            if open.last() == Some(true) {
                self.key()?;
            }
        }
    }
}

/// Which of the open brackets are objects, innermost in the lowest bit.
#[derive(Default)]
struct Brackets {
    objects: u64,
    depth: usize,
}

const _: () = assert!(limits::DOCUMENT_NESTING <= 64, "a bit for each bracket");

impl Brackets {
    fn push(&mut self, object: bool) -> bool {
        self.objects = self.objects << 1 | u64::from(object);
        self.depth += 1;
        self.depth <= limits::DOCUMENT_NESTING
    }

    fn pop(&mut self) {
        self.objects >>= 1;
        self.depth -= 1;
    }

    fn last(&self) -> Option<bool> {
        (self.depth > 0).then_some(self.objects & 1 == 1)
    }
}
