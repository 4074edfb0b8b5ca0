//! Lists as expressions: fields, filters, projections, literals.

use super::model::{Kind, SETS, Scalar};
use super::names::{Way, Writer, alike};

/// A written list.
#[derive(Clone, Debug)]
pub struct List {
    /// As written.
    pub text: String,
    /// What its elements are.
    pub element: Kind,
    /// Fields that every element surely has.
    pub present: Vec<String>,
}

impl Writer<'_, '_> {
    /// A list of records.
    pub fn records(&mut self, depth: usize) -> List {
        let record = self.choices.pick(&self.model.lists);
        self.list(&Kind::Record(record), depth, false)
    }

    /// A list of elements of a type.
    pub fn list(&mut self, element: &Kind, depth: usize, known: bool) -> List {
        let mut list = self.plain(element, depth, known);
        while depth > 0 && self.choices.chance(35) {
            list = self.filtered(list, depth - 1);
        }
        if matches!(element, Kind::Scalar(_)) && self.choices.chance(10) {
            list.text = format!("去重({})", list.text);
        }
        list
    }

    fn filtered(&mut self, list: List, depth: usize) -> List {
        let mut present = list.present.clone();
        let (binding, condition) = self.bound(&list.element, &list.present, |writer| {
            let Some(way) = writer.guardable_element().filter(|_| writer.choices.chance(60)) else {
                return writer.condition(depth);
            };
            let field = way
                .text
                .split_once('.')
                .filter(|(name, _)| name.starts_with('x'))
                .map_or(way.text.as_str(), |(_, rest)| rest);
            present.push(field.to_owned());
            if writer.choices.chance(40) {
                let rest = writer.knowing(&way.text, |writer| writer.condition(depth));
                return format!("有 {} 且 {rest}", way.text);
            }
            format!("有 {}", way.text)
        });
        List { text: format!("({}){binding}[{condition}]", list.text), present, ..list }
    }

    /// Something optional of the innermost element.
    fn guardable_element(&mut self) -> Option<Way> {
        let Kind::Record(record) = self.innermost() else { return None };
        let prefix = self.innermost_prefix();
        let inside: Vec<String> = self.ways_in(record).iter().map(|way| format!("{prefix}{}", way.text)).collect();
        let ways: Vec<Way> =
            self.ways().into_iter().filter(|way| way.optional && !way.there && inside.contains(&way.text)).collect();
        (!ways.is_empty()).then(|| self.choices.pick(&ways))
    }

    fn plain(&mut self, element: &Kind, depth: usize, known: bool) -> List {
        let mut lists = self.fields_and_projections(element, depth > 0);
        let element = element.clone();
        let list = |text: String| List { text, element: element.clone(), present: Vec::new() };
        let kind = Kind::List(Box::new(element.clone()));
        let params = self.params.iter().filter(|(_, other)| alike(other, &kind)).map(|(name, _)| list(name.clone()));
        lists.extend(params.collect::<Vec<_>>());
        let definitions = self.definitions.iter().filter(|d| d.kind.as_ref() == Some(&kind));
        lists.extend(definitions.map(|d| list(d.name.clone())).collect::<Vec<_>>());
        match element {
            Kind::Scalar(Scalar::Option(set)) if self.choices.chance(25) => list(format!("全部 {}", SETS[set].0)),
            Kind::Scalar(ty) if lists.is_empty() || self.choices.chance(15) => {
                let count = 1 + self.choices.below(3);
                let parts: Vec<String> = (0..count).map(|_| self.value(ty, depth.saturating_sub(1), known)).collect();
                list(format!("{{{}}}", parts.join(", ")))
            }
            _ if lists.is_empty() => list("{}".to_owned()),
            _ => self.choices.pick(&lists),
        }
    }

    fn fields_and_projections(&self, element: &Kind, project: bool) -> Vec<List> {
        let mut lists = Vec::new();
        for way in self.ways() {
            let Kind::List(inner) = &way.kind else { continue };
            let on_the_way = way.text.rsplit_once('.').is_none_or(|(record, _)| self.reachable(record));
            if !on_the_way {
                continue;
            }
            if alike(inner, element) {
                lists.push(List { text: way.text.clone(), element: (**inner).clone(), present: Vec::new() });
            }
            if let Kind::Record(record) = **inner
                && project
            {
                lists.extend(self.projections(&way.text, record, element));
            }
        }
        lists
    }

    /// Whether what stands before a list's name is surely there.
    fn reachable(&self, record: &str) -> bool {
        self.ways().iter().find(|way| way.text == record).is_none_or(|way| way.there)
    }

    fn projections(&self, list: &str, record: usize, element: &Kind) -> Vec<List> {
        let mut lists = Vec::new();
        for way in self.ways_in(record) {
            let flat = matches!(&way.kind, Kind::List(inner) if alike(inner, element));
            if !flat && !alike(&way.kind, element) || matches!(way.kind, Kind::Record(_)) {
                continue;
            }
            let text = if way.optional {
                format!("{list}[有 {}].{}", way.text, way.text)
            } else {
                format!("{list}.{}", way.text)
            };
            lists.push(List { text, element: element.clone(), present: Vec::new() });
        }
        lists
    }
}
