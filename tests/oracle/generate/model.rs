//! Data models: records with a field of every type, required and optional, nested, in lists.

use crate::choices::Choices;

/// The types of single values; both kinds of numbers go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scalar {
    /// 是否
    Bool,
    /// 整数
    Whole,
    /// 小数
    Decimal,
    /// 文本
    Text,
    /// 日期
    Date,
    /// 日期, planned: no proof of anything done.
    Plan,
    /// 时长 in days
    Days,
    /// 时长 in working days; only parameters and literals have it.
    WorkDays,
    /// 时长 in months; only parameters and literals have it.
    Months,
    /// An option of this set.
    Option(usize),
}

/// What a field holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One value.
    Scalar(Scalar),
    /// A record by its index.
    Record(usize),
    /// A list of values or records.
    List(Box<Kind>),
}

/// A field of a record.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its key; no two records share one.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
    /// May be absent.
    pub optional: bool,
    /// Attributes as written.
    pub attributes: String,
}

/// A record.
#[derive(Clone, Debug)]
pub struct Record {
    /// Its name.
    pub name: String,
    /// Its fields.
    pub fields: Vec<Field>,
    /// What must hold within it, as written.
    pub constraints: Vec<String>,
}

/// The records of a pack; the first is the document that its rules speak of.
#[derive(Clone, Debug)]
pub struct Model {
    /// All records.
    pub records: Vec<Record>,
    /// That of a school's document; another one than the first where the rules are the county's.
    pub school: usize,
    /// The records whose lists rules go through, as often as they do.
    pub lists: Vec<usize>,
}

/// The county's field that stands for all schools, and that which names them.
pub const SCHOOLS: &str = "各校";
pub const ROSTER: &str = "名册";
/// What a school is known by, on the roster and in its document, and the day of its document.
pub const NAMED: &str = "名码";
pub const CODE: &str = "校文1";
pub const DAY: &str = "校日1";

/// The option sets: name and options.
pub const SETS: [(&str, [&str; 3]); 2] = [("部位", ["大门", "厕所", "宿舍"]), ("等级", ["一般", "重大", "特大"])];

/// The key that no document may have.
pub const FORBIDDEN: &str = "身份证号";

const SCALARS: [(Scalar, &str, &str); 9] = [
    (Scalar::Bool, "是", "是否"),
    (Scalar::Whole, "整", "整数"),
    (Scalar::Decimal, "小", "小数"),
    (Scalar::Text, "文", "文本"),
    (Scalar::Date, "日", "日期"),
    (Scalar::Plan, "期", "日期"),
    (Scalar::Days, "长", "时长"),
    (Scalar::Option(0), "部", "部位"),
    (Scalar::Option(1), "级", "等级"),
];

const DOCUMENT: usize = 0;
const GROUP: usize = 1;
const ITEM: usize = 2;
const PART: usize = 3;
const INNER: usize = 4;

