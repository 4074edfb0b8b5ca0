//! A parameter that is not set as the pack has it is told in every form of output: who reads a verdict has to know that it
//! is not by the pack's own rules.

#![allow(clippy::expect_used, clippy::disallowed_methods, reason = "a test may fail, and starts the program on files")]

use std::io::Read as _;
use std::path::Path;
use std::process::Command;

const NAME: &str = "每日巡查下限";

fn program(folder: &Path, args: &[&str]) -> Vec<u8> {
    let output = Command::new(env!("CARGO_BIN_EXE_bulou")).current_dir(folder).args(args).output();
    output.expect("the program runs").stdout
}

/// The forms of output that a command knows, by its own help.
fn formats(command: &str) -> Vec<String> {
    let help = String::from_utf8(program(Path::new("."), &[command, "--help"])).expect("UTF-8");
    let (_, rest) = help.split_once("--format <FORMAT>").expect("an option");
    let of_another = |line: &&str| line.starts_with('-') && !line.starts_with("- ");
    let values = rest.lines().map(str::trim).take_while(|line| !of_another(line));
    let values = values.filter_map(|line| line.strip_prefix("- "));
    values.filter_map(|line| line.split_once(':').map(|(name, _)| name.to_owned())).collect()
}

/// The texts of an output, within an archive too.
fn texts(bytes: &[u8]) -> String {
    let mut text = String::from_utf8_lossy(bytes).into_owned();
    if let Ok(mut archive) = zip::ZipArchive::new(std::io::Cursor::new(bytes)) {
        for index in 0..archive.len() {
            let _ = archive.by_index(index).expect("a file").read_to_string(&mut text);
        }
    }
    text
}

#[test]
fn every_form_of_output_tells_what_differs_from_the_packs_parameters() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let pack = root.join("rules/campus-safety").display().to_string();
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["南街小学.json", "北关小学-有问题.json"] {
        std::fs::copy(root.join("tests/samples").join(name), folder.path().join(name)).expect("a copy");
    }
    std::fs::copy(root.join("tests/county/全县.json"), folder.path().join("county.json")).expect("a copy");
    let schools = ["南街小学.json", "北关小学-有问题.json"];
    let asked = |value: &'static str| [format!("{NAME}={value}"), pack.clone()];
    let run = |command: &str, format: &str, value: &'static str| {
        let [param, pack] = asked(value);
        let mut args = vec![command, schools[0], schools[1], "--format", format, "--as-of", "2022-06-28"];
        args.extend(["--pack", &pack, "--param", &param, "-o", "out"]);
        if command == "county" {
            args.extend(["--county", "county.json"]);
        }
        program(folder.path(), &args);
        texts(&std::fs::read(folder.path().join("out")).expect("an output"))
    };
    for command in ["check", "county"] {
        let formats = formats(command);
        assert!(formats.len() >= 5, "{formats:?}");
        for format in formats {
            // What is told of the change: JSON has names of its own for it.
            let told = |text: &str| text.contains("参数与规则集不同") || text.contains("\"params_changed\"");
            let changed = run(command, &format, "1");
            assert!(told(&changed) && changed.contains(NAME), "{command} {format}: {changed}");
            assert!(!told(&run(command, &format, "5")), "{command} {format}: as the pack has it");
        }
    }
    let [param, pack] = asked("1");
    let args = ["check", schools[0], "--pack", &pack, "--param", &param, "--annotated", "a.xlsx"];
    program(folder.path(), &[&args[..], &["--as-of", "2022-06-28"]].concat());
    let annotated = texts(&std::fs::read(folder.path().join("a.xlsx")).expect("a workbook"));
    assert!(annotated.contains("参数与规则集不同: 每日巡查下限 1(规则集 5)"));
}
