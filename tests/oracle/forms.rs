//! Which forms of the language the generated packs hold: a property that never saw a form says nothing of it.

use std::collections::BTreeMap;

use bulou_syntax::ast::{
    Aggregate, ArithOp, AttributeKind, CellKind, CompareOp, Declaration, Due, Expr, ExprKind, Field, File, Period,
    Quantifier, Rule, TemplatePart, TypeKind,
};
use bulou_syntax::built_in::BuiltIn;

/// How often each form occurred.
pub type Forms = BTreeMap<String, u64>;

/// Every form that has to occur. What is new in the tree has to be named in [`expression`] to compile, and here.
pub const ALL: [&str; 90] = [
    "是否",
    "数",
    "文本",
    "日期",
    "时长",
    "名称",
    "路径",
    "查表",
    "今天",
    "且",
    "或",
    "非",
    "不漏",
    "属于",
    "之间",
    "缺省",
    "负",
    "有",
    "缺",
    "筛选",
    "筛选记作",
    "全部",
    "清单",
    "包含",
    "若值",
    "若则",
    "若否则",
    "每个",
    "存在",
    "没有",
    "每个记作",
    "前",
    "起内",
    "起内顺延",
    "或更早",
    "至迟",
    "至迟起内",
    "数量",
    "合计",
    "平均",
    "最大",
    "最小",
    "最早",
    "最晚",
    "去重",
    "占比",
    "=",
    "≠",
    "<",
    "≤",
    ">",
    "≥",
    "+",
    "-",
    "*",
    "/",
    "整除",
    "每日",
    "每周",
    "每月",
    "每季",
    "频次除",
    "格任意",
    "格比较",
    "格范围",
    "格几个",
    "适用",
    "规则施行",
    "规则集施行",
    "提示语",
    "提示规则",
    "几条要求",
    "参数",
    "列表参数",
    "期间",
    "日历",
    "定义",
    "定义列表",
    "定义条件",
    "范围",
    "唯一",
    "敏感",
    "已发生",
    "计划",
    "可缺记录",
    "可缺列表",
    "记录列表",
    "值列表",
    "套列表",
    "禁填",
];

/// Counts the forms of a file.
pub fn count(file: &File, forms: &mut Forms) {
    let mut counter = Counter { forms };
    file.declarations.iter().for_each(|declaration| counter.declaration(declaration));
}

struct Counter<'f> {
    forms: &'f mut Forms,
}

