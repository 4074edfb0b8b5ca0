use std::collections::BTreeSet;

use clap::CommandFactory as _;

use super::*;
use crate::{Cli, PARSE};

/// Whether a text has Chinese in it.
fn chinese(text: &str) -> bool {
    text.chars().any(|c| matches!(c, '\u{3000}'..='\u{303F}' | '\u{4E00}'..='\u{9FFF}' | '\u{FF00}'..='\u{FFEF}'))
}

/// The key under which a text stands, of these names.
fn named(of: &str, names: &[String; 2]) -> Option<String> {
    names.iter().map(|name| key(of, name)).find(|key| texts::help(key).is_some())
}

#[test]
fn every_command_argument_and_value_has_its_text_and_no_text_is_left_over() {
    let mut command = told(Cli::command(), Lang::Zh);
    command.build();
    let (mut used, mut lacking) = (BTreeSet::new(), Vec::new());
    let mut take = |of: &str, names: [String; 2]| match named(of, &names) {
        Some(key) => drop(used.insert(key)),
        None => lacking.push(format!("{of} {names:?}")),
    };
    let all = std::iter::once((String::new(), &command));
    let below = command.get_subcommands().filter(|one| one.get_name() != PARSE);
    for (name, one) in all.chain(below.map(|one| (one.get_name().to_owned(), one))) {
        if !name.is_empty() {
            take("command", [name.clone(), name.clone()]);
        }
        for arg in one.get_arguments() {
            let id = arg.get_id();
            take("argument", [format!("{name}.{id}"), id.to_string()]);
            let values = if arg.get_action().takes_values() { arg.get_possible_values() } else { Vec::new() };
            for value in values {
                let plain = format!("{id}={}", value.get_name());
                take("value", [format!("{name}.{plain}"), plain]);
            }
        }
    }
    assert!(lacking.is_empty(), "{lacking:#?}");
    let all = texts::HELP.iter().map(|(key, _)| *key).filter(|key| *key != "about");
    let left: Vec<&str> = all.filter(|key| !used.contains(*key)).collect();
    assert!(left.is_empty(), "nothing has these: {left:#?}");
}

#[test]
fn each_text_is_in_its_language() {
    for (key, text) in texts::HELP {
        let [zh, en] = [Lang::Zh, Lang::En].map(|lang| text.get(lang));
        assert!(chinese(zh) && !chinese(en) && !en.is_empty(), "{key}");
    }
}

#[test]
fn the_language_is_found_wherever_it_stands() {
    let of = |line: &str| language(&line.split(' ').map(OsString::from).collect::<Vec<_>>());
    assert_eq!(of("bulou --lang en check x"), Lang::En);
    assert_eq!(of("bulou check x --lang=en --help"), Lang::En);
    assert_eq!(of("bulou check x"), Lang::Zh);
    assert_eq!(of("bulou check --lang zh en"), Lang::Zh);
    assert_eq!(of("bulou check -- --lang en"), Lang::Zh);
}

/// What clap refuses a line with.
fn refusal(line: &str, lang: Lang) -> String {
    let error = told(Cli::command(), lang).try_get_matches_from(line.split(' ')).expect_err("refused");
    if lang == Lang::Zh { refusal::worded(&error, lang).expect("words of our own") } else { error.to_string() }
}

#[test]
fn a_line_is_refused_in_the_user_s_language() {
    let lines = [
        ("bulou verfy", "没有 `verfy` 这个命令\n  是不是 verify?"),
        ("bulou check --formt json", "没有 `--formt` 这个参数\n  是不是 --format?"),
        ("bulou check --format jsn x", "不能是 `jsn`\n  可以写:text, json"),
        ("bulou publish --days many", "不能是 `many`:要写一个整数"),
        ("bulou publish --days 99999999999", "不能是 `99999999999`:要在 0 至 4294967295 之间"),
        ("bulou prove --timeout 0", "不能是 `0`:要在 1 至 3600 之间"),
        ("bulou test --mutate --min-score 101", "不能是 `101`:要在 0 至 100 之间"),
        ("bulou check x --format", "后面没有写值"),
        ("bulou check --quiet --quiet x", "只能写一次"),
        ("bulou verify", "还要写 "),
        ("bulou county --partial --all x", "不能和 "),
    ];
    for (line, words) in lines {
        let (zh, en) = (refusal(line, Lang::Zh), refusal(line, Lang::En));
        assert!(zh.contains(words), "{line}: {zh}");
        assert_eq!(zh.contains("用法: bulou"), en.contains("Usage: bulou"), "{line}: {zh}{en}");
        assert!(!zh.contains("Usage") && !zh.contains("error") && !chinese(&en), "{line}: {zh}{en}");
        assert!(!["digit", "number", "is not"].iter().any(|word| zh.contains(word)), "{line}: {zh}");
    }
}

#[test]
fn help_is_whole_in_either_language() {
    let names: Vec<String> = Cli::command().get_subcommands().map(|one| one.get_name().to_owned()).collect();
    for name in std::iter::once(String::new()).chain(names) {
        for (lang, option) in [(Lang::Zh, "-h"), (Lang::Zh, "--help"), (Lang::En, "-h"), (Lang::En, "--help")] {
            let line = ["bulou", &name, option].into_iter().filter(|word| !word.is_empty());
            let help = told(Cli::command(), lang).try_get_matches_from(line).expect_err("help").to_string();
            match lang {
                Lang::En => assert!(!chinese(&help) && help.contains("Usage: bulou"), "{name}: {help}"),
                Lang::Zh => assert!(
                    help.contains("用法: bulou")
                        && !["Usage", "Options", "Commands", "Arguments", "default:", "possible", "Print"]
                            .iter()
                            .any(|word| help.contains(word)),
                    "{name}: {help}"
                ),
            }
        }
    }
}
