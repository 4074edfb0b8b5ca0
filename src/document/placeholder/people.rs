//! Many persons, among whom another is looked for.

use std::rc::Rc;

use super::who::Who;
use bulou_base::hash::HashSet;

/// Of more persons than these who say other than a name it is not asked whom they may be: each may be anybody.
const FEW: usize = 1000;

/// Persons among whom another is looked for.
#[derive(Debug, Default)]
pub struct People {
    /// The letters of all.
    letters: HashSet<String>,
    /// Those who say a name alone, whom others may have in them.
    names: Vec<Rc<Who>>,
    /// The others.
    more: Vec<Rc<Who>>,
}

impl People {
    /// Adds one.
    pub fn add(&mut self, who: Rc<Who>) {
        if self.letters.insert(who.letters().to_owned()) {
            let these = if who.is_name() { &mut self.names } else { &mut self.more };
            these.push(who);
        }
    }

    /// Whether one may be among them who is not compared alike with any.
    #[must_use]
    pub fn may_have(&self, who: &Who) -> bool {
        let in_names = || !who.is_name() && self.names.iter().any(|other| other.may_be(who));
        self.more.len() > FEW
            || self.letters.contains(who.letters())
            || self.more.iter().any(|other| other.may_be(who))
            || in_names()
    }
}