impl Model {
    /// A model: which fields are optional differs, and their attributes.
    pub fn generate(choices: &mut Choices) -> Self {
        let mut records: Vec<Record> = [("学校", "校"), ("分组", "组"), ("项目", "项"), ("分项", "分"), ("内组", "里")]
            .iter()
            .map(|(name, letter)| {
                let mut fields = scalars(letter, choices);
                // Of some records nothing has to be said, and yet something.
                if ["分", "里"].contains(letter) && choices.chance(25) {
                    fields.iter_mut().for_each(|field| field.optional = true);
                }
                Record { name: (*name).to_owned(), constraints: constraints(&fields, choices), fields }
            })
            .collect();
        let list = |kind: Kind| Kind::List(Box::new(kind));
        let further = [
            (DOCUMENT, "组甲", Kind::Record(GROUP), false),
            (DOCUMENT, "组乙", Kind::Record(GROUP), true),
            (DOCUMENT, "项目表", list(Kind::Record(ITEM)), false),
            (DOCUMENT, "备用表", list(Kind::Record(ITEM)), true),
            (DOCUMENT, "日表", list(Kind::Scalar(Scalar::Date)), false),
            (DOCUMENT, "备日表", list(Kind::Scalar(Scalar::Date)), true),
            (DOCUMENT, "数表", list(Kind::Scalar(Scalar::Whole)), false),
            (DOCUMENT, "文表", list(Kind::Scalar(Scalar::Text)), false),
            (DOCUMENT, "部位表", list(Kind::Scalar(Scalar::Option(0))), false),
            (GROUP, "里组", Kind::Record(INNER), choices.chance(50)),
            (GROUP, "组日表", list(Kind::Scalar(Scalar::Date)), choices.chance(30)),
            (ITEM, "项组", Kind::Record(INNER), choices.chance(50)),
            (ITEM, "分项表", list(Kind::Record(PART)), choices.chance(30)),
            (ITEM, "项数表", list(Kind::Scalar(Scalar::Decimal)), choices.chance(30)),
        ];
        for (record, name, kind, optional) in further {
            let dates = if kind == list(Kind::Scalar(Scalar::Date)) { days(choices) } else { "" };
            let least = if matches!(kind, Kind::List(_)) && choices.chance(10) { " 至少 1 项" } else { "" };
            let field = Field { name: name.to_owned(), kind, optional, attributes: format!("{dates}{least}") };
            records[record].fields.push(field);
        }
        Self { records, school: DOCUMENT, lists: vec![ITEM, ITEM, ITEM, PART] }
    }

    /// A model of which the county's document is the first record.
    pub fn county(choices: &mut Choices) -> Self {
        let mut model = Self::generate(choices);
        let school = model.records.len();
        let list = |kind: Kind| Kind::List(Box::new(kind));
        let field = |name: &str, kind: Kind, optional: bool| Field {
            name: name.to_owned(),
            kind,
            optional,
            attributes: String::new(),
        };
        let mut fields = scalars("县", choices);
        fields.extend([
            field(SCHOOLS, list(Kind::Record(school)), false),
            field(ROSTER, list(Kind::Record(school + 1)), false),
            field("县项表", list(Kind::Record(ITEM)), choices.chance(30)),
            field("县日表", list(Kind::Scalar(Scalar::Date)), choices.chance(30)),
            field("县文表", list(Kind::Scalar(Scalar::Text)), false),
            field("县组", Kind::Record(GROUP), choices.chance(50)),
        ]);
        let county = Record { name: "全县".to_owned(), fields, constraints: Vec::new() };
        let school_record = std::mem::replace(&mut model.records[DOCUMENT], county);
        let named = [
            field(NAMED, Kind::Scalar(Scalar::Text), false),
            field("名数", Kind::Scalar(Scalar::Whole), false),
            field("名日", Kind::Scalar(Scalar::Date), true),
        ];
        model.records.push(school_record);
        model.records.push(Record { name: "名".to_owned(), fields: named.into(), constraints: Vec::new() });
        Self { school, lists: vec![school, school, school, ITEM, school + 1], ..model }
    }

    /// Whether its rules are the county's.
    pub fn is_county(&self) -> bool {
        self.school != DOCUMENT
    }

    /// Its declarations.
    pub fn declarations(&self) -> String {
        let mut text = String::new();
        for (name, options) in SETS {
            text += &format!("选项 {name} {{ {} }}\n", options.join(", "));
        }
        for (index, record) in self.records.iter().enumerate() {
            let head = if [DOCUMENT, self.school].contains(&index) { "数据" } else { "记录" };
            text += &format!("{head} {} {{\n", record.name);
            if index == self.school {
                text += &format!("  标识 {CODE}\n  日期 {DAY}\n");
                text += &format!("  禁填 {FORBIDDEN} 理由 \"个人信息\"\n");
            } else if index == DOCUMENT {
                text += &format!("  名册 {ROSTER}.{NAMED}\n");
            }
            for field in &record.fields {
                let optional = if field.optional { "?" } else { "" };
                text += &format!("  {}: {}{optional}{}\n", field.name, self.written(&field.kind), field.attributes);
            }
            text += &record.constraints.concat();
            text += "}\n";
        }
        text
    }

