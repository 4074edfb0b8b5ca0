//! The workflow that `docs/bureau.md` documents, its steps run as they stand over a pull request in a county's repository.
#![cfg(unix)]
#![allow(
    clippy::expect_used,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test starts programs and may fail"
)]

use std::collections::BTreeMap;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

fn repository(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn read(name: &str) -> String {
    std::fs::read_to_string(repository(name)).expect("the file")
}

/// A step: its keys, those of `env` and `with`, and its script.
#[derive(Default)]
struct Step {
    keys: BTreeMap<String, String>,
    under: BTreeMap<String, String>,
    run: String,
}

impl Step {
    fn key(&self, key: &str) -> &str {
        self.keys.get(key).map_or("", String::as_str)
    }

    /// Of the lines of a list's item: keys stand eight blanks in, what belongs to them ten.
    fn of(text: &str) -> Self {
        let mut step = Self::default();
        let mut within = String::new();
        for line in format!("        {text}").lines() {
            let content = line.trim_start();
            let depth = line.len() - content.len();
            let pair = content.split_once(": ").or_else(|| content.strip_suffix(':').map(|key| (key, "")));
            if depth == 8 {
                let (key, value) = pair.expect("a key");
                within = key.to_owned();
                step.keys.insert(within.clone(), value.to_owned());
            } else if within == "run" {
                step.run += line.get(10..).unwrap_or_default();
                step.run.push('\n');
            } else if let Some((key, value)) = pair {
                let value = value.split(" # ").next().unwrap_or_default();
                step.under.insert(key.to_owned(), value.to_owned());
            }
        }
        step
    }
}

/// The steps of the workflow in the guide.
fn steps() -> Vec<Step> {
    let guide = read("docs/bureau.md");
    let workflow = guide.split("```yaml").nth(1).and_then(|rest| rest.split("```").next()).expect("the workflow");
    let steps = workflow.split("    steps:\n").nth(1).expect("its steps");
    steps.split("\n      - ").map(|step| Step::of(step.trim_start().trim_start_matches("- ").trim_end())).collect()
}

/// What the action's step `Check` runs.
fn check() -> String {
    let action = read("action.yml");
    let script = action.split("- name: Check").nth(1).and_then(|step| step.split("run: |\n").nth(1)).expect("a script");
    script.lines().map(|line| line.trim_start_matches("        ")).collect::<Vec<_>>().join("\n")
}

/// What a run of the workflow came to.
#[derive(Default)]
struct Ran {
    outputs: BTreeMap<String, String>,
    /// Steps that failed, by name, id or action.
    failed: Vec<String>,
    /// All that was printed.
    log: String,
}

impl Ran {
    fn lines(&self, output: &str) -> Vec<&str> {
        self.outputs.get(output).expect("an output").lines().collect()
    }
}

/// A clone of a county's repository, and a branch in it.
struct Branch(PathBuf);

/// Whoever has a document of its kind on the roster passes by the pack; nobody does by the one that asks for more.
const RULES: &str = "规则集 甲 \"甲县\" { 版本 1 }\n来源 文 外部 \"文\"\n记录 校项 { 标识码: 文本 名称: 文本 日期: 日期 已发生 }\n数据 学校 { 标识 校.标识码 名称 校.名称 日期 校.日期 校: 校项 人数: 整数 }\n记录 名册项 { 标识码: 文本 名称: 文本 }\n数据 全县 { 名册 名册.标识码 名册: [名册项] 各校: 汇总 学校 }\n规则 够 \"人数够\" { 依据 文 责任 \"学校\" 要求 人数 ≥ 10 整改 \"补\" }\n规则 都交 \"都交表\" 范围 全县 { 依据 文 责任 \"教体局\" 要求 各校.校.标识码 不漏 名册.标识码 }\n";

fn school(code: &str, count: u32) -> String {
    format!(
        "{{\"校\": {{\"标识码\": \"{code}\", \"名称\": \"{code}校\", \"日期\": \"2022-06-28\"}}, \"人数\": {count}}}"
    )
}

fn roster(codes: &[&str]) -> String {
    let rows: Vec<String> =
        codes.iter().map(|code| format!("{{\"标识码\": \"{code}\", \"名称\": \"{code}校\"}}")).collect();
    format!("{{\"名册\": [{}]}}", rows.join(", "))
}

impl Branch {
    /// A repository with a pack, a roster and some submissions on its base branch.
    fn new(name: &str, submissions: &[(&str, &str)]) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("workflow").join(name);
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(folder.join("runner/bulou/bin")).expect("a folder");
        symlink(env!("CARGO_BIN_EXE_bulou"), folder.join("runner/bulou/bin/bulou")).expect("a link");
        let branch = Self(folder);
        branch.write("pack/pack.bulou", RULES);
        branch.write("全县.json", &roster(&["100"]));
        branch.write("submissions/.gitkeep", "");
        submissions.iter().for_each(|(file, text)| branch.write(&format!("submissions/{file}"), text));
        branch.git(&["init", "-q", "-b", "main"]);
        branch.write(".git/info/exclude", "county.html\nbulou.sarif\n");
        branch.commit();
        branch.git(&["update-ref", "refs/remotes/origin/main", "HEAD"]);
        branch
    }

    fn path(&self, file: &str) -> PathBuf {
        self.0.join("work").join(file)
    }

    fn write(&self, file: &str, text: &str) {
        std::fs::create_dir_all(self.path(file).parent().expect("a parent")).expect("a folder");
        std::fs::write(self.path(file), text).expect("written");
    }

    fn remove(&self, file: &str) {
        std::fs::remove_file(self.path(file)).expect("removed");
    }

    fn git(&self, args: &[&str]) {
        let set = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"];
        let done = Command::new("git").current_dir(self.0.join("work")).args(set).args(args).status();
        assert!(done.expect("git runs").success(), "{args:?}");
    }

    fn commit(&self) {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "--allow-empty", "-m", "x"]);
    }

    /// Runs the workflow over what is committed now.
    fn run(&self) -> Ran {
        self.commit();
        // The runner's folder is another one each time.
        let _ = std::fs::remove_dir_all(self.0.join("runner/base"));
        let mut ran = Ran::default();
        for step in steps() {
            let action = step.key("uses");
            let script = match action {
                "" => step.run.clone(),
                _ if action.starts_with("OWNER/bulou@") => check(),
                _ => continue,
            };
            if !self.holds(step.key("if"), &ran) {
                continue;
            }
            let written = self.0.join("output");
            let _ = std::fs::remove_file(&written);
            let with = step.under.iter().map(|(key, value)| {
                let key = if action.is_empty() { key.clone() } else { key.to_uppercase() };
                (key, self.filled(value, &ran))
            });
            let run = Command::new("bash")
                .args(["--noprofile", "--norc", "-eo", "pipefail", "-c", &script])
                .current_dir(self.0.join("work"))
                .envs([("AS_OF", ""), ("PUBLISHED", ""), ("PUBLIC_KEY", ""), ("PACK", ""), ("COUNTY", "")])
                .envs([("FAIL_ON", "undetermined"), ("SARIF", "bulou.sarif"), ("GITHUB_BASE_REF", "main")])
                .envs([("RUNNER_TEMP", self.0.join("runner")), ("GITHUB_OUTPUT", written.clone())])
                .envs(with)
                .output()
                .expect("bash runs");
            ran.log += &String::from_utf8_lossy(&run.stdout);
            ran.log += &String::from_utf8_lossy(&run.stderr);
            if !run.status.success() {
                ran.failed.push([step.key("name"), step.key("id"), action].concat());
            }
            let text = std::fs::read_to_string(written).unwrap_or_default();
            ran.outputs.extend(outputs(&text));
        }
        ran
    }

    /// What stands for `${{ … }}`.
    fn filled(&self, value: &str, ran: &Ran) -> String {
        let mut filled = value.replace("${{ runner.temp }}", self.0.join("runner").to_str().expect("a path"));
        for (name, value) in &ran.outputs {
            filled = filled.replace(&format!("${{{{ steps.changed.outputs.{name} }}}}"), value);
        }
        assert!(!filled.contains("${{") || ran.outputs.is_empty(), "{filled}");
        filled
    }

    /// Whether a step runs: the conditions that the workflow uses, and no others.
    fn holds(&self, condition: &str, ran: &Ran) -> bool {
        let always = condition.strip_prefix("always() && ");
        let test = always.unwrap_or(condition);
        let output = |name: &str| {
            let name = name.strip_prefix("steps.changed.outputs.").expect("an output of the first step");
            ran.outputs.get(name).cloned().unwrap_or_default()
        };
        let holds = match (test, test.strip_suffix(" != ''"), test.strip_prefix("contains(")) {
            ("", ..) => true,
            (_, Some(name), _) => !output(name).is_empty(),
            (.., Some(call)) => {
                let (name, part) = call.strip_suffix("')").and_then(|call| call.split_once(", '")).expect("two parts");
                output(name).contains(part)
            }
            _ => panic!("what is `{condition}`?"),
        };
        holds && (always.is_some() || ran.failed.is_empty())
    }
}

