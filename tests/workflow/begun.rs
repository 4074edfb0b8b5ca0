//! What `bulou init` writes passes as it stands, and lets nothing pass that does not.

use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use super::runner::{Branch, CHECK, init};

fn bulou(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_bulou")).current_dir(folder).args(args).output().expect("the program runs")
}

fn names(folder: &Path) -> Vec<PathBuf> {
    let mut names: Vec<_> =
        std::fs::read_dir(folder).expect("a folder").map(|one| one.expect("an entry").path()).collect();
    names.sort();
    names
}

/// A school of the roster that hands in again, with `was` changed to `is`.
fn again(branch: &Branch, was: &str, is: &str) -> String {
    let submissions = names(&branch.path("submissions"));
    let first = submissions.iter().find(|path| path.extension().is_some()).expect("an example");
    let text = std::fs::read_to_string(first).expect("a document");
    assert!(text.contains(was), "{text}");
    text.replacen(was, is, 1)
}

#[test]
fn the_workflow_passes_and_fails_as_it_ought_to() {
    for options in [&[][..], &["--with-pack"]] {
        let begun = |name: &str| Branch::begun(name, |branch| init(&branch.path(""), options));
        let branch = begun("as-it-stands");
        let ran = branch.run();
        assert_eq!((ran.failed, ran.code), (vec![], Some(0)), "{}", ran.log);
        assert!(branch.path("county.html").exists());
        // A school that sends the same again under another name passes, and one with too few guards fails.
        branch.write("submissions/2.json", &again(&branch, "\"填报人\": \"安全办\"", "\"填报人\": \"办公室\""));
        let ran = branch.run();
        assert_eq!((ran.failed, ran.code), (vec![], Some(0)), "{}", ran.log);
        let branch = begun("fails");
        branch.write("submissions/2.json", &again(&branch, "\"学生数\": 812", "\"学生数\": 2812"));
        let ran = branch.run();
        assert_eq!((ran.failed, ran.code), (vec![CHECK.to_owned()], Some(1)), "{}", ran.log);
        let branch = begun("unreadable");
        branch.write("submissions/2.json", "{\"学校\": ");
        let ran = branch.run();
        // Nor is the county's report made of what cannot be read.
        assert_eq!((ran.failed, ran.code), ([CHECK, "County"].map(str::to_owned).to_vec(), Some(2)), "{}", ran.log);
    }
}

/// A job's script in `.gitlab-ci.yml`, whose lines are indented by six.
fn gitlab(text: &str, key: &str) -> String {
    let script = text.split(&format!("  {key}:\n    - |\n")).nth(1).expect("the script");
    let lines = script.lines().map_while(|line| line.strip_prefix("      ").or(line.is_empty().then_some("")));
    lines.collect::<Vec<_>>().join("\n")
}

