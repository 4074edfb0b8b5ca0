//! The XML of a workbook's parts, as a stream: no more of it is held than the part that is open.

use std::io::{BufRead, BufReader, Read};

use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};
use quick_xml::{NsReader, XmlVersion};

use crate::limits;

/// What comes next in a part.
pub(super) enum Node<'n> {
    /// An element begins: the name of its namespace, its own, and its attributes.
    Open(&'n str, &'n str, &'n BytesStart<'n>),
    /// The element that began last, and has not ended, ends.
    Close,
    /// A text within an element.
    Text(&'n str),
    /// The text that follows, or nothing, is not written as it is: a remark, an instruction, a section of characters, or a
    /// character by its number or name. A reader that takes a text as one piece takes no more than what stands before it.
    Aside,
}

/// The part is no XML.
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
    let mut depth = 0_usize;
    loop {
        bytes.clear();
        match reader.read_resolved_event_into(&mut bytes).map_err(|_| Broken)? {
            (namespace, Event::Start(tag)) => {
                depth += 1;
                if depth > limits::XML_NESTING {
                    return Err(Broken);
                }
                // No reader is bound to take the one of two that another takes.
                if tag.attributes().any(|one| one.is_err()) {
                    return Err(Broken);
                }
                let space = if let ResolveResult::Bound(Namespace(space)) = namespace { space } else { "" };
                visit(&Node::Open(space, tag.local_name().into_inner(), &tag));
            }
            (_, Event::End(_)) => {
                depth = depth.saturating_sub(1);
                visit(&Node::Close);
            }
            (_, Event::Text(text)) => visit(&Node::Text(&text.xml10_content())),
            (_, Event::CData(text)) => {
                visit(&Node::Aside);
                visit(&Node::Text(&text.xml10_content()));
            }
            (_, Event::Comment(_) | Event::PI(_)) => visit(&Node::Aside),
            (_, Event::GeneralRef(name)) => {
                visit(&Node::Aside);
                let letter = name.resolve_char_ref().map_err(|_| Broken)?.map(String::from);
                let known =
                    letter.or_else(|| resolve_predefined_entity(name.xml10_content().as_ref()).map(str::to_owned));
                // What a name stands for that the part alone explains is something that can be seen.
                visit(&Node::Text(known.as_deref().unwrap_or("\u{FFFD}")));
            }
            (_, Event::Eof) => return Ok(()),
            _ => {}
        }
    }
}

/// An element's attribute, by its own name whatever prefix it has.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut all = tag.attributes();
    let found = all.with_checks(false).flatten().find(|one| one.key.local_name().into_inner() == name)?;
    Some(
        found
            .normalized_value(XmlVersion::Implicit1_0)
            .map_or_else(|_| found.value.to_string(), |value| value.into_owned()),
    )
}

/// Whether an attribute that is either on or off is on.
pub(super) fn is_on(tag: &BytesStart<'_>, name: &str) -> bool {
    attribute(tag, name).is_some_and(|value| matches!(value.trim(), "1" | "true" | "on"))
}

/// Whether it is off.
pub(super) fn is_off(tag: &BytesStart<'_>, name: &str) -> bool {
    attribute(tag, name).is_some_and(|value| matches!(value.trim(), "0" | "false" | "off"))
}
