//! Whom documents are about: the identity of a school's, the schools that a county asks, and the keys that are not a
//! pack's to give.

use crate::shape::Builder;
use bulou_document::forbidden::core;
use bulou_document::shape::{ENVELOPE, Element, Field, Fields, Kind};
use bulou_document::types::Domain;
use bulou_messages::codes::Code;
use bulou_messages::diagnostic::{Diagnostic, LocalizedText};
use bulou_syntax::ast::{self, Data, Forbidden, Name, Path};

impl<'a> Builder<'a, '_> {
    /// What is wrong with what a `数据` says of whom its documents are about.
    pub(super) fn whom(&mut self, data: &'a Data) {
        self.reserved(data);
        if let (Some(path), Some(_)) = (&data.identity, &self.built.shape.identity) {
            self.always_there(path);
        }
        match (self.county, &data.roster) {
            (true, Some(path)) => self.roster(path),
            (true, None) => self.error(
                Code::CountyOpen,
                data.name.span,
                LocalizedText::new(
                    format!("`数据 {}` 没有写 `名册`:一所学校也没有交,全县规则照样会通过", data.name.text),
                    format!(
                        "`data {}` has no `roster`: county rules would pass without a single school",
                        data.name.text
                    ),
                ),
                LocalizedText::new(
                    "写一张应交学校的名册,并写 `名册 名册.标识码`",
                    "hold a list of the schools that have to submit, and write `roster roster.code`",
                ),
            ),
            (false, Some(path)) => self.error(
                Code::DataPath,
                path.span,
                LocalizedText::new("`名册` 只写在 `数据 全县` 里", "`roster` stands in `data county` alone"),
                LocalizedText::new("移到 `数据 全县`,或删去", "move it to `data county`, or remove it"),
            ),
            (false, None) => {}
        }
        if !self.county && data.identity.is_none() {
            self.nobody(data);
        }
    }

    /// Documents that do not say whose they are: a warning, for a pack may be tried on one; no county can count them.
    fn nobody(&mut self, data: &Data) {
        let name = &data.name;
        let help = LocalizedText::new(
            "写 `标识 路径`,如 `标识 学校.标识码`",
            "write `identity` and the path to it, such as `identity school.code`",
        );
        let message = if self.declared.county.is_some() {
            LocalizedText::new(
                format!("`数据 {}` 没有写 `标识`,全县规则认不出哪份是哪所学校的", name.text),
                format!("`data {}` has no `identity`: county rules cannot tell whose a document is", name.text),
            )
        } else {
            LocalizedText::new(
                format!("`数据 {}` 没有写 `标识`,一份说不出是谁的文件也会合格", name.text),
                format!("`data {}` has no `identity`: a document of nobody would pass", name.text),
            )
        };
        let code = if self.declared.county.is_some() { Code::CountyOpen } else { Code::NoIdentity };
        self.built.diagnostics.push(Diagnostic::new(code, name.span, message, help));
    }

    /// Whom a document is about has to be said, so that nothing on the way to it may be left out, nor filled in by a word
    /// that says nothing.
    fn always_there(&mut self, path: &Path) {
        let Some(mut fields) = self.root() else { return };
        for name in &path.names {
            let Some(field) = fields.field(&name.text) else { return };
            if !self.tells(field, name) {
                return;
            }
            fields = match &field.kind {
                Kind::Record(inner) => (**inner).clone(),
                _ => return,
            };
        }
    }

    /// Whether a field on the way to an identity always says something.
    fn tells(&mut self, field: &Field, name: &Name) -> bool {
        if field.optional {
            let message = LocalizedText::new(
                format!("`{}` 可以不填,而标识必须填", name.text),
                format!("`{}` may be left out, and the identity may not", name.text),
            );
            let help = LocalizedText::new("去掉类型后面的 `?`", "take the `?` behind its type away");
            self.error(Code::DataPath, name.span, message, help);
        } else if !field.may_be.is_empty() {
            let message = LocalizedText::new(
                format!("`{}` 可以填占位字样,而标识要说出是谁", name.text),
                format!("`{}` may be a placeholder, and the identity has to say who it is", name.text),
            );
            let help = LocalizedText::new("去掉 `可填`", "take its `may_be` away");
            self.error(Code::DataPath, name.span, message, help);
        }
        !field.optional && field.may_be.is_empty()
    }

    /// A roster is a list of records that each name a school.
    fn roster(&mut self, path: &Path) {
        let Some(root) = self.root() else { return };
        let found = match path.names.as_slice() {
            [list, id] => self.column(&root, list, id).map(|field| (field, id)),
            _ => None,
        };
        let Some((field, id)) = found else {
            return self.error(
                Code::DataPath,
                path.span,
                LocalizedText::new(
                    "`名册` 要写两步:一张名册,和它里面写标识的文本字段",
                    "`roster` takes two steps: a list of records, and their text field with the identity",
                ),
                LocalizedText::new("例如 `名册 名册.标识码`", "for example `roster roster.code`"),
            );
        };
        if field.sensitive {
            let message = LocalizedText::new(
                format!("`{}` 是敏感字段,而缺了哪所学校要写出来", id.text),
                format!("`{}` is sensitive, and missing schools have to be named", id.text),
            );
            let help = LocalizedText::new("换一个字段,或去掉 `敏感`", "use another field, or take `sensitive` away");
            return self.error(Code::DataPath, id.span, message, help);
        }
        self.tells(&field, id);
    }

    /// The text field of a list of records.
    fn column(&self, root: &Fields, list: &Name, id: &Name) -> Option<Field> {
        let of = |fields: &Fields, name: &Name| fields.field(&name.text).cloned();
        let Kind::List(table) = of(root, list)?.kind else { return None };
        let Element::Record(fields) = &self.built.shape.tables.get(usize::from(table))?.element else { return None };
        of(fields, id).filter(|field| matches!(field.kind.domain(), Domain::Text(_)))
    }

    /// The schools' data that a `汇总` names.
    pub(super) fn schools(&mut self, named: &Name) -> Option<&'a Data> {
        let school = self.declared.school;
        if let Some(school) = school.filter(|school| school.name.text == named.text) {
            return Some(school);
        }
        let message = LocalizedText::new(
            format!("没有 `数据 {}`,`汇总` 无从汇总", named.text),
            format!("there is no `data {}` that `fold` could stand for", named.text),
        );
        let help = match school {
            Some(school) => LocalizedText::new(
                format!("写 `汇总 {}`,那是学校的文件", school.name.text),
                format!("write `fold {}`, which is the document of schools", school.name.text),
            ),
            None => LocalizedText::new(
                "先声明学校的文件:`数据 学校 { … }`",
                "declare the document of schools: `data school { … }`",
            ),
        };
        self.error(Code::UnknownName, named.span, message, help);
        None
    }

    /// Names that the program keeps for itself: a document says by such a key for which rules it was filled in.
    fn reserved(&mut self, data: &'a Data) {
        let records = self.declared.records.iter().flat_map(|record| &record.forbidden);
        let forbidden: Vec<&Name> =
            data.forbidden.iter().chain(records).flat_map(|clause: &Forbidden| &clause.names).collect();
        for name in forbidden.iter().filter(|name| core(&name.text).is_empty()) {
            self.error(
                Code::ForbidsNothing,
                name.span,
                LocalizedText::new(
                    format!("`{}` 里没有字,什么键也禁不住:比较键时标点和空白不算", name.text),
                    format!("`{}` has no letter and forbids no key: marks and blanks do not count in one", name.text),
                ),
                LocalizedText::new(
                    "写上要禁的键的字,如 `禁填 身份证号`",
                    "write the key's letters, such as `forbid id_number`",
                ),
            );
        }
        let fields = data.fields.iter().map(|field: &ast::Field| &field.name);
        for name in fields.chain(forbidden).filter(|name| core(&name.text) == core(ENVELOPE)) {
            self.error(
                Code::ReservedKey,
                name.span,
                LocalizedText::new(
                    format!("`{}` 这个键由程序使用:文件用它说明是按哪个规则集填的", name.text),
                    format!(
                        "the key `{}` is the program's own: by it a document says for which pack it was filled in",
                        name.text
                    ),
                ),
                LocalizedText::new("换一个名称", "choose another name"),
            );
        }
    }
}
