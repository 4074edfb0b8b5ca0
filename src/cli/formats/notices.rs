//! Notices to print, a sheet of A4 a school, in the form of an official letter (after GB/T 9704).

use bulou_county::CountyReport;
use bulou_county::Misnamed;
use bulou_county::notices::{Asks, Item, Notice};
use bulou_ir::RuleSet;
use bulou_messages::diagnostic::Lang;
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
        let schools = &self.report.schools;
        let day = day(&self.report.as_of, self.lang);
        let (expected, submitted) = (schools.expected, schools.submitted);
        let title = &self.rules.title;
        match self.lang {
            Lang::Zh => html! {
                p { "按照“" (title) "”的要求，全县各学校均应报送自查表。截至" (day) "，全县应报送 " (expected)
                    " 所，已报送 " (submitted) " 所，"
                    @if received.is_empty() { "尚未收到你校的自查表。" } @else {
                        "收到可能是你校的文件 " (received.len()) " 份（" (received.join("；")) "），但是读不了，或者没有写标识码、写的不是你校的标识码，不能算已经报送；请核对标识码，重新导出后再报送。" }
                    @if again { strong { "你校已连续两次没有报送。" } } }
                p { "请于" (blank(4)) "年" (blank(2)) "月" (blank(2)) "日前完成自查并报送。没有报送的学校不能认定为合格，并列入全县汇总报告的未报送名单。" }
                p.contact { "联系人：" (blank(6)) "　电话：" (blank(8)) }
            },
            Lang::En => html! {
                p { "“" (title) "” asks every school of the county for a self-assessment. By " (day) ", " (submitted) " of " (expected)
                    " schools had submitted theirs; "
                    @if received.is_empty() { "yours has not arrived." } @else {
                        (received.len()) " that may be yours (" (received.join("; ")) ") arrived and cannot be read, or bears no id or another one, which is no submission; check the id, export it again and send that." }
                    @if again { strong { " This is the second time running." } } }
                p { "Submit it by " (blank(8)) ". A school that has not submitted cannot count as compliant and is listed as missing in the county's report." }
                p.contact { "Contact: " (blank(8)) " Telephone: " (blank(10)) }
            },
        }
    }

    /// 督办
    fn order(&self, submitted: &str, items: &[Item]) -> Markup {
        let lang = self.lang;
        let (as_of, submitted) = (day(&self.report.as_of, lang), day(submitted, lang));
        let count = items.len();
        let headings = match lang {
            Lang::Zh => ["序号", "问题", "依据", "整改要求", "责任人", "期限"],
            Lang::En => ["No.", "What is wrong", "Basis", "What to do", "Responsible", "Due"],
        };
        html! {
            p { @match lang {
                Lang::Zh => { "经核对你校" (submitted) "报送的自查表（核对日：" (as_of) "），下列 " (count) " 项不符合要求或者已经逾期，现予督办。请逐项整改，按期书面反馈，经复查后销号。" },
                Lang::En => { "Of the self-assessment that your school submitted on " (submitted) " (checked as of " (as_of) "), the following " (count) " do not meet the requirements or are overdue. Mend each and report in writing in time; it is closed after a further inspection." },
            } }
            table {
                thead { tr { @for heading in headings { th scope="col" { (heading) } } } }
                tbody { @for (number, item) in (1..).zip(items) { (self.row(number, item)) } }
            }
        }
    }

    /// 补正: what could not be judged, beside what has to be mended or alone.
    fn completion(&self, submitted: &str, further: bool, (unjudged, differ): (&[String], bool), faults: u32) -> Markup {
        let (as_of, submitted) = (day(&self.report.as_of, self.lang), day(submitted, self.lang));
        let why = match (self.lang, differ) {
            (Lang::Zh, false) => "因所填数据不全",
            (Lang::Zh, true) => "因所填数据不全或者几份表说法不一",
            (Lang::En, false) => "by what was filled in",
            (Lang::En, true) => "by what was filled in, or because the documents differ",
        };
        let (count, titles) = (unjudged.len(), unjudged.join(texts::letter_semicolon().get(self.lang)));
        html! {
            @if count > 0 { p.more { @match (self.lang, further) {
                (Lang::Zh, true) => { "另有 " (count) " 项" (why) "无法判断，请补填后重新报送：" (titles) "。" },
                (Lang::Zh, false) => { "经核对你校" (submitted) "报送的自查表（核对日：" (as_of) "），下列 " (count) " 项" (why) "无法判断，不能认定为合格，请补填后重新报送：" (titles) "。" },
                (Lang::En, true) => { "A further " (count) " could not be judged " (why) "; complete it and submit again: " (titles) "." },
                (Lang::En, false) => { "Of the self-assessment that your school submitted on " (submitted) " (checked as of " (as_of) "), the following " (count) " could not be judged " (why) " and so do not count as met; complete it and submit again: " (titles) "." },
            } } }
            @if faults > 0 { p.more { @match self.lang {
                Lang::Zh => { "所填内容本身有 " (faults) " 处问题（漏填、填错或互相矛盾），请用同一套规则核对，逐处改正后重新报送。" },
                Lang::En => { "What was filled in has " (faults) " faults of its own (missing, wrong or contradictory); check it by the same rules, correct each and submit again." },
            } } }
        }
    }

    /// Which of several documents counts is for the school to say.
    fn conflict(&self, files: &[String]) -> Markup {
        let (files, count) = (files.join(texts::letter_semicolon().get(self.lang)), files.len());
        html! { p.more { @match self.lang {
            Lang::Zh => { "收到你校内容不同的自查表 " (count) " 份（" (files) "），填报日期相同、没有填写或者不可信，分不清以哪一份为准，各份说法不一的项目一律按无法判断处理。请书面说明以哪一份为准，或者重新报送一份。" },
            Lang::En => { (count) " different self-assessments of your school bear the same day, none, or one that cannot be believed: " (files) ". Nothing says which counts, and where they differ nothing counts as met. State in writing which one counts, or submit anew." },
        } } }
    }

    /// Whose a document is that says two things of it.
    fn misnamed(&self, astray: &Misnamed) -> Markup {
        let Misnamed { id, name, roster, file } = astray;
        html! { p.more { @match self.lang {
            Lang::Zh => { "收到的文件 " (file) " 标识码是 " (id) "（名册上是“" (roster) "”），校名却写“" (name) "”，分不清是哪所学校的，不能认定为合格。是你校的，请改正校名；不是你校的，请告知，并另行报送你校的自查表。" },
                Lang::En => { "The document " (file) " bears the id " (id) " (“" (roster) "” on the roster) and the name “" (name) "”: whose it is cannot be told, and it does not count as compliant. If it is yours, correct the name; if not, say so, and submit your own." },
        } } }
    }

    /// Files that came beside the one that counts.
    fn unread(&self, files: &[String]) -> Markup {
        let (files, count) = (files.join(texts::letter_semicolon().get(self.lang)), files.len());
        html! { p.more { @match self.lang {
            Lang::Zh => { "另收到可能是你校的文件 " (count) " 份（" (files) "），读不了，没有计入。请核对：更正或补充的内容请重新导出后报送；不是你校的，请告知。" },
            Lang::En => { (count) " more files that may be yours (" (files) ") cannot be read and do not count. If one corrects or completes what you submitted, export it again and send that; if it is not yours, say so." },
        } } }
    }

    fn row(&self, number: usize, item: &Item) -> Markup {
        let lang = self.lang;
        html! {
            tr {
                td.middle { (number) }
                td { strong { (item.title) } (texts::letter_open().get(lang)) (item.severity.words(lang)) (texts::letter_close().get(lang))
                    @if !item.findings.is_empty() { br; (item.findings.join(texts::letter_semicolon().get(lang))) }
                    @if item.more_findings > 0 { br; (unlisted(item.more_findings, lang)) } }
                td { (item.basis.join(texts::letter_semicolon().get(lang))) }
                td { (item.remedy) }
                td { (item.responsible) }
                td { @match (&item.due, item.days_left) {
                    (Some(due), Some(days)) if item.done => { span.day { (due) } br; strong { @match lang {
                        Lang::Zh => { "迟 " (-days) " 日完成" },
                        Lang::En => { "done " (-days) " days late" },
                    } } },
                    (Some(due), Some(days)) if days < 0 => { span.day { (due) } br; strong { @match lang {
                        Lang::Zh => { "已逾期 " (-days) " 日" },
                        Lang::En => { (-days) " days overdue" },
                    } } },
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
            Lang::Zh => html! { span.day { (blank(2)) "年" (blank(1)) "月" (blank(1)) "日" } },
            Lang::En => blank(8),
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

/// `2022年6月28日`; what is no date stays as it is.
fn day(date: &str, lang: Lang) -> String {
    let parts: Vec<&str> = date.split('-').collect();
    match (lang, parts.as_slice()) {
        (Lang::Zh, [year, month, day]) => {
            format!("{year}年{}月{}日", month.trim_start_matches('0'), day.trim_start_matches('0'))
        }
        _ => date.to_owned(),
    }
}
