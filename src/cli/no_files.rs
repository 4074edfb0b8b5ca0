//! Every argument that names what is read, of every command, taken from the definition of the command line itself: given a
//! pipe, a device, a folder where a file is meant, or more bytes than any such file has, the command ends and names it,
//! and nothing of it is opened. And none of them is written over, nor written into where that would spoil it.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panic")]

use std::any::TypeId;
use std::fs::{File, OpenOptions};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command as Program;
use std::thread;
use std::time::Duration;

use clap::{Arg, Command, CommandFactory as _, Parser as _};

use super::outputs::{Outputs, Written};
use super::{Cli, Lang, outcome};

/// Commands that use no pack of their own, or none at all; one of them waits for an editor.
const WITHOUT_PACK: [&str; 7] = ["completions", "diff", "explain", "lsp", "man", "new", "verify"];
/// What is named in reports, which are exit code 2: documents, and rule files.
const REPORTED: [(&str, &str); 5] =
    [("check", "paths"), ("county", "paths"), ("diff", "data"), ("fmt", "files"), ("fmt", "pack")];
/// Arguments that may be folders.
const FOLDERS: [&str; 8] = ["folder", "paths", "path", "pack", "files", "data", "published", "old"];

const PACK: &str = "规则集 t \"测试\" { 版本 1 }
来源 文 外部 \"文\"
记录 名 { 标识码: 文本  名称: 文本 }
数据 学校 { 标识 标识码  标识码: 文本  数: 整数 }
数据 全县 { 名册 名册.标识码  名册: [名]  各校: 汇总 学校 }
规则 甲 \"甲\" { 依据 文 要求 数 ≥ 1 不符 \"少\" 整改 \"改\" }
规则 乙 \"乙\" 范围 全县 { 依据 文 要求 各校.标识码 不漏 名册.标识码 不符 \"{遗漏}\" 整改 \"改\" }
";

/// A folder with all that commands need besides the argument that is tried.
struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        let place = Self(tempfile::tempdir().expect("a folder"));
        for folder in ["pack", "published", "empty"] {
            std::fs::create_dir(place.0.path().join(folder)).expect("a folder");
        }
        let write = |name: &str, text: &str| std::fs::write(place.0.path().join(name), text).expect("a file");
        write("pack/p.bulou", PACK);
        write("a.json", "{\"标识码\": \"1\", \"数\": 1}");
        write("k.json", "{\"名册\": [{\"标识码\": \"1\", \"名称\": \"甲\"}]}");
        write("key", "untrusted comment: a key\nRWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3\n");
        let pipe = place.0.path().join("pipe");
        assert!(Program::new("mkfifo").arg(&pipe).status().expect("mkfifo").success());
        let large = File::create(place.0.path().join("large")).expect("a file");
        large.set_len(3 << 30).expect("a hole");
        place
    }

    fn path(&self, name: &str) -> String {
        self.0.path().join(name).to_str().expect("UTF-8").to_owned()
    }

    /// What a command needs for an argument besides the one that is tried.
    fn given(&self, command: &str, arg: &str, tried: &str) -> Option<String> {
        let of_published = ["published", "public_key", "accepted"].contains(&tried);
        let name = match (command, arg) {
            // They name their packs themselves, and refuse another.
            ("diff" | "new", "pack") => return None,
            (_, "pack") if tried != "path" && tried != "old" && !of_published => "pack",
            ("check", "paths") => "a.json",
            ("county", "county") => "k.json",
            ("check" | "county" | "diff", "output") => "out",
            ("diff", "old" | "new") => "pack",
            ("publish", "output") | ("init", "folder") => "new",
            ("publish", "public_key") if !["key", "password_file"].contains(&tried) => "key",
            ("publish", "key") if tried == "password_file" => "key",
            ("verify", "path") => "published",
            ("verify", "public_key") => "key",
            (_, "published") if of_published => "published",
            (_, "public_key") if of_published && command != "publish" => "key",
            _ => return None,
        };
        Some(self.path(name))
    }

    /// The command line in which `tried` is `bad`.
    fn line(&self, command: &Command, tried: &str, bad: &str) -> Vec<String> {
        self.line_with(command, tried, &[(tried, bad)])
    }

    /// The command line that tries an argument, with these values.
    fn line_with(&self, command: &Command, tried: &str, values: &[(&str, &str)]) -> Vec<String> {
        let mut line = vec!["bulou".to_owned(), command.get_name().to_owned()];
        let (positional, options): (Vec<&Arg>, Vec<&Arg>) =
            command.get_arguments().partition(|arg| arg.is_positional());
        for arg in options.into_iter().chain(positional) {
            let id = arg.get_id().as_str();
            let own = values.iter().find(|(arg, _)| *arg == id).map(|(_, value)| (*value).to_owned());
            let Some(value) = own.or_else(|| self.given(command.get_name(), id, tried)) else { continue };
            line.extend(arg.get_long().map(|long| format!("--{long}")));
            line.push(value);
        }
        line
    }
}