/// What a step handed on, as the runner reads it: `NAME=VALUE`, or `NAME<<END`, lines, and a line `END`.
fn outputs(text: &str) -> Vec<(String, String)> {
    let (mut read, mut lines) = (Vec::new(), text.lines());
    while let Some(line) = lines.next() {
        let (name, value) = match line.split_once("<<").filter(|(name, _)| !name.contains('=')) {
            Some((name, end)) => (name, lines.by_ref().take_while(|line| *line != end).collect::<Vec<_>>().join("\n")),
            None => line
                .split_once('=')
                .map(|(name, value)| (name, value.to_owned()))
                .expect("a line that the runner takes"),
        };
        read.push((name.to_owned(), value));
    }
    read
}

const CHECK: &str = "OWNER/bulou@v0.1.0";

#[test]
fn a_school_that_hands_in_passes_by_the_rules_of_the_base() {
    let branch = Branch::new("added", &[]);
    branch.write("submissions/a.json", &school("100", 12));
    let ran = branch.run();
    assert_eq!(ran.failed, [""; 0], "{}", ran.log);
    assert_eq!(ran.lines("paths"), ["submissions/a.json"]);
    assert_eq!((ran.lines("taken"), ran.lines("stray"), ran.lines("bureau")), (vec![], vec![], vec![]));
    assert!(branch.path("county.html").exists());
    branch.write("submissions/b.json", &school("100", 3));
    assert_eq!(branch.run().failed, [CHECK]);
}

