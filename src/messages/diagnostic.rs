//! The one type in which every stage reports what is wrong with a pack.

use crate::codes::Code;
pub use crate::codes::Severity;
use bulou_base::source::Span;

/// The language of the tool's own words; in JSON its code.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Chinese.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Zh, Self::En];

    /// Its code of ISO 639-1, by which a command line, a page or a program names it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Zh => "zh",
            Self::En => "en",
        }
    }

    /// The language of this code.
    ///
    /// ```
    /// use bulou_messages::diagnostic::Lang;
    /// assert_eq!(Lang::from_code("en"), Some(Lang::En));
    /// assert_eq!(Lang::from_code("English"), None);
    /// ```
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.code() == code)
    }

    /// What is said in this language.
    #[must_use]
    pub fn pick<T>(self, zh: T, en: T) -> T {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }

    /// The language of somebody's own text: Chinese as soon as there is a Chinese character in it.
    #[must_use]
    pub fn of(text: &str) -> Self {
        if text.chars().any(|c| matches!(c, '\u{4E00}'..='\u{9FFF}')) { Self::Zh } else { Self::En }
    }

    /// Somebody's words between this language's quotation marks.
    #[must_use]
    pub fn quoted(self, words: &str) -> String {
        self.pick(format!("「{words}」"), format!("“{words}”"))
    }

    /// What stands between the members of a list.
    #[must_use]
    pub fn comma(self) -> &'static str {
        self.pick("、", ", ")
    }
}

/// A sentence in both languages of the tool.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct LocalizedText {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl LocalizedText {
    /// Several, a line each, in a language.
    #[must_use]
    pub fn lines(all: &[Self], lang: Lang) -> String {
        all.iter().map(|words| words.get(lang)).collect::<Vec<_>>().join("\n")
    }

    /// Both languages of one sentence.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }

    /// The sentence in one language.
    #[must_use]
    pub fn get(&self, lang: Lang) -> &str {
        lang.pick(&self.zh, &self.en)
    }
}

/// A place with a few words about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What is there.
    pub words: LocalizedText,
}

/// A change of text that does what a diagnostic's help says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What is replaced; empty where something is put in.
    pub span: Span,
    /// By what; empty where something is taken out.
    pub replacement: String,
}

impl Fix {
    /// Replaces a place.
    pub fn new(span: Span, replacement: impl Into<String>) -> Self {
        Self { span, replacement: replacement.into() }
    }

    /// Puts something in where a place starts.
    pub fn before(span: Span, text: impl Into<String>) -> Self {
        Self::new(Span { end: span.start, ..span }, text)
    }

    /// Puts something in where a place ends.
    pub fn after(span: Span, text: impl Into<String>) -> Self {
        Self::new(Span { start: span.end, ..span }, text)
    }
}

/// One thing that is wrong, where, and what to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable code; its severity and long explanation are in [`crate::codes`].
    pub code: Code,
    /// What is wrong. What the user wrote stands between backticks.
    pub message: LocalizedText,
    /// Where; the first is the place itself.
    pub primary: Label,
    /// Other places that matter.
    pub secondary: Vec<Label>,
    /// What to do next.
    pub help: LocalizedText,
    /// The help as a change of the text, where one change is known to be meant.
    pub fix: Option<Fix>,
    /// What it is about besides its place: who lets it stand names each of these in the reason.
    pub subjects: Vec<String>,
}

impl Diagnostic {
    /// A diagnostic at one place.
    #[must_use]
    pub fn new(code: Code, span: Span, message: LocalizedText, help: LocalizedText) -> Self {
        Self {
            code,
            message,
            primary: Label { span, words: LocalizedText::default() },
            secondary: Vec::new(),
            help,
            fix: None,
            subjects: Vec::new(),
        }
    }

    /// The same with a further place.
    #[must_use]
    pub fn with_label(mut self, span: Span, words: LocalizedText) -> Self {
        self.secondary.push(Label { span, words });
        self
    }

    /// The same with the change that mends it, if one is known.
    #[must_use]
    pub fn with_fix(mut self, fix: Option<Fix>) -> Self {
        self.fix = fix;
        self
    }

    /// The same about some things that an allowance has to name.
    #[must_use]
    pub fn about(mut self, subjects: Vec<String>) -> Self {
        self.subjects = subjects;
        self
    }

    /// Its weight, which its code decides.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }
}