impl Counter<'_> {
    fn add(&mut self, form: &str) {
        *self.forms.entry(form.to_owned()).or_default() += 1;
    }

    fn add_if(&mut self, holds: bool, form: &str) {
        if holds {
            self.add(form);
        }
    }

    fn declaration(&mut self, declaration: &Declaration) {
        match declaration {
            Declaration::Pack(pack) => self.add_if(pack.effective.is_some(), "规则集施行"),
            Declaration::Param(param) => self.add(match &param.ty.kind {
                TypeKind::List(_) => "列表参数",
                TypeKind::BuiltIn(BuiltIn::Counting) => "期间",
                _ => "参数",
            }),
            Declaration::Record(record) => record.fields.iter().for_each(|field| self.field(field)),
            Declaration::Data(data) => {
                self.add_if(!data.forbidden.is_empty(), "禁填");
                data.fields.iter().for_each(|field| self.field(field));
            }
            Declaration::Define(define) => {
                self.add(match &define.value.kind {
                    ExprKind::Filter(..) | ExprKind::List(_) => "定义列表",
                    ExprKind::And(_) | ExprKind::Or(_) | ExprKind::Quantifier(..) | ExprKind::Compare(..) => "定义条件",
                    _ => "定义",
                });
                self.expression(&define.value, false);
            }
            Declaration::Table(table) => {
                for row in &table.rows {
                    row.cells.iter().for_each(|cell| {
                        self.add(match &cell.kind {
                            CellKind::Any => "格任意",
                            CellKind::Compare(..) => "格比较",
                            CellKind::Range(..) => "格范围",
                            CellKind::OneOf(_) => "格几个",
                        });
                    });
                    self.expression(&row.result, false);
                }
            }
            Declaration::Calendar(_) => self.add("日历"),
            Declaration::Rule(rule) => self.rule(rule),
            Declaration::Citable(_)
            | Declaration::Options(_)
            | Declaration::Excuse(_)
            | Declaration::Allow(_)
            | Declaration::Assertion(_) => {}
        }
    }

    fn field(&mut self, field: &Field) {
        let ty = |name: &str| ["部位", "等级"].contains(&name);
        match &field.ty.kind {
            TypeKind::Named(name) => self.add_if(field.ty.optional && !ty(&name.text), "可缺记录"),
            TypeKind::List(element) => {
                self.add_if(field.ty.optional, "可缺列表");
                let record = matches!(&element.kind, TypeKind::Named(name) if !ty(&name.text));
                self.add(if record { "记录列表" } else { "值列表" });
                self.add_if(record && field.name.text == "分项表", "套列表");
            }
            TypeKind::BuiltIn(_) | TypeKind::Options(_) | TypeKind::Fold(_) => {}
        }
        for attribute in &field.attributes {
            self.add(match &attribute.kind {
                AttributeKind::Range(..) => "范围",
                AttributeKind::Unique => "唯一",
                AttributeKind::Sensitive => "敏感",
                AttributeKind::Happened => "已发生",
                AttributeKind::Planned => "计划",
                _ => "属性",
            });
        }
    }

    fn rule(&mut self, rule: &Rule) {
        self.add_if(rule.applies.is_some(), "适用");
        self.add_if(rule.effective.is_some(), "规则施行");
        self.add_if(rule.severity.as_ref().is_some_and(|severity| severity.text == "提示"), "提示规则");
        self.add_if(rule.requirements.len() > 1, "几条要求");
        rule.applies.iter().for_each(|cond| self.expression(cond, true));
        for requirement in &rule.requirements {
            self.expression(&requirement.expr, true);
            for part in requirement.message.iter().flat_map(|message| &message.parts) {
                if let TemplatePart::Value(value) = part {
                    self.add("提示语");
                    self.expression(value, false);
                }
            }
        }
    }

    /// An expression and those within it; `asked` where a yes or no is.
    fn expression(&mut self, expr: &Expr, asked: bool) {
        let (form, parts): (&str, Vec<&Expr>) = match &expr.kind {
            ExprKind::Bool(_) => ("是否", Vec::new()),
            ExprKind::Number(_) => ("数", Vec::new()),
            ExprKind::Text(_) => ("文本", Vec::new()),
            ExprKind::Date(_) => ("日期", Vec::new()),
            ExprKind::Duration(_) => ("时长", Vec::new()),
            ExprKind::Name(_) => ("名称", Vec::new()),
            ExprKind::Field(base, _) => ("路径", vec![base]),
            ExprKind::Call(_, args) => ("查表", args.iter().collect()),
            ExprKind::Aggregate(aggregate, list, cond) => {
                (function(*aggregate), std::iter::once(&**list).chain(cond.as_deref()).collect())
            }
            ExprKind::Today => ("今天", Vec::new()),
            ExprKind::If(test, yes, no) => {
                self.expression(test, true);
                self.expression(yes, asked);
                no.iter().for_each(|no| self.expression(no, asked));
                let form = if no.is_none() { "若则" } else { "若否则" };
                return self.add(if asked { form } else { "若值" });
            }
            ExprKind::And(parts) => return self.asked("且", parts),
            ExprKind::Or(parts) => return self.asked("或", parts),
            ExprKind::Not(inner) => return self.asked("非", std::slice::from_ref(inner)),
            ExprKind::Quantifier(quantifier, list, name, body) => {
                self.add_if(name.is_some(), "每个记作");
                self.expression(list, false);
                self.expression(body, true);
                return self.add(match quantifier {
                    Quantifier::Every => "每个",
                    Quantifier::Some => "存在",
                    Quantifier::None => "没有",
                });
            }
            ExprKind::Covers(have, wanted) => ("不漏", vec![have, wanted]),
            ExprKind::Deadline(done, due) => match &**due {
                Due::Before(day) => ("前", vec![done, day]),
                Due::Within { start, length, rolled, early } => {
                    self.add_if(*early, "或更早");
                    (if *rolled { "起内顺延" } else { "起内" }, vec![done, start, length])
                }
            },
            ExprKind::By(due, cond) => {
                self.expression(cond, true);
                match &**due {
                    Due::Before(day) => ("至迟", vec![day]),
                    Due::Within { start, length, .. } => ("至迟起内", vec![start, length]),
                }
            }
            ExprKind::Frequency(frequency) => {
                self.add_if(frequency.except.is_some(), "频次除");
                let parts = [&frequency.dates, &frequency.times, &frequency.since];
                (period(frequency.period), parts.into_iter().chain(&frequency.except).collect())
            }
            ExprKind::Compare(op, left, right) => (operator(*op), vec![left, right]),
            ExprKind::In(item, list) => ("属于", vec![item, list]),
            ExprKind::Between(value, low, high) => ("之间", vec![value, low, high]),
            ExprKind::Contains(whole, part) => ("包含", vec![whole, part]),
            ExprKind::Default(value, fallback) => ("缺省", vec![value, fallback]),
            ExprKind::Arith(op, left, right) => (arithmetic(*op), vec![left, right]),
            ExprKind::Neg(inner) => ("负", vec![inner]),
            ExprKind::Has(inner, has) => (if *has { "有" } else { "缺" }, vec![inner]),
            ExprKind::Filter(list, name, cond) => {
                self.add_if(name.is_some(), "筛选记作");
                self.expression(list, false);
                self.expression(cond, true);
                return self.add("筛选");
            }
            ExprKind::All(_) => ("全部", Vec::new()),
            ExprKind::List(parts) => ("清单", parts.iter().collect()),
        };
        self.add(form);
        parts.into_iter().for_each(|part| self.expression(part, false));
    }

    fn asked<'e>(&mut self, form: &str, parts: impl IntoIterator<Item = &'e (impl std::borrow::Borrow<Expr> + 'e)>) {
        self.add(form);
        parts.into_iter().for_each(|part| self.expression(part.borrow(), true));
    }
}

fn function(aggregate: Aggregate) -> &'static str {
    match aggregate {
        Aggregate::Count => "数量",
        Aggregate::Sum => "合计",
        Aggregate::Average => "平均",
        Aggregate::Max => "最大",
        Aggregate::Min => "最小",
        Aggregate::Earliest => "最早",
        Aggregate::Latest => "最晚",
        Aggregate::Distinct => "去重",
        Aggregate::Share => "占比",
    }
}

fn operator(op: CompareOp) -> &'static str {
    match op {
        CompareOp::Eq => "=",
        CompareOp::Ne => "≠",
        CompareOp::Lt => "<",
        CompareOp::Le => "≤",
        CompareOp::Gt => ">",
        CompareOp::Ge => "≥",
    }
}

fn arithmetic(op: ArithOp) -> &'static str {
    match op {
        ArithOp::Add => "+",
        ArithOp::Sub => "-",
        ArithOp::Mul => "*",
        ArithOp::Div => "/",
        ArithOp::IntDiv => "整除",
    }
}

fn period(period: Period) -> &'static str {
    match period {
        Period::Day => "每日",
        Period::Week => "每周",
        Period::Month => "每月",
        Period::Quarter => "每季",
    }
}
