//! Makes a function of each sentence in `texts/*.ftl` ([Fluent](https://projectfluent.org)), and fails where the languages
//! do not say the same: a key that one lacks, that stands twice, or that does not name what another names.
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a build script reads files, and fails by panic"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use fluent_syntax::ast::{Entry, Expression, InlineExpression, PatternElement};

/// In the order of `Lang`; the first says which arguments there are.
const LANGUAGES: [&str; 2] = ["zh", "en"];

/// The group of sentences that are reasons: reports have them as data as well.
const REASONS: &str = "reasons";

enum Piece {
    Text(String),
    Argument(String),
}

/// By key, with the group.
type Sentences = BTreeMap<String, (String, Vec<Piece>)>;

fn main() {
    let mut faults = Vec::new();
    let all = LANGUAGES.map(|language| sentences(language, &mut faults));
    let [first, others @ ..] = &all;
    for (language, sentences) in LANGUAGES.iter().skip(1).zip(others) {
        compare((LANGUAGES[0], first), (language, sentences), &mut faults);
    }
    assert!(faults.is_empty(), "the sentences of the languages differ:\n{}", faults.join("\n"));
    let mut code = String::new();
    let mut help = String::new();
    // The page makes its own of what it says: `www/build/texts.mjs`.
    for key in first.keys().filter(|key| !key.starts_with("page-")) {
        let said = all.each_ref().map(|sentences| sentences[key].1.as_slice());
        match key.strip_prefix("help-") {
            Some(name) => write!(help, "({name:?}, {}), ", phrase(&said)).expect("a string takes all"),
            None => function(key, &said, first[key].0 == REASONS, &mut code),
        }
    }
    writeln!(code, "/// By name, in order.\npub static HELP: &[(&str, Phrase)] = &[{help}];")
        .expect("a string takes all");
    let folder = std::env::var_os("OUT_DIR").expect("cargo names a folder");
    std::fs::write(Path::new(&folder).join("texts.rs"), code).expect("the folder can be written");
}

fn sentences(language: &str, faults: &mut Vec<String>) -> Sentences {
    let path = format!("texts/{language}.ftl");
    println!("cargo::rerun-if-changed={path}");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let resource = fluent_syntax::parser::parse(text).unwrap_or_else(|(_, errors)| panic!("{path}: {errors:?}"));
    let (mut all, mut group) = (Sentences::new(), String::new());
    for entry in resource.body {
        if let Entry::GroupComment(comment) = &entry {
            let name = comment.content.join(" ");
            group = name.split(':').next().unwrap_or_default().to_owned();
        }
        let Entry::Message(message) = entry else { continue };
        let key = message.id.name;
        let pattern = message.value.map(|pattern| pattern.elements).unwrap_or_default();
        let pieces = pattern.into_iter().map(|element| piece(element).unwrap_or_else(|| panic!("{path}: {key}")));
        if all.insert(key.clone(), (group.clone(), pieces.collect())).is_some() {
            faults.push(format!("{path}: {key} stands twice"));
        }
    }
    all
}

/// A text, or an argument; nothing else of Fluent's is used.
fn piece(element: PatternElement<String>) -> Option<Piece> {
    Some(match element {
        PatternElement::TextElement { value } => Piece::Text(value),
        PatternElement::Placeable { expression: Expression::Inline(InlineExpression::StringLiteral { value }) } => {
            Piece::Text(value)
        }
        PatternElement::Placeable { expression: Expression::Inline(InlineExpression::VariableReference { id }) } => {
            Piece::Argument(id.name)
        }
        PatternElement::Placeable { .. } => return None,
    })
}

fn compare((one, first): (&str, &Sentences), (other, second): (&str, &Sentences), faults: &mut Vec<String>) {
    for key in first.keys().filter(|key| !second.contains_key(*key)) {
        faults.push(format!("{key}: not in texts/{other}.ftl"));
    }
    for (key, (_, pieces)) in second {
        let Some((_, same)) = first.get(key) else {
            faults.push(format!("{key}: not in texts/{one}.ftl"));
            continue;
        };
        let (mut here, mut there) = (arguments(same), arguments(pieces));
        here.sort_unstable();
        there.sort_unstable();
        if here != there {
            faults.push(format!("{key}: texts/{one}.ftl names {here:?}, texts/{other}.ftl {there:?}"));
        }
    }
}

/// The names of what stands in a sentence, in the order in which they first do.
fn arguments(pieces: &[Piece]) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for piece in pieces {
        if let Piece::Argument(name) = piece
            && !names.contains(&name.as_str())
        {
            names.push(name);
        }
    }
    names
}

fn function(key: &str, said: &[&[Piece]; LANGUAGES.len()], is_reason: bool, code: &mut String) {
    let [first, ..] = said;
    let names = arguments(first);
    let plainly = |pieces: &[Piece]| pieces.iter().map(plain).collect::<String>().replace('\n', " ").replace('`', "'");
    let documented = said.map(|pieces| format!("`{}`", plainly(pieces)));
    let mut add = |line: String| code.write_str(&line).expect("a string takes all");
    add(format!("#[doc = {:?}]\n#[must_use]\n", documented.join(" · ")));
    let function = key.replace('-', "_");
    if names.is_empty() {
        add(format!("pub const fn {function}() -> Phrase {{ {} }}\n", phrase(said)));
        return;
    }
    let parameters: Vec<String> = names.iter().map(|name| format!("{name}: &'a dyn Say")).collect();
    // The control characters up to the tab stand for arguments.
    assert!(names.len() < 9, "{key} has more arguments than a sentence takes");
    let coded = said.map(|pieces| format!("{:?}", pieces.iter().map(|piece| coded(piece, &names)).collect::<String>()));
    let (parameters, count) = (parameters.join(", "), names.len());
    let sentence = format!("Sentence {{ said: [{}], arguments: [{}] }}", coded.join(", "), names.join(", "));
    add(match is_reason {
        true => format!(
            "pub fn {function}<'a>({parameters}) -> Coded<'a, {count}> {{ \
             Coded {{ code: {key:?}, names: {names:?}, sentence: {sentence} }} }}\n"
        ),
        false => format!("pub fn {function}<'a>({parameters}) -> Sentence<'a, {count}> {{ {sentence} }}\n"),
    });
}

fn phrase(said: &[&[Piece]; LANGUAGES.len()]) -> String {
    let texts = said.map(|pieces| format!("{:?}", pieces.iter().map(plain).collect::<String>()));
    format!("Phrase([{}])", texts.join(", "))
}

fn plain(piece: &Piece) -> String {
    match piece {
        Piece::Text(text) => text.clone(),
        Piece::Argument(name) => format!("{{{name}}}"),
    }
}

fn coded(piece: &Piece, names: &[&str]) -> String {
    match piece {
        Piece::Text(text) => {
            assert!(!text.contains(|c| c < '\t'), "{text:?} has a control character");
            text.clone()
        }
        Piece::Argument(name) => {
            let index = names.iter().position(|known| known == name).expect("all languages name the same");
            u8::try_from(index + 1).map(char::from).expect("few arguments").to_string()
        }
    }
}
