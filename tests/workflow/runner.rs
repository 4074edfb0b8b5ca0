//! A runner that does with the workflow what GitHub does, as far as the workflow goes.

use std::collections::BTreeMap;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

/// The action in the workflow.
pub const CHECK: &str = "OWNER/bulou@v0.1.0";

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
            if within != "run" && content.starts_with('#') {
                continue;
            }
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

/// What `bulou init` is given besides the folder.
pub fn init(folder: &Path, options: &[&str]) {
    let run =
        Command::new(env!("CARGO_BIN_EXE_bulou")).args(["init", "--action", CHECK]).args(options).arg(folder).output();
    let run = run.expect("the program runs");
    assert!(run.status.success(), "{run:?}");
}

/// The workflow as `bulou init` writes it.
fn workflow() -> &'static str {
    static WORKFLOW: LazyLock<String> = LazyLock::new(|| {
        let folder = tempfile::tempdir().expect("a folder");
        init(folder.path(), &[]);
        std::fs::read_to_string(folder.path().join(".github/workflows/check.yml")).expect("the workflow")
    });
    &WORKFLOW
}

/// The steps of the workflow.
fn steps() -> Vec<Step> {
    let steps = workflow().split("    steps:\n").nth(1).expect("its steps");
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
pub struct Ran {
    pub outputs: BTreeMap<String, String>,
    /// Steps that failed, by name, id or action.
    pub failed: Vec<String>,
    /// The exit code of the check itself, which the runner does not tell apart.
    pub code: Option<i32>,
    /// All that was printed.
    pub log: String,
}

impl Ran {
    pub fn lines(&self, output: &str) -> Vec<&str> {
        self.outputs.get(output).expect("an output").lines().collect()
    }
}

/// A clone of a county's repository, and a branch in it.
pub struct Branch(PathBuf);

/// Whoever has a document of its kind on the roster passes by the pack; nobody does by the one that asks for more.
pub const RULES: &str = "规则集 甲 \"甲县\" { 版本 1 }\n来源 文 外部 \"文\"\n记录 校项 { 标识码: 文本 名称: 文本 日期: 日期 已发生 }\n数据 学校 { 标识 校.标识码 名称 校.名称 日期 校.日期 校: 校项 人数: 整数 }\n记录 名册项 { 标识码: 文本 名称: 文本 }\n数据 全县 { 名册 名册.标识码 名册: [名册项] 各校: 汇总 学校 }\n规则 够 \"人数够\" { 依据 文 责任 \"学校\" 要求 人数 ≥ 10 整改 \"补\" }\n规则 都交 \"都交表\" 范围 全县 { 依据 文 责任 \"教体局\" 要求 各校.校.标识码 不漏 名册.标识码 }\n";

pub fn school(code: &str, count: u32) -> String {
    format!(
        "{{\"校\": {{\"标识码\": \"{code}\", \"名称\": \"{code}校\", \"日期\": \"2022-06-28\"}}, \"人数\": {count}}}"
    )
}

pub fn roster(codes: &[&str]) -> String {
    let rows: Vec<String> =
        codes.iter().map(|code| format!("{{\"标识码\": \"{code}\", \"名称\": \"{code}校\"}}")).collect();
    format!("{{\"名册\": [{}]}}", rows.join(", "))
}

impl Branch {
    /// A repository with a pack, a roster and some submissions on its base branch.
    pub fn new(name: &str, submissions: &[(&str, &str)]) -> Self {
        Self::begun(name, |branch| {
            branch.write("pack/pack.bulou", RULES);
            branch.write("全县.json", &roster(&["100"]));
            branch.write("submissions/.gitkeep", "");
            submissions.iter().for_each(|(file, text)| branch.write(&format!("submissions/{file}"), text));
        })
    }

    /// A repository whose base branch holds what is written here.
    pub fn begun(name: &str, write: impl FnOnce(&Self)) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("workflow").join(name);
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(folder.join("runner/bulou/bin")).expect("a folder");
        symlink(env!("CARGO_BIN_EXE_bulou"), folder.join("runner/bulou/bin/bulou")).expect("a link");
        let branch = Self(folder);
        std::fs::create_dir_all(branch.path("")).expect("a folder");
        write(&branch);
        branch.git(&["init", "-q", "-b", "main"]);
        branch.write(".git/info/exclude", "county.html\nbulou.sarif\n");
        branch.commit();
        branch.git(&["update-ref", "refs/remotes/origin/main", "HEAD"]);
        branch
    }

    pub fn path(&self, file: &str) -> PathBuf {
        self.0.join("work").join(file)
    }

    pub fn write(&self, file: &str, text: &str) {
        std::fs::create_dir_all(self.path(file).parent().expect("a parent")).expect("a folder");
        std::fs::write(self.path(file), text).expect("written");
    }

    pub fn remove(&self, file: &str) {
        std::fs::remove_file(self.path(file)).expect("removed");
    }

    pub fn git(&self, args: &[&str]) {
        let set = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"];
        let done = Command::new("git").current_dir(self.0.join("work")).args(set).args(args).status();
        assert!(done.expect("git runs").success(), "{args:?}");
    }

    pub fn commit(&self) {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "--allow-empty", "-m", "x"]);
    }

    /// Runs the workflow over what is committed now.
    pub fn run(&self) -> Ran {
        self.commit();
        // The runner's folder is another one each time.
        let _ = std::fs::remove_dir_all(self.0.join("runner/base"));
        let mut ran = Ran::default();
        for step in steps() {
            let action = step.key("uses");
            let script = match action {
                "" => step.run.clone(),
                CHECK => check(),
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
            if action == CHECK {
                ran.code = run.status.code();
            }
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
        // No variable of the repository is set.
        let mut filled = value.replace("${{ vars.BULOU_WHEEL }}", "");
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
