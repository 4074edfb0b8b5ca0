//! Notices to print, a sheet of A4 a school, in the form of an official letter (after GB/T 9704).

use bulou_county::CountyReport;
use bulou_county::Misnamed;
use bulou_county::notices::{Asks, Item, Notice};
use bulou_ir::RuleSet;
use bulou_messages::diagnostic::Lang;
use bulou_messages::sentence::Each;
use bulou_messages::texts;
use bulou_report::unlisted;
use maud::{Markup, PreEscaped, html};

use super::html;

const STYLE: &str = include_str!("notices.css");

/// All notices, one after another: one print job.
pub fn page(notices: &[Notice], report: &CountyReport, rules: &RuleSet, lang: Lang) -> String {
    let letter = Letter { report, rules, lang };
    let body = html! {
        style { (PreEscaped(style(lang))) }
        @for notice in notices { (letter.sheet(notice)) }
        @if notices.is_empty() { p { (texts::no_school_write().get(lang)) } }
    };
    html::page(lang, texts::notices_schools().get(lang), body)
}

/// The style; in English without the typefaces that have Chinese names.
fn style(lang: Lang) -> String {
    let named = |face: &&str| lang == Lang::Zh || face.is_ascii();
    STYLE.split(", ").filter(named).collect::<Vec<_>>().join(", ")
}

/// What all letters have in common.
struct Letter<'r> {
    report: &'r CountyReport,
    rules: &'r RuleSet,
    lang: Lang,
}