    fn written(&self, kind: &Kind) -> String {
        match kind {
            Kind::Scalar(scalar) => {
                SCALARS.iter().find(|(other, ..)| other == scalar).expect("a field's type").2.to_owned()
            }
            Kind::Record(record) => self.records[*record].name.clone(),
            Kind::List(element) if self.is_county() && **element == Kind::Record(self.school) => "汇总 学校".to_owned(),
            Kind::List(element) => format!("[{}]", self.written(element)),
        }
    }
}

/// What is said of a date; a document's own day has happened, whatever is said.
fn days(choices: &mut Choices) -> &'static str {
    if choices.chance(80) {
        return choices.pick(&["", " 已发生"]);
    }
    choices.pick(&[
        " 范围 2022-01-01 至 今天",
        " 范围 2022-05-01 至 参日 + 1个月",
        " 已发生 范围 参日 - 1年 至 2022-12-31",
        " 范围 今天 - 300日 至 今天 + 3日",
    ])
}

/// Two fields of each type, as a rule one of them optional.
fn scalars(letter: &str, choices: &mut Choices) -> Vec<Field> {
    let mut fields = Vec::new();
    for (scalar, word, _) in SCALARS {
        for number in 1..=2 {
            // Who a document is about is never left out.
            let names = (letter, scalar, number) == ("校", Scalar::Text, 1);
            let optional = choices.chance(if number == 1 { 10 } else { 80 }) && !names;
            let attributes = match scalar {
                Scalar::Date if letter != "校" && choices.chance(5) => " 已发生 唯一",
                Scalar::Date if (letter, number) != ("校", 1) => days(choices),
                Scalar::Plan => " 计划",
                Scalar::Whole | Scalar::Decimal if choices.chance(40) => " 范围 -2 至 5",
                Scalar::Text | Scalar::Option(_) if letter != "校" && choices.chance(5) => " 唯一",
                // Whom a document is about is in every report, and no placeholder.
                Scalar::Text if choices.chance(5) && !names => " 可填 无",
                Scalar::Text if choices.chance(10) && (letter, number) != ("校", 1) => " 敏感",
                _ => "",
            };
            let kind = Kind::Scalar(scalar);
            fields.push(Field {
                name: format!("{letter}{word}{number}"),
                kind,
                optional,
                attributes: attributes.to_owned(),
            });
        }
    }
    fields
}

/// Comparisons of two fields of a type.
fn constraints(fields: &[Field], choices: &mut Choices) -> Vec<String> {
    let mut constraints = Vec::new();
    for scalar in [Scalar::Whole, Scalar::Date, Scalar::Text] {
        let of = |field: &&Field| field.kind == Kind::Scalar(scalar);
        let pair: Vec<&Field> = fields.iter().filter(of).collect();
        if let ([one, other, ..], true) = (pair.as_slice(), choices.chance(15)) {
            let guards: String =
                pair.iter().filter(|field| field.optional).map(|field| format!("缺 {} 或 ", field.name)).collect();
            let op = if scalar == Scalar::Text { "≠" } else { choices.pick(&["≤", "≠", "≥"]) };
            // Some of these nobody can work out: a division by nothing, a year that the calendar lacks.
            let (one, other) = match scalar {
                Scalar::Whole if choices.chance(30) => (format!("{} / {}", one.name, other.name), "1".to_owned()),
                Scalar::Date if choices.chance(30) => (format!("({} + 3个工作日)", one.name), other.name.clone()),
                _ => (one.name.clone(), other.name.clone()),
            };
            constraints.push(format!("  约束 {guards}{one} {op} {other} 不符 \"不合\"\n"));
        }
    }
    constraints
}
