//! JUnit XML: a suite a document, a case a rule. What XML has no way to write is among what nothing visible holds.

use bulou_base::sanitize::visible;
use bulou_messages::diagnostic::Lang;
use bulou_report::{Report, Status, unlisted};
use quick_junit::{NonSuccessKind, TestCase, TestCaseStatus, TestSuite};

/// A document's suite.
pub fn suite(report: &Report<'_>, path: &str, lang: Lang) -> TestSuite {
    let mut suite = TestSuite::new(visible(path));
    let subject = format!("{} {}", report.subject.id, report.subject.name);
    suite.add_property(("subject", visible(subject.trim()).as_str()));
    suite.add_property(("as-of", report.as_of.to_string().as_str()));
    suite.add_property(("pack", visible(&format!("{}@{}", report.pack.id, report.pack.version)).as_str()));
    if let Some(words) = report.params_changed.words(lang) {
        suite.add_property(("params", visible(&words).as_str()));
        // Few show properties.
        let mut case = TestCase::new("params", TestCaseStatus::success());
        case.set_classname("params").set_system_out(visible(&words));
        suite.add_test_case(case);
    }
    suite.add_property(("document-sha256", report.document.sha256.as_str()));
    for problem in &report.structure {
        let mut status = TestCaseStatus::success();
        if !problem.notice {
            status = TestCaseStatus::non_success(NonSuccessKind::Error);
            status.set_type(problem.code.as_str()).set_message(visible(&problem.message));
        }
        let place = format!("{} {}", problem.place(lang), problem.path);
        let mut case = TestCase::new(visible(&place), status);
        case.set_classname("structure");
        if problem.notice {
            case.set_system_out(visible(&format!("{} {}", problem.code, problem.message)));
        }
        suite.add_test_case(case);
    }
    for rule in &report.rules {
        let findings: Vec<_> = rule.findings.iter().map(|finding| visible(&finding.message)).collect();
        let title = visible(&rule.card.title);
        let first = findings.first().unwrap_or(&title);
        let mut status = match rule.status {
            Status::Fail => TestCaseStatus::non_success(NonSuccessKind::Failure),
            Status::Undetermined => TestCaseStatus::non_success(NonSuccessKind::Error),
            Status::NotApplicable => TestCaseStatus::skipped(),
            Status::Pass | Status::Pending | Status::Hint => TestCaseStatus::success(),
        };
        match rule.status {
            Status::Fail | Status::Undetermined => {
                let remedy = visible(&format!("{} ({})", rule.card.remedy, rule.card.responsible));
                let more =
                    if rule.more_findings > 0 { unlisted(rule.more_findings, lang) + "\n" } else { String::new() };
                let todo = format!("{}\n{more}{remedy}", findings.join("\n"));
                status.set_message(first.as_str()).set_type(rule.status.words(Lang::En)).set_description(todo);
            }
            Status::NotApplicable => {
                status.set_message(visible(rule.because.as_deref().unwrap_or_default()));
            }
            Status::Pass | Status::Pending | Status::Hint => {}
        }
        let mut case = TestCase::new(visible(&format!("{} {}", rule.card.id, rule.card.title)), status);
        case.set_classname(if rule.card.group.is_empty() { "rules".to_owned() } else { visible(&rule.card.group) });
        if matches!(rule.status, Status::Pending | Status::Hint) {
            let more = (rule.more_findings > 0).then(|| unlisted(rule.more_findings, lang));
            case.set_system_out(findings.into_iter().chain(more).collect::<Vec<_>>().join("\n"));
        }
        suite.add_test_case(case);
    }
    suite
}