impl Letter<'_> {
    fn sheet(&self, notice: &Notice) -> Markup {
        let lang = self.lang;
        let (title, kind) = match notice.asks {
            Asks::Submission { .. } => (texts::reminder_submit().get(lang), texts::r().get(lang)),
            Asks::Mending { ref items, .. } if items.is_empty() => {
                (texts::request_complete().get(lang), texts::letter_corrections().get(lang))
            }
            Asks::Mending { .. } => (texts::order_mend().get(lang), texts::m().get(lang)),
        };
        let year = self.report.as_of.get(..4).unwrap_or_default();
        html! {
            article {
                h1 { (title) }
                p.number { (kind) (texts::letter_year_open().get(lang)) (year) (texts::letter_year_close().get(lang)) (blank(3)) (texts::letter_number_end().get(lang)) }
                p.to { (notice.name) small { (texts::id().get(lang)) (notice.id) (texts::letter_close().get(lang)) } (texts::letter_colon().get(lang)) }
                @match &notice.asks {
                    Asks::Submission { again, received } => (self.reminder(*again, received)),
                    Asks::Mending { submitted, items, unjudged, faults, conflict } => {
                        @if !items.is_empty() { (self.order(submitted, items)) }
                        (self.completion(submitted, !items.is_empty(), (unjudged, !conflict.is_empty()), *faults))
                        @if !conflict.is_empty() { (self.conflict(conflict)) }
                    },
                }
                @for astray in &notice.misnamed { (self.misnamed(astray)) }
                @if !notice.unread.is_empty() { (self.unread(&notice.unread)) }
                div.from {
                    p { (self.rules.publisher) span.seal { (texts::seal().get(lang)) } }
                    p { (day(&self.report.as_of, lang)) }
                }
                (self.receipt(&notice.asks))
            }
        }
    }

    /// 催报
    fn reminder(&self, again: bool, received: &[String]) -> Markup {
        let lang = self.lang;
        let (schools, day) = (&self.report.schools, day(&self.report.as_of, lang));
        let (count, files) = (received.len(), self.list(received));
        let yours = match received.is_empty() {
            true => texts::letter_yours_not_arrived().get(lang).to_owned(),
            false => texts::letter_may_yours_cannot(&count, &files).get(lang),
        };
        let (title, expected, submitted) = (&self.rules.title, schools.expected, schools.submitted);
        let until = blank_day([4, 2, 2], lang);
        let blanks = [6, 8, 10].map(|characters| blank(characters).0);
        let [short, middle, long] = &blanks;
        let (name, number) = (Each(short, middle), Each(middle, long));
        html! {
            p { (texts::letter_asks_every_school(&title, &day, &expected, &submitted, &yours).get(lang))
                @if again { strong { (texts::letter_second_time_running().get(lang)) } } }
            p { (PreEscaped(texts::letter_submit_by(&until.0).get(lang))) }
            p.contact { (PreEscaped(texts::letter_contact_telephone(&name, &number).get(lang))) }
        }
    }

    /// 督办
    fn order(&self, submitted: &str, items: &[Item]) -> Markup {
        let lang = self.lang;
        let (as_of, submitted, count) = (day(&self.report.as_of, lang), day(submitted, lang), items.len());
        let headings = [
            texts::no_4(),
            texts::letter_what_wrong(),
            texts::letter_basis(),
            texts::letter_what_do(),
            texts::letter_responsible(),
            texts::due_2(),
        ];
        html! {
            p { (texts::letter_following_not_meet(&submitted, &as_of, &count).get(lang)) }
            table {
                thead { tr { @for heading in headings { th scope="col" { (heading.get(lang)) } } } }
                tbody { @for (number, item) in (1..).zip(items) { (self.row(number, item)) } }
            }
        }
    }

    /// 补正: what could not be judged, beside what has to be mended or alone.
    fn completion(&self, submitted: &str, further: bool, (unjudged, differ): (&[String], bool), faults: u32) -> Markup {
        let lang = self.lang;
        let (as_of, submitted) = (day(&self.report.as_of, lang), day(submitted, lang));
        let why = if differ { texts::letter_by_what_filled_differ() } else { texts::letter_by_what_filled() };
        let (count, titles) = (unjudged.len(), self.list(unjudged));
        let open = match further {
            true => texts::letter_further_not_judged(&count, &why, &titles).get(lang),
            false => texts::letter_following_not_judged(&submitted, &as_of, &count, &why, &titles).get(lang),
        };
        html! {
            @if count > 0 { p.more { (open) } }
            @if faults > 0 { p.more { (texts::letter_filled_faults_own(&faults).get(lang)) } }
        }
    }

    /// Which of several documents counts is for the school to say.
    fn conflict(&self, files: &[String]) -> Markup {
        html! { p.more { (texts::letter_different_same_day(&files.len(), &self.list(files)).get(self.lang)) } }
    }

    /// Whose a document is that says two things of it.
    fn misnamed(&self, astray: &Misnamed) -> Markup {
        let Misnamed { id, name, roster, file } = astray;
        html! { p.more { (texts::letter_document_another_name(file, id, roster, name).get(self.lang)) } }
    }

    /// Files that came beside the one that counts.
    fn unread(&self, files: &[String]) -> Markup {
        html! { p.more { (texts::letter_more_files_unread(&files.len(), &self.list(files)).get(self.lang)) } }
    }

    fn list(&self, of: &[String]) -> String {
        of.join(texts::letter_semicolon().get(self.lang))
    }

    fn row(&self, number: usize, item: &Item) -> Markup {
        let lang = self.lang;
        html! {
            tr {
                td.middle { (number) }
                td { strong { (item.title) } (texts::letter_open().get(lang)) (item.severity.words(lang)) (texts::letter_close().get(lang))
                    @if !item.findings.is_empty() { br; (self.list(&item.findings)) }
                    @if item.more_findings > 0 { br; (unlisted(item.more_findings, lang)) } }
                td { (self.list(&item.basis)) }
                td { (item.remedy) }
                td { (item.responsible) }
                td { @match (&item.due, item.days_left) {
                    (Some(due), Some(days)) if item.done => { span.day { (due) } br; strong { (texts::letter_done_late(&-days).get(lang)) } },
                    (Some(due), Some(days)) if days < 0 => { span.day { (due) } br; strong { (texts::letter_overdue(&-days).get(lang)) } },
                    (Some(due), _) => { span.day { (due) } },
                    // The bureau sets a day where the rules give none.
                    (None, _) => { span.day { (blank(1)) (texts::letter_month().get(lang)) (blank(1)) (texts::letter_day_end().get(lang)) } },
                } }
            }
        }
    }

    fn receipt(&self, asks: &Asks) -> Markup {
        let lang = self.lang;
        let mended = matches!(asks, Asks::Mending { .. });
        let date = match lang {
            Lang::Zh => html! { span.day { (blank_day([2, 1, 1], lang)) } },
            Lang::En => blank_day([2, 1, 1], lang),
        };
        html! {
            table.receipt { tbody {
                tr { th { (texts::received_signature().get(lang)) } td {} th { (texts::date().get(lang)) } td { (date) } }
                @if mended {
                    tr.tall { th { (texts::what_done().get(lang)) } td colspan="3" { span.sign { (texts::heads_signature_seal().get(lang)) } } }
                    tr { th { (texts::inspected_signature().get(lang)) } td {} th { (texts::closed().get(lang)) } td { (date) } }
                }
            } }
        }
    }
}

/// Room to write in, as wide as so many characters.
fn blank(characters: usize) -> Markup {
    html! { span.blank { (PreEscaped("&emsp;".repeat(characters))) } }
}

/// A day to write in: its parts as wide as so many characters each where a language names them.
fn blank_day([year, month, day]: [usize; 3], lang: Lang) -> Markup {
    let (year, month, day, whole) = (blank(year).0, blank(month).0, blank(day).0, blank(8).0);
    PreEscaped(texts::letter_day_blank(&Each(&year, &whole), &Each(&month, &""), &Each(&day, &"")).get(lang))
}

/// `2022年6月28日`; what is no date stays as it is.
fn day(date: &str, lang: Lang) -> String {
    let parts: Vec<&str> = date.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return date.to_owned() };
    let (short_month, short_day) = (month.trim_start_matches('0'), day.trim_start_matches('0'));
    texts::letter_day(year, &Each(&short_month, month), &Each(&short_day, day)).get(lang)
}