#[test]
fn a_document_under_another_school_s_code_or_one_of_nobody_fails() {
    let named = |code: &str, name: &str| school(code, 12).replace(&format!("{code}校"), name);
    for (text, fails) in [
        (named("100", " 100\u{3000}校\u{200B}"), false),
        (named("100", "300校"), true),
        // It is on the roster of nobody but the school itself.
        (named("300", "300校"), true),
    ] {
        let branch = Branch::new("whose", &[]);
        branch.write("submissions/a.json", &text);
        let ran = branch.run();
        assert_eq!(ran.failed.contains(&CHECK.to_owned()), fails, "{text}: {}", ran.log);
        assert_eq!(ran.log.contains("title=D072"), fails, "{text}: {}", ran.log);
        assert!(ran.failed.len() == usize::from(fails) && branch.path("county.html").exists(), "{:?}", ran.failed);
    }
}

#[test]
fn the_roster_that_is_proposed_has_to_have_all_who_handed_in() {
    let branch = Branch::new("roster", &[("a.json", &school("100", 12))]);
    branch.write("全县.json", &roster(&["300"]));
    assert_eq!(branch.run().failed, [CHECK]);
    branch.write("全县.json", &roster(&["100", "100"]));
    assert_eq!(branch.run().failed, [CHECK], "a roster that is not clear is none");
}

#[test]
fn a_school_brings_neither_rules_nor_roster() {
    for (file, text) in [
        ("pack/pack.bulou", RULES.replace("人数 ≥ 10", "人数 ≥ 1")),
        ("全县.json", roster(&["100", "300"])),
        (".github/workflows/check.yml", "on: push".to_owned()),
        ("pack/cases/a.json", "{}".to_owned()),
    ] {
        let branch = Branch::new("rules", &[]);
        branch.write("submissions/a.json", &school("100", 3));
        branch.write(file, &text);
        let ran = branch.run();
        assert!(ran.failed.contains(&CHECK.to_owned()), "by other rules it would pass: {}", ran.log);
        assert!(ran.failed.contains(&"The bureau's files change apart".to_owned()), "{file}: {}", ran.log);
        assert!(ran.log.contains(file), "{}", ran.log);
        // The report goes by the roster of the base, on which there is one school.
        let report = std::fs::read_to_string(branch.path("county.html")).expect("a report");
        assert!(!report.contains("300校"), "{file}");
    }
}

#[test]
fn what_stands_in_no_place_fails_and_is_named() {
    for file in ["a.json", "Submissions/镇/a.json", "submission/a.json", "submissions2/a.json", "packs/a.bulou"] {
        let branch = Branch::new("stray", &[("z.json", &school("100", 12))]);
        branch.write(file, &school("200", 3));
        let ran = branch.run();
        assert_eq!(ran.failed, ["Everything stands in its place"], "{file}: {}", ran.log);
        assert!(ran.log.contains(file), "{}", ran.log);
    }
}