/// What the command came to; none when it opened the pipe.
fn ended(line: &[String], pipe: &Path) -> Option<Result<u8, String>> {
    let cli = Cli::try_parse_from(line).unwrap_or_else(|error| panic!("{line:?}: {error}"));
    let run = thread::spawn(move || outcome(&cli));
    let mut opened = false;
    while !run.is_finished() {
        // Only what somebody reads can be opened so; closing it lets the reader end.
        opened |= OpenOptions::new().write(true).custom_flags(NONBLOCK).open(pipe).is_ok();
        thread::sleep(Duration::from_millis(1));
    }
    let outcome = run.join().expect("no panic");
    (!opened).then_some(outcome)
}

const NONBLOCK: i32 = rustix::fs::OFlags::NONBLOCK.bits() as i32;

#[test]
fn whatever_names_what_is_read_refuses_what_is_no_file() {
    let place = Place::new();
    let pipe = PathBuf::from(place.path("pipe"));
    let mut cli = Cli::command();
    cli.build();
    let (mut tried, mut wrong) = (0, Vec::new());
    for command in cli.get_subcommands().filter(|command| !["help", super::PARSE].contains(&command.get_name())) {
        let is_path = |arg: &&Arg| arg.get_value_parser().type_id() == TypeId::of::<PathBuf>();
        for arg in command.get_arguments().filter(is_path) {
            let (name, id) = (command.get_name(), arg.get_id().as_str());
            if id == "pack" && WITHOUT_PACK.contains(&name) {
                continue;
            }
            let may_be_folder = FOLDERS.contains(&id) || id == "new" || (name, id) == ("publish", "output");
            let folder = if may_be_folder { None } else { Some(place.path("empty")) };
            let bad = [Some(place.path("pipe")), Some("/dev/zero".to_owned()), folder, Some(place.path("large"))];
            for bad in bad.into_iter().flatten() {
                tried += 1;
                // What an earlier command wrote is nothing to go on from.
                let _ = std::fs::remove_dir_all(place.path("new"));
                let line = place.line(command, id, &bad);
                let refused = match ended(&line, &pipe) {
                    Some(Err(words)) => words.contains(&bad),
                    Some(Ok(code)) => code == 2 && REPORTED.contains(&(name, id)),
                    None => false,
                };
                if !refused {
                    wrong.push(line.join(" "));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {tried}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(tried > 100, "{tried}");
}

/// What is said of a command line whose outputs are inputs.
fn apart(line: &[String]) -> Result<(), String> {
    let mut command = Cli::command();
    let matches = command.try_get_matches_from_mut(line).unwrap_or_else(|error| panic!("{line:?}: {error}"));
    Outputs::of(&command, &matches, Lang::Zh).map(drop)
}

#[test]
fn no_output_is_or_lies_in_what_an_argument_names_to_be_read() {
    let place = Place::new();
    let mut cli = Cli::command();
    cli.build();
    std::fs::write(place.path("published/index.json"), "{}").expect("a file");
    std::os::unix::fs::symlink("published/index.json", place.path("to-index")).expect("a link");
    std::os::unix::fs::symlink("nowhere", place.path("to-nowhere")).expect("a link");
    std::os::unix::fs::symlink("published", place.path("to-published")).expect("a link");
    let (mut tried, mut wrong) = (0, Vec::new());
    for command in cli.get_subcommands().filter(|command| command.get_name() != super::PARSE) {
        let of = |kind: TypeId| move |arg: &&Arg| arg.get_value_parser().type_id() == kind;
        let written: Vec<&Arg> = command.get_arguments().filter(of(TypeId::of::<Written>())).collect();
        for output in &written {
            let output = output.get_id().as_str();
            let mut expect = |input: &str, read: &str, write: &str, refused: bool| {
                tried += 1;
                let line = place.line_with(command, input, &[(input, &place.path(read)), (output, &place.path(write))]);
                if apart(&line).is_err() != refused {
                    wrong.push(line.join(" "));
                }
            };
            for input in command.get_arguments().filter(of(TypeId::of::<PathBuf>())) {
                let input = input.get_id().as_str();
                for (read, write) in [("a.json", "a.json"), ("a.json", "empty/../a.json"), ("nowhere", "to-nowhere")] {
                    expect(input, read, write, true);
                }
                expect(input, "a.json", "new.json", false);
                if FOLDERS.contains(&input) || input == "new" {
                    expect(input, "published", "published/index.json", true);
                    expect(input, "to-published", "to-index", true);
                    expect(input, "published", "to-published/x.json", input == "published");
                    expect(input, "published", "published.json", false);
                }
            }
            for other in written.iter().map(|arg| arg.get_id().as_str()).filter(|other| *other != output) {
                expect(other, "to-nowhere", "nowhere", true);
                expect(other, "x", "y", false);
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {tried}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(tried > 100, "{tried}");
}

#[test]
fn no_output_waits_for_somebody_to_read_it() {
    let place = Place::new();
    let mut cli = Cli::command();
    cli.build();
    for command in cli.get_subcommands() {
        let is_written = |arg: &&Arg| arg.get_value_parser().type_id() == TypeId::of::<Written>();
        for arg in command.get_arguments().filter(is_written) {
            let line = place.line(command, arg.get_id().as_str(), &place.path("pipe"));
            let cli = Cli::try_parse_from(&line).unwrap_or_else(|error| panic!("{line:?}: {error}"));
            let ended = outcome(&cli);
            assert!(ended.as_ref().is_err_and(|words| words.contains("管道")), "{line:?}: {ended:?}");
        }
    }
}
