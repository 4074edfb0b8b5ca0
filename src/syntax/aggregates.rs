//! The functions over lists: what each is called, takes and gives, and how it is said and spoiled. How a value is found
//! is said where values are: `bulou_eval::aggregates`, `bulou_prove::scalars`.

use bulou_messages::diagnostic::Lang;
use bulou_messages::sentence::Phrase;
use bulou_messages::texts;
use serde::{Deserialize, Serialize};

/// A function over lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Aggregate {
    /// 数量
    Count,
    /// 合计
    Sum,
    /// 平均
    Average,
    /// 最大
    Max,
    /// 最小
    Min,
    /// 最早
    Earliest,
    /// 最晚
    Latest,
    /// 去重 (a list)
    Distinct,
    /// 占比
    Share,
}

/// What has to be in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// Anything.
    All,
    /// Numbers.
    Numbers,
    /// Dates.
    Dates,
    /// What has an order: numbers, dates or durations.
    Ordered,
}

/// What comes of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gives {
    /// A number that says something of all elements.
    Number,
    /// What an element is, of all of them.
    Element,
    /// The greatest element.
    Greatest,
    /// The least element.
    Least,
    /// A list.
    List,
}

/// What a mutant says in the place of a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Instead {
    /// Another function over the same list.
    Function(Aggregate),
    /// The list as it is.
    List,
    /// Nothing that somebody might have meant.
    Nothing,
}

/// A function with what is to be known of it.
#[derive(Clone, Copy, Debug)]
pub struct Function {
    /// In Chinese.
    pub zh: &'static str,
    /// In English.
    pub en: &'static str,
    /// Which it is.
    pub aggregate: Aggregate,
    /// What it takes.
    pub takes: Takes,
    /// It takes a condition beside the list.
    pub conditional: bool,
    /// What it gives.
    pub gives: Gives,
    /// It counts up from nothing: an empty list has it as well. Of others an empty list has none.
    pub counts: bool,
    /// What a mutant says instead.
    pub instead: Instead,
    /// What it means, in a line.
    pub meaning: Phrase,
}

/// Every function over lists.
pub static AGGREGATES: [Function; 9] = [
    Function {
        zh: "数量",
        en: "count",
        aggregate: Aggregate::Count,
        takes: Takes::All,
        conditional: false,
        gives: Gives::Number,
        counts: true,
        instead: Instead::Nothing,
        meaning: texts::how_many_elements(),
    },
    Function {
        zh: "合计",
        en: "sum",
        aggregate: Aggregate::Sum,
        takes: Takes::Numbers,
        conditional: false,
        gives: Gives::Element,
        counts: true,
        instead: Instead::Function(Aggregate::Count),
        meaning: texts::the_sum(),
    },
    Function {
        zh: "平均",
        en: "average",
        aggregate: Aggregate::Average,
        takes: Takes::Numbers,
        conditional: false,
        gives: Gives::Element,
        counts: false,
        instead: Instead::Function(Aggregate::Count),
        meaning: texts::the_average(),
    },
    Function {
        zh: "最大",
        en: "max",
        aggregate: Aggregate::Max,
        takes: Takes::Ordered,
        conditional: false,
        gives: Gives::Greatest,
        counts: false,
        instead: Instead::Function(Aggregate::Min),
        meaning: texts::the_greatest(),
    },
    Function {
        zh: "最小",
        en: "min",
        aggregate: Aggregate::Min,
        takes: Takes::Ordered,
        conditional: false,
        gives: Gives::Least,
        counts: false,
        instead: Instead::Function(Aggregate::Max),
        meaning: texts::the_least(),
    },
    Function {
        zh: "最早",
        en: "earliest",
        aggregate: Aggregate::Earliest,
        takes: Takes::Dates,
        conditional: false,
        gives: Gives::Least,
        counts: false,
        instead: Instead::Function(Aggregate::Latest),
        meaning: texts::the_earliest_date(),
    },
    Function {
        zh: "最晚",
        en: "latest",
        aggregate: Aggregate::Latest,
        takes: Takes::Dates,
        conditional: false,
        gives: Gives::Greatest,
        counts: false,
        instead: Instead::Function(Aggregate::Earliest),
        meaning: texts::the_latest_date(),
    },
    Function {
        zh: "去重",
        en: "distinct",
        aggregate: Aggregate::Distinct,
        takes: Takes::All,
        conditional: false,
        gives: Gives::List,
        counts: false,
        instead: Instead::List,
        meaning: texts::without_repetitions(),
    },
    Function {
        zh: "占比",
        en: "share",
        aggregate: Aggregate::Share,
        takes: Takes::All,
        conditional: true,
        gives: Gives::Number,
        counts: false,
        instead: Instead::Nothing,
        meaning: texts::share_meets_condition(),
    },
];

impl Function {
    /// The function of a spelling, in either language.
    ///
    /// ```
    /// use bulou_syntax::aggregates::Function;
    /// let names = ["数量", "count", "隐患"].map(|name| Function::named(name).map(|function| function.en));
    /// assert_eq!(names, [Some("count"), Some("count"), None]);
    /// ```
    #[must_use]
    pub fn named(word: &str) -> Option<&'static Self> {
        AGGREGATES.iter().find(|function| function.zh == word || function.en == word)
    }

    /// What it is called in a language.
    #[must_use]
    pub fn word(&self, lang: Lang) -> &'static str {
        lang.pick(self.zh, self.en)
    }

    /// How a reason says it of a list, where a condition holds.
    #[must_use]
    pub fn of(&self, list: &str, cond: &str, lang: Lang) -> String {
        let said = match self.aggregate {
            Aggregate::Count => texts::said_number(&list),
            Aggregate::Sum => texts::said_sum(&list),
            Aggregate::Average => texts::said_average(&list),
            Aggregate::Max => texts::said_greatest(&list),
            Aggregate::Min => texts::said_least(&list),
            Aggregate::Earliest => texts::said_earliest(&list),
            Aggregate::Latest => texts::said_latest(&list),
            Aggregate::Distinct => texts::said_distinct(&list),
            Aggregate::Share => return texts::said_share(&list, &cond).get(lang),
        };
        said.get(lang)
    }
}

impl Aggregate {
    /// What is to be known of it.
    #[must_use]
    pub fn function(self) -> &'static Function {
        let [first, ..] = &AGGREGATES;
        AGGREGATES.iter().find(|function| function.aggregate == self).unwrap_or(first)
    }
}

#[cfg(test)]
mod tests {
    use super::AGGREGATES;

    #[test]
    fn every_function_finds_what_is_known_of_it() {
        for function in &AGGREGATES {
            assert_eq!(function.aggregate.function().aggregate, function.aggregate);
        }
    }
}
