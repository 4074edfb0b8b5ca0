//! The XML of a workbook's parts, as a stream: no more of it is held than the part that is open.

use std::io::{BufRead, BufReader, Read};

use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesDecl, BytesStart, Event};
use quick_xml::name::{Namespace, NamespaceResolver, Prefix, ResolveResult};
use quick_xml::{NsReader, XmlVersion};

use bulou_base::limits;
use bulou_base::order;

/// How the names of all namespaces of OpenDocument begin.
pub(super) const OPEN_DOCUMENT: &str = "urn:oasis:names:tc:opendocument:xmlns:";

/// What comes next in a part.
pub(super) enum Node<'n> {
    /// An element begins: the name of its namespace, its own, and its attributes.
    Open(&'n str, &'n str, &'n Tag<'n>),
    /// The element that began last, and has not ended, ends.
    Close,
    /// A text within an element.
    Text(&'n str),
    /// The text that follows, or nothing, is not written as it is: a remark, an instruction, a section of characters, or a
    /// character by its number or name. A reader that takes a text as one piece takes no more than what stands before it.
    Aside,
}

/// An element's beginning, and what the prefixes in it mean.
pub(super) struct Tag<'n> {
    start: &'n BytesStart<'n>,
    spaces: &'n NamespaceResolver,
}

impl Tag<'_> {
    fn attributes(&self) -> impl Iterator<Item = Attribute<'_>> {
        let mut all = self.start.attributes();
        all.with_checks(false);
        all.flatten()
    }

    /// The name of an attribute's namespace; nothing where it has none.
    fn space(&self, one: &Attribute<'_>) -> &str {
        space(&self.spaces.resolve_attribute(one.key).0)
    }

    /// The attributes of one own name, whatever their prefixes: the names of their namespaces, and their values.
    pub fn all(&self, name: &str) -> Vec<(&str, String)> {
        let named = self.attributes().filter(|one| one.key.local_name().into_inner() == name);
        named.map(|one| (self.space(&one), value(&one))).collect()
    }

    /// Whether a prefix of its names means something else than a reader takes it for, or that has another prefix.
    pub fn is_misnamed(&self, prefixes: &[(&str, &str)]) -> bool {
        let differs = |prefix: Option<Prefix<'_>>, space: &str| {
            let prefix = prefix.map(|prefix| prefix.into_inner().to_owned()).unwrap_or_default();
            prefixes.iter().any(|(known, meant)| (*known == prefix) != (*meant == space))
        };
        let name = self.start.name();
        differs(name.prefix(), space(&self.spaces.resolve_element(name).0))
            || self.attributes().any(|one| differs(one.key.prefix(), self.space(&one)))
    }

    /// Whether an attribute is there twice: by one name, or by two prefixes that mean the same.
    fn repeats(&self) -> bool {
        // No reader is bound to take the one of two that another takes.
        if self.start.attributes().any(|one| one.is_err()) {
            return true;
        }
        let prefixed = self.attributes().filter(|one| one.key.prefix().is_some());
        let mut names: Vec<(&str, String)> =
            prefixed.map(|one| (self.space(&one), one.key.local_name().into_inner().to_owned())).collect();
        names.retain(|(space, _)| !space.is_empty());
        order::sort(&mut names);
        names.windows(2).any(|pair| matches!(pair, [one, other] if one == other))
    }
}

fn space<'r>(resolved: &ResolveResult<'r>) -> &'r str {
    if let ResolveResult::Bound(Namespace(space)) = resolved { space } else { "" }
}

fn value(attribute: &Attribute<'_>) -> String {
    let value = attribute.normalized_value(XmlVersion::Implicit1_0);
    value.map_or_else(|_| attribute.value.to_string(), |value| value.into_owned())
}

/// The part is no XML, or XML that programs need not read alike.
#[derive(Debug)]
pub(super) struct Broken;

