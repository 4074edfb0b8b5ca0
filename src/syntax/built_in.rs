//! The types, formats and ways of counting days that the language has by itself, with their spellings: a file may be
//! written in Chinese or in English throughout.

use serde::{Deserialize, Serialize};

use bulou_messages::diagnostic::Lang;

/// A type that no pack has to declare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BuiltIn {
    /// `是否` `boolean`
    Bool,
    /// `整数` `integer`
    Integer,
    /// `小数` `decimal`
    Decimal,
    /// `文本` `text`
    Text,
    /// `日期` `date`
    Date,
    /// `时长` `duration`
    Duration,
    /// `期间` `counting`: how a pack counts days; of parameters only.
    Counting,
}

/// A format that texts may have.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// 10 digits with a known kind (11 21 31 34 36 51).
    SchoolCode,
    /// 统一社会信用代码, 18 characters with a check digit (GB 32100).
    CreditCode,
    /// 行政区划代码, 6 digits (GB/T 2260).
    RegionCode,
    /// 手机号, 11 digits.
    Mobile,
    /// 电话, landline or mobile.
    Phone,
    /// 发文字号 of an official document: issuer, year, number (GB/T 9704).
    DocumentNumber,
    /// 人员: who somebody is, by name, post or body; that somebody is there, or nobody yet, says not who.
    Person,
    /// 叙述: what is the case, in words; what is lacking is said here, so that `门卫空缺` is an answer.
    Narrative,
}

impl Format {
    /// Whether a text of it is a code or number, and no words.
    #[must_use]
    pub const fn is_code(self) -> bool {
        !matches!(self, Self::Person | Self::Narrative)
    }
}

/// How a plain `N日` counts in the pack.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counting {
    /// 自然日: every day counts.
    Natural,
    /// 顺延: every day counts; a last day that is a rest day moves to the next day that is none.
    Rolled,
    /// 工作日: only working days count.
    Working,
}

/// How much a rule weighs, the gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum RuleSeverity {
    /// 重大
    Major,
    /// 较大
    Serious,
    /// 一般
    Minor,
    /// 提示
    Hint,
}

/// A word of a closed list, in Chinese and in English, and what it means.
pub struct Term<T> {
    /// In Chinese.
    pub zh: &'static str,
    /// In English.
    pub en: &'static str,
    /// Its meaning.
    pub means: T,
}

impl<T> Term<T> {
    const fn new(zh: &'static str, en: &'static str, means: T) -> Self {
        Self { zh, en, means }
    }

    /// Its spelling in a language.
    pub fn word(&self, lang: Lang) -> &'static str {
        lang.pick(self.zh, self.en)
    }

    /// Whether it is spelled so in one of the languages.
    pub fn is(&self, word: &str) -> bool {
        self.zh == word || self.en == word
    }
}

/// What types are called.
pub const TYPES: [Term<BuiltIn>; 7] = [
    Term::new("是否", "boolean", BuiltIn::Bool),
    Term::new("整数", "integer", BuiltIn::Integer),
    Term::new("小数", "decimal", BuiltIn::Decimal),
    Term::new("文本", "text", BuiltIn::Text),
    Term::new("日期", "date", BuiltIn::Date),
    Term::new("时长", "duration", BuiltIn::Duration),
    Term::new("期间", "counting", BuiltIn::Counting),
];

/// What formats of texts are called.
pub const FORMATS: [Term<Format>; 8] = [
    Term::new("学校标识码", "school_code", Format::SchoolCode),
    Term::new("统一社会信用代码", "credit_code", Format::CreditCode),
    Term::new("行政区划代码", "region_code", Format::RegionCode),
    Term::new("手机号", "mobile", Format::Mobile),
    Term::new("电话", "phone", Format::Phone),
    Term::new("文号", "document_number", Format::DocumentNumber),
    Term::new("人员", "person", Format::Person),
    Term::new("叙述", "narrative", Format::Narrative),
];

/// What grades of severity are called.
pub const SEVERITIES: [Term<RuleSeverity>; 4] = [
    Term::new("重大", "major", RuleSeverity::Major),
    Term::new("较大", "serious", RuleSeverity::Serious),
    Term::new("一般", "minor", RuleSeverity::Minor),
    Term::new("提示", "hint", RuleSeverity::Hint),
];

/// How a rule may stand, as an assertion says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// 符合
    Pass,
    /// 不符合, which of a rule of 提示 is its hint
    Fail,
    /// 未到期
    Pending,
    /// 无法判断
    Undetermined,
    /// 适用
    Applies,
    /// 不适用
    NotApplicable,
}

/// What the standings of rules are called.
pub const STANDINGS: [Term<Standing>; 6] = [
    Term::new("符合", "pass", Standing::Pass),
    Term::new("不符合", "fail", Standing::Fail),
    Term::new("未到期", "pending", Standing::Pending),
    Term::new("无法判断", "undetermined", Standing::Undetermined),
    Term::new("适用", "applies", Standing::Applies),
    Term::new("不适用", "not_applicable", Standing::NotApplicable),
];

/// What the ways of counting days are called.
pub const COUNTINGS: [Term<Counting>; 3] = [
    Term::new("自然日", "natural", Counting::Natural),
    Term::new("顺延", "rolled", Counting::Rolled),
    Term::new("工作日", "working", Counting::Working),
];

/// What a word of a list means.
pub fn named<T: Copy>(terms: &[Term<T>], word: &str) -> Option<T> {
    terms.iter().find(|term| term.is(word)).map(|term| term.means)
}

/// How a list spells a meaning.
pub fn word<T: PartialEq>(terms: &[Term<T>], means: &T, lang: Lang) -> &'static str {
    terms.iter().find(|term| term.means == *means).map_or("", |term| term.word(lang))
}

/// All words of a list in a language.
pub fn words<T>(terms: &[Term<T>], lang: Lang) -> Vec<&'static str> {
    terms.iter().map(|term| term.word(lang)).collect()
}

impl BuiltIn {
    /// The type of this name, in either language.
    ///
    /// ```
    /// use bulou_syntax::built_in::BuiltIn;
    /// assert_eq!(BuiltIn::named("整数"), BuiltIn::named("integer"));
    /// assert_eq!(BuiltIn::named("隐患"), None);
    /// ```
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        named(&TYPES, name)
    }

    /// Its name in a language.
    #[must_use]
    pub fn word(self, lang: Lang) -> &'static str {
        word(&TYPES, &self, lang)
    }
}

impl Format {
    /// What it is called in rules.
    #[must_use]
    pub fn word(self, lang: Lang) -> &'static str {
        word(&FORMATS, &self, lang)
    }
}

impl Counting {
    /// The way of counting days with this name, in either language.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        named(&COUNTINGS, name)
    }

    /// Its name in a language.
    #[must_use]
    pub fn word(self, lang: Lang) -> &'static str {
        word(&COUNTINGS, &self, lang)
    }
}

impl RuleSeverity {
    /// Its name in a language.
    #[must_use]
    pub fn words(self, lang: Lang) -> &'static str {
        word(&SEVERITIES, &self, lang)
    }
}