#[test]
fn the_bureau_s_own_change_is_named_and_does_not_judge_yet() {
    let branch = Branch::new("bureau", &[("a.json", &school("100", 3))]);
    branch.write("全县.json", &roster(&["100", "300"]));
    let ran = branch.run();
    assert_eq!(ran.failed, [CHECK], "{}", ran.log);
    assert!(ran.log.contains("changed: 全县.json") && ran.log.contains("::warning::"), "{}", ran.log);
    let report = std::fs::read_to_string(branch.path("county.html")).expect("a report");
    assert!(report.contains("300校"), "the report shows the roster that is proposed");
    let branch = Branch::new("bureau-pack", &[("a.json", &school("100", 3))]);
    branch.write("pack/pack.bulou", &RULES.replace("人数 ≥ 10", "人数 ≥ 1"));
    assert!(branch.run().failed.contains(&CHECK.to_owned()), "the rules of the base are in force");
    branch.write("pack/pack.bulou", "规则 坏 {");
    let ran = branch.run();
    assert!(ran.failed.contains(&"The rules that are proposed hold".to_owned()), "{}", ran.log);
}

#[test]
fn a_submission_that_is_deleted_moved_or_overwritten_is_told() {
    // Two schools' documents are so like one another that git sees a rename.
    let like = school("100", 12);
    let before = [("a.json", like.as_str()), ("b.json", "{}"), ("c.json", "[]"), ("d.json", "{\"d\": 1}")];
    let branch = Branch::new("taken", &before);
    branch.remove("submissions/a.json");
    branch.write("submissions/new.json", &school("101", 12));
    branch.write("submissions/b.json", "{\"of another\": 1}");
    branch.remove("submissions/c.json");
    branch.write("submissions/\"二\"\t.json", "{}");
    let ran = branch.run();
    let within = |names: [&str; 3]| names.map(|name| format!("submissions/{name}")).to_vec();
    assert_eq!(ran.lines("paths"), within(["\"二\"\t.json", "b.json", "new.json"]));
    assert_eq!(ran.lines("taken"), within(["a.json", "b.json", "c.json"]));
    assert!(ran.failed.contains(&"Nothing is taken back unnoticed".to_owned()), "{}", ran.log);
}

#[test]
fn a_pull_request_without_submissions_has_all_of_them_checked() {
    let branch = Branch::new("none", &[("a.json", &school("100", 12))]);
    branch.write("README.md", "words");
    let ran = branch.run();
    assert_eq!((ran.lines("paths"), ran.lines("bureau")), (vec!["submissions"], vec!["README.md"]));
    assert_eq!(ran.failed, [""; 0], "{}", ran.log);
}

#[test]
fn without_the_base_nothing_is_compared() {
    let branch = Branch::new("no-base", &[("a.json", "{}")]);
    branch.git(&["update-ref", "-d", "refs/remotes/origin/main"]);
    let ran = branch.run();
    assert_eq!(ran.failed, ["changed"]);
    assert!(ran.outputs.is_empty());
}

#[test]
fn a_name_of_several_lines_is_refused() {
    for name in ["submissions/b\nsubmissions\r.json", "submissions/a.json\r", "pack/a\nb"] {
        let branch = Branch::new("lines-in-a-name", &[("a.json", "{}")]);
        branch.write(name, "{}");
        assert_eq!(branch.run().failed, ["changed"], "{name:?}");
    }
}

#[test]
fn no_name_of_a_file_speaks_to_the_runner() {
    let branch = Branch::new("spoken", &[]);
    branch.write("submissions/a.json", &school("100", 3));
    let names = [
        "END-OF-PATHS",
        "paths=submissions/none.json",
        "stray=",
        "x<<END-OF-PATHS",
        "::notice::all is well",
        "##[notice]all is well",
    ];
    names.iter().for_each(|name| branch.write(name, "x"));
    let ran = branch.run();
    assert_eq!(ran.lines("paths"), ["submissions/a.json"]);
    assert!(
        ran.failed.contains(&CHECK.to_owned()) && ran.failed.contains(&"Everything stands in its place".to_owned())
    );
    let (before, after) = ran.log.split_once("::stop-commands::").expect("names are printed where no command is taken");
    let (secret, after) = after.split_once('\n').expect("a line");
    let (silent, _) = after.split_once(&format!("::{secret}::")).expect("an end");
    for name in names {
        assert!(ran.lines("stray").contains(&name) && silent.contains(name) && !before.contains(name), "{name}");
    }
    assert_ne!(secret, branch.run().outputs["silence"], "nobody knows it before");
}