/// Goes through a part.
pub(super) fn walk(part: impl Read, visit: &mut dyn FnMut(&Node<'_>)) -> Result<(), Broken> {
    walk_lines(BufReader::new(part), visit)
}

fn walk_lines(part: impl BufRead, visit: &mut dyn FnMut(&Node<'_>)) -> Result<(), Broken> {
    let mut reader = NsReader::from_reader(part);
    reader.config_mut().expand_empty_elements = true;
    let mut bytes = Vec::new();
    let (mut depth, mut has_root) = (0_usize, false);
    loop {
        bytes.clear();
        match reader.read_event_into(&mut bytes).map_err(|_| Broken)? {
            Event::Start(start) => {
                depth += 1;
                let tag = Tag { start: &start, spaces: reader.resolver() };
                let is_second = depth == 1 && std::mem::replace(&mut has_root, true);
                if depth > limits::XML_NESTING || is_second || tag.repeats() {
                    return Err(Broken);
                }
                let namespace = tag.spaces.resolve_element(start.name()).0;
                visit(&Node::Open(space(&namespace), start.local_name().into_inner(), &tag));
            }
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                visit(&Node::Close);
            }
            // Beside the root stands nothing, and it ends.
            Event::Text(text)
                if depth == 0 && !text.xml10_content().trim_matches(['\u{FEFF}', ' ', '\t', '\r', '\n']).is_empty() =>
            {
                return Err(Broken);
            }
            Event::CData(_) | Event::GeneralRef(_) if depth == 0 => return Err(Broken),
            Event::Eof if depth > 0 => return Err(Broken),
            Event::Text(text) => visit(&Node::Text(&text.xml10_content())),
            Event::CData(text) => {
                visit(&Node::Aside);
                visit(&Node::Text(&text.xml10_content()));
            }
            Event::Comment(_) | Event::PI(_) => visit(&Node::Aside),
            Event::GeneralRef(name) => {
                visit(&Node::Aside);
                let letter = name.resolve_char_ref().map_err(|_| Broken)?.map(String::from);
                let known =
                    letter.or_else(|| resolve_predefined_entity(name.xml10_content().as_ref()).map(str::to_owned));
                // What a name stands for that the part alone explains is something that can be seen.
                visit(&Node::Text(known.as_deref().unwrap_or("\u{FFFD}")));
            }
            // Such a type may say what names and attributes mean, and few programs read it.
            Event::DocType(_) => return Err(Broken),
            Event::Decl(declaration) if !is_utf8(&declaration) => return Err(Broken),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// Whether a part is written as it is read.
fn is_utf8(declaration: &BytesDecl<'_>) -> bool {
    let is_version = declaration.version().is_ok_and(|version| version == "1.0");
    is_version
        && declaration
            .encoding()
            .is_none_or(|name| name.is_ok_and(|name| ["utf-8", "utf8"].contains(&&*name.to_lowercase())))
}

/// An element's attribute, which has no prefix: one of another namespace is another attribute.
pub(super) fn attribute(tag: &Tag<'_>, name: &str) -> Option<String> {
    tag.attributes().find(|one| one.key.as_ref() == name).map(|one| value(&one))
}

/// An attribute of an OpenDocument's element, by its own name: each kind has a namespace of its own.
pub(super) fn attribute_of_ods(tag: &Tag<'_>, name: &str) -> Option<String> {
    tag.all(name).into_iter().find(|(space, _)| space.starts_with(OPEN_DOCUMENT)).map(|(_, value)| value)
}

/// An attribute by its own name, whatever prefix it has.
pub(super) fn attribute_of_any(tag: &Tag<'_>, name: &str) -> Option<String> {
    tag.all(name).into_iter().next().map(|(_, value)| value)
}

/// Whether an attribute that is either on or off is on.
pub(super) fn is_on(tag: &Tag<'_>, name: &str) -> bool {
    attribute(tag, name).is_some_and(|value| matches!(value.trim(), "1" | "true" | "on"))
}

/// Whether it is off.
pub(super) fn is_off(tag: &Tag<'_>, name: &str) -> bool {
    attribute(tag, name).is_some_and(|value| matches!(value.trim(), "0" | "false" | "off"))
}