/// Runs GitLab's job over what is committed in a clone; the answer is the exit code and all that was printed.
fn merge_request(branch: &Branch) -> (Option<i32>, String) {
    branch.commit();
    let place = tempfile::tempdir().expect("a folder");
    symlink(env!("CARGO_BIN_EXE_bulou"), place.path().join("bulou")).expect("a link");
    let path = format!("{}:{}", place.path().display(), std::env::var("PATH").expect("a path"));
    let text = std::fs::read_to_string(branch.path(".gitlab-ci.yml")).expect("the job");
    let mut log = String::new();
    let mut code = Some(0);
    for key in ["before_script", "script"] {
        let run = Command::new("bash")
            .args(["--noprofile", "--norc", "-eo", "pipefail", "-c", &gitlab(&text, key)])
            .current_dir(branch.path(""))
            .envs([("PATH", path.as_str()), ("CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "main"), ("BULOU_WHEEL", "")])
            .output()
            .expect("bash runs");
        log += &(String::from_utf8_lossy(&run.stdout) + String::from_utf8_lossy(&run.stderr));
        code = run.status.code();
        if code != Some(0) {
            break;
        }
    }
    (code, log)
}

#[test]
fn gitlab_s_job_does_the_same_and_reports_it_as_junit() {
    let begun = |name: &str, options: &[&str]| {
        let branch = Branch::begun(name, |branch| init(&branch.path(""), options));
        branch.write(".git/info/exclude", "county.html\nbulou.xml\n");
        branch.git(&["remote", "add", "origin", "."]);
        branch.git(&["switch", "-q", "-c", "handed-in"]);
        branch
    };
    for options in [&[][..], &["--with-pack"]] {
        let branch = begun("gitlab", options);
        let (code, log) = merge_request(&branch);
        assert_eq!(code, Some(0), "{log}");
        let junit = std::fs::read_to_string(branch.path("bulou.xml")).expect("a report");
        assert_eq!(junit.matches("<testsuite ").count(), 5, "{junit}");
        assert!(branch.path("county.html").exists());
    }
    type Change = fn(&Branch);
    let changes: [(Change, i32, &str); 6] = [
        (|branch| branch.write("submissions/2.json", &again(branch, "\"学生数\": 812", "\"学生数\": 2812")), 1, ""),
        (|branch| branch.write("submissions/2.json", "{"), 2, ""),
        (|branch| branch.remove(names(&branch.path("submissions"))[1].to_str().expect("a name")), 1, "taken back"),
        (|branch| branch.write("Submissions/2.json", "{}"), 1, "checked by nobody: Submissions/2.json"),
        (
            |branch| {
                branch.write("submissions/2.json", &again(branch, "\"填报人\": \"安全办\"", "\"填报人\": \"办公室\""));
                branch.write("全县.json", "{}");
            },
            1,
            "apart from: 全县.json",
        ),
        (|branch| branch.write("全县.json", "{\"名册\": []}"), 2, ""),
    ];
    for (change, wanted, words) in changes {
        let branch = begun("gitlab-changed", &[]);
        change(&branch);
        let (code, log) = merge_request(&branch);
        assert!(code == Some(wanted) && log.contains(words), "{wanted} {words}: {code:?} {log}");
    }
}

#[test]
fn the_hooks_and_the_readme_s_commands_run_as_they_stand() {
    for options in [&[][..], &["--with-pack"]] {
        let folder = tempfile::tempdir().expect("a folder");
        let at = folder.path();
        init(at, options);
        let read = |name: &str| std::fs::read_to_string(at.join(name)).expect("a file");
        let runs = |line: &str, more: &[&str]| {
            let words: Vec<&str> = line.split_whitespace().skip(1).chain(more.iter().copied()).collect();
            let run = bulou(at, &words);
            assert_eq!(run.status.code(), Some(0), "{words:?} {run:?}");
        };
        let hooks = read(".pre-commit-config.yaml");
        let entries: Vec<&str> = hooks.lines().filter_map(|line| line.trim().strip_prefix("entry: ")).collect();
        assert_eq!(entries.len(), 2, "{hooks}");
        runs(entries[0], &["submissions"]);
        if !options.is_empty() {
            runs(entries[1], &[]);
            runs("bulou test pack", &[]);
        }
        let readme = read("README.md");
        let blocks: Vec<&str> = readme.split("```").skip(1).step_by(2).collect();
        let lines = blocks.iter().flat_map(|block| block.lines().filter(|line| line.starts_with("bulou ")));
        assert_eq!(lines.clone().count(), 4, "{readme}");
        lines.for_each(|line| runs(line, &[]));
        for line in
            readme.split('`').filter(|quoted| quoted.starts_with("bulou template") && !quoted.contains("--fill"))
        {
            runs(line, &[]);
            std::fs::remove_file(at.join("全县.xlsx")).expect("a workbook");
        }
        assert!(!readme.contains('{'), "every word is filled in: {readme}");
    }
}

#[test]
fn the_names_tell_school_day_and_receipt() {
    let folder = tempfile::tempdir().expect("a folder");
    init(folder.path(), &[]);
    let report = bulou(folder.path(), &["check", "--own-day", "--format", "json", "submissions"]);
    let reports: serde_json::Value = serde_json::from_slice(&report.stdout).expect("reports");
    let reports = reports.as_array().expect("several");
    assert_eq!(reports.len(), 5);
    for report in reports {
        let receipt = report["document"]["sha256"].as_str().and_then(|hash| hash.get(..8)).expect("a fingerprint");
        let name = format!(
            "{}-{}-{receipt}.json",
            report["subject"]["id"].as_str().expect("a code"),
            report["as_of"].as_str().expect("a day")
        );
        assert!(report["document"]["name"].as_str().is_some_and(|file| file.ends_with(&name)), "{report}");
    }
}

#[test]
fn nothing_that_is_there_is_written_over_and_all_of_it_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    std::fs::write(at.join("README.md"), "mine").expect("a file");
    std::fs::write(at.join(".github"), "a file in a folder's place").expect("a file");
    std::fs::write(at.join("LICENSE"), "in nobody's way").expect("a file");
    symlink("nowhere", at.join("全县.json")).expect("a link");
    std::fs::create_dir(at.join("elsewhere")).expect("a folder");
    symlink("elsewhere", at.join("submissions")).expect("a link");
    std::fs::create_dir(at.join("pack")).expect("a folder");
    let before = names(at);
    let run = bulou(at, &["init", "."]);
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    assert_eq!(run.status.code(), Some(2), "{said}");
    assert!(said.contains(".github, README.md, pack, submissions, 全县.json。"), "{said}");
    assert_eq!(
        (names(at), std::fs::read_to_string(at.join("README.md")).expect("a file")),
        (before, "mine".to_owned())
    );
    let run = bulou(at, &["init", "LICENSE"]);
    assert_eq!(run.status.code(), Some(2), "{run:?}");
    assert!(String::from_utf8_lossy(&run.stderr).contains("LICENSE"), "{run:?}");
}

#[test]
fn what_cannot_be_written_leaves_nothing_behind() {
    let folder = tempfile::tempdir().expect("a folder");
    // A name of so many bytes is none; all that is above it can be made.
    let deep = folder.path().join("new").join("a".repeat(4000));
    let run = bulou(folder.path(), &["init", deep.to_str().expect("a path")]);
    assert_eq!(run.status.code(), Some(2), "{run:?}");
    assert_eq!(names(folder.path()), Vec::<PathBuf>::new());
}

#[test]
fn a_pack_of_one_s_own_comes_along_and_one_without_a_county_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/campus-safety");
    let run = bulou(at, &["init", "--pack", own.to_str().expect("a path"), "county"]);
    assert_eq!(run.status.code(), Some(0), "{run:?}");
    let check = ["check", "--pack", "pack", "--own-day", "--county", "全县.json", "submissions"];
    assert_eq!(bulou(&at.join("county"), &check).status.code(), Some(0));
    assert!(bulou(at, &["new", "small"]).status.success());
    let run = bulou(at, &["init", "--pack", "small", "other"]);
    assert!(run.status.code() == Some(2) && !at.join("other").exists(), "{run:?}");
    assert!(String::from_utf8_lossy(&run.stderr).contains("没有全县的案例"), "{run:?}");
    for action in ["bulou", "a/b", "a/b@v1\n", "a/b@v1 x", "-a/b@c", "a/b/c@v1", "a/$(x)@v1"] {
        let run = bulou(at, &["init", &format!("--action={action}"), "other"]);
        assert!(run.status.code() == Some(2) && !at.join("other").exists(), "{action}: {run:?}");
    }
}
