//! JUnit XML: a suite a document, a case a rule.

use bulou::report::{Report, Status};
use quick_junit::{NonSuccessKind, TestCase, TestCaseStatus, TestSuite};

/// A document's suite.
pub fn suite(report: &Report<'_>, path: &str) -> TestSuite {
    let mut suite = TestSuite::new(path);
    suite.add_property(("subject", format!("{} {}", report.subject.id, report.subject.name).trim()));
    suite.add_property(("as-of", report.as_of.to_string().as_str()));
    suite.add_property(("pack", format!("{}@{}", report.pack.id, report.pack.version).as_str()));
    suite.add_property(("document-sha256", report.document.sha256.as_str()));
    for problem in report.structure.iter().filter(|problem| !problem.notice) {
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
        status.set_type(problem.code).set_message(&problem.message);
        let place = problem.cell.clone().unwrap_or_else(|| format!("{}:{}", problem.line, problem.column));
        let mut case = TestCase::new(format!("{place} {}", problem.path), status);
        case.set_classname("structure");
        suite.add_test_case(case);
    }
    for rule in &report.rules {
        let findings: Vec<_> = rule.findings.iter().map(|finding| finding.message.as_str()).collect();
        let first = findings.first().copied().unwrap_or(&rule.card.title);
        let mut status = match rule.status {
            Status::Fail => TestCaseStatus::non_success(NonSuccessKind::Failure),
            Status::Undetermined => TestCaseStatus::non_success(NonSuccessKind::Error),
            Status::NotApplicable => TestCaseStatus::skipped(),
            Status::Pass | Status::Pending | Status::Hint => TestCaseStatus::success(),
        };
        match rule.status {
            Status::Fail | Status::Undetermined => {
                let todo = format!("{}\n{} ({})", findings.join("\n"), rule.card.remedy, rule.card.responsible);
                status
                    .set_message(first)
                    .set_type(rule.status.words(bulou::diagnostic::Lang::En))
                    .set_description(todo);
            }
            Status::NotApplicable => {
                status.set_message(rule.because.as_deref().unwrap_or_default());
            }
            Status::Pass | Status::Pending | Status::Hint => {}
        }
        let mut case = TestCase::new(format!("{} {}", rule.card.id, rule.card.title), status);
        case.set_classname(if rule.card.group.is_empty() { "rules" } else { &rule.card.group });
        if matches!(rule.status, Status::Pending | Status::Hint) {
            case.set_system_out(findings.join("\n"));
        }
        suite.add_test_case(case);
    }
    suite
}
