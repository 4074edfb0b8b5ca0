//! What comes in beside good documents: whatever a folder holds and a caller names is read or named, and nothing is waited
//! for without end.

#![cfg(unix)]
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test starts the program and fails by panic"
)]

use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// How the double begins that macOS leaves of a file.
const DOUBLE: &[u8] = b"\0\x05\x16\x07\0\x02\0\0Mac OS X";

fn sample() -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples/南街小学.json");
    std::fs::read(path).expect("a sample")
}

fn changed(pointer: &str, to: Value) -> Vec<u8> {
    let mut document: Value = serde_json::from_slice(&sample()).expect("JSON");
    *document.pointer_mut(pointer).expect("the field") = to;
    document.to_string().into_bytes()
}

fn bulou(args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bulou"));
    command.args(args).stdin(Stdio::null()).output().expect("the program runs")
}

fn check(path: &Path, more: &[&str]) -> (Output, Vec<Value>) {
    let path = path.to_str().expect("UTF-8");
    let args = [&["check", path, "--as-of", "2022-06-28", "--format", "ndjson", "--quiet"], more].concat();
    let output = bulou(&args);
    let lines = String::from_utf8(output.stdout.clone()).expect("UTF-8");
    let reports = lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    (output, reports)
}

/// Code and message of the only problem of the only report.
fn told(path: &Path) -> (String, String) {
    let (output, reports) = check(path, &[]);
    let [report] = &reports[..] else { panic!("{reports:?} {}", String::from_utf8_lossy(&output.stderr)) };
    let [problem] = report["structure"].as_array().expect("problems").as_slice() else { panic!("{report}") };
    assert_eq!((output.status.code(), report["rules"].as_array().map(Vec::len)), (Some(2), Some(0)), "{report}");
    let text = |key: &str| problem[key].as_str().expect("a text").to_owned();
    (text("code"), text("message"))
}

struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn with(&self, name: &str, bytes: &[u8]) -> PathBuf {
        std::fs::create_dir_all(self.path(name).parent().expect("a folder")).expect("a folder");
        std::fs::write(self.path(name), bytes).expect("a file");
        self.path(name)
    }
}

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, SimpleFileOptions::default()).expect("an entry");
        writer.write_all(bytes).expect("written");
    }
    writer.finish().expect("finished").into_inner()
}

fn pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().expect("mkfifo").success());
}

#[test]
fn an_archive_or_a_folder_in_which_there_is_nothing_is_said_to_be_that() {
    let place = Place::new();
    for (name, files, why) in [
        ("a.zip", &[][..], "没有文件"),
        ("b.zip", &[("城关镇/", &b""[..])][..], "没有文件"),
        ("c.zip", &[("__MACOSX/._a.txt", DOUBLE), (".DS_Store", b"\0\0\0\x01Bud1")][..], "只有 2 个隐藏的"),
    ] {
        let (code, message) = told(&place.with(name, &zip(files)));
        assert!(code == "D024" && message.contains(why), "{name}: {message}");
    }
    let empty = place.path("空");
    std::fs::create_dir(&empty).expect("a folder");
    assert!(told(&empty).1.contains("没有可以核对的文件"));
    place.with("藏/.gitkeep", b"");
    assert!(told(&place.path("藏")).1.contains("没有可以核对的文件"));
    // Beside a folder with a document as well.
    place.with("好/a.json", &sample());
    let (output, reports) = check(&place.path("好"), &[empty.to_str().expect("UTF-8")]);
    assert_eq!((output.status.code(), reports.len()), (Some(2), 2));
    // An archive in an archive is told to be one.
    let inner = zip(&[("a.json", &sample())]);
    let (code, message) = told(&place.with("d.zip", &zip(&[("内.zip", &inner)])));
    assert!(code == "D015" && message.contains("ZIP 压缩包"), "{message}");
}

#[test]
fn a_container_that_would_be_read_in_part_is_refused_and_the_others_are_read() {
    let place = Place::new();
    let both = [zip(&[("a.json", &sample())]), zip(&[("b.json", &sample())])].concat();
    place.with("收表/东乡.zip", &both);
    place.with("收表/城关镇.zip", &zip(&[("南街.json", &sample())]));
    place.with("收表/西关.json", &sample());
    let (output, reports) = check(&place.path("收表"), &[]);
    let named: Vec<_> = reports.iter().map(|report| report["document"]["name"].as_str().expect("a name")).collect();
    assert_eq!(named, ["东乡.zip", "城关镇.zip/南街.json", "西关.json"]);
    let problem = &reports[0]["structure"][0]["message"];
    assert!(problem.as_str().is_some_and(|words| words.contains("请解压后直接交原来的文件")), "{problem}");
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn pipes_devices_and_links_are_named_and_never_waited_for() {
    let place = Place::new();
    pipe(&place.path("pipe"));
    assert!(told(&place.path("pipe")).1.contains("管道或设备"));
    for device in ["/dev/zero", "/dev/null"] {
        assert!(told(Path::new(device)).1.contains("管道或设备"), "{device}");
    }
    let folder = place.path("收表");
    place.with("收表/a.json", &sample());
    pipe(&folder.join("b"));
    for (link, to) in [("c", "没有"), ("d", "d"), ("e", "."), ("f.json", "a.json")] {
        std::os::unix::fs::symlink(to, folder.join(link)).expect("a link");
    }
    let (output, reports) = check(&folder, &[]);
    let said: Vec<(&str, &str)> = reports
        .iter()
        .map(|report| {
            let message = report["structure"][0]["message"].as_str().unwrap_or_default();
            (report["document"]["name"].as_str().expect("a name"), message.split([',', ':']).next().unwrap_or_default())
        })
        .collect();
    let wanted = [
        ("a.json", ""),
        ("b", "这是管道或设备"),
        ("c", "这是一个链接"),
        ("d", "这是一个链接"),
        ("e", "这是指向文件夹的链接"),
        ("f.json", ""),
    ];
    assert_eq!((said.as_slice(), output.status.code()), (&wanted[..], Some(2)));
}

#[test]
fn what_a_shell_hands_over_as_a_file_is_read() {
    let script = format!(
        "'{}' check <(cat '{}/tests/samples/南街小学.json') --as-of 2022-06-28 --quiet --format json",
        env!("CARGO_BIN_EXE_bulou"),
        env!("CARGO_MANIFEST_DIR")
    );
    let output = Command::new("bash").args(["-c", &script]).output().expect("bash");
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(report["verdict"], "pending");
}

#[test]
fn a_document_that_is_called_as_systems_call_theirs_is_read() {
    let names = [
        ".b.json.1.part",
        ".藏/b.json",
        "Thumbs.db",
        "__MACOSX/b.json",
        "desktop.ini/b.json",
        "desktop.ini",
        "~$b.json",
        "乡/.b.json",
        "乡/__MACOSX",
        "乡/~$c.json",
    ];
    for name in names {
        let place = Place::new();
        place.with("收/a.json", &sample());
        place.with("收/b.json", &sample());
        place.with(&format!("收/{name}"), b"{\"a\": 1}");
        let of_folder = unread(&place.path("收"));
        assert!(of_folder.len() == 1 && of_folder[0].0 == name, "{of_folder:?}");
        for packed in [name.to_owned(), name.replace('/', "\\")] {
            let archive = place.with("收.zip", &zip(&[("b.json", &sample()), (&packed, b"{\"a\": 1}")]));
            let of_archive = unread(&archive);
            assert!(of_archive.len() == 1 && of_archive[0].0 == format!("收.zip/{name}"), "{of_archive:?}");
        }
    }
    // What is there to be read counts, whatever it is called.
    let place = Place::new();
    place.with("收/~$b.json", &sample());
    let (output, reports) = check(&place.path("收"), &[]);
    assert_eq!((output.status.code(), reports.len()), (Some(0), 1));
}

/// Nor is anything passed over because it hides, unless it is known whose it is and seen to be no document.
#[test]
fn what_hides_is_read_or_named_unless_it_is_a_tool_s() {
    let blanks = [&b" ".repeat(4096)[..], b"{\"a\": 1}"].concat();
    let archive = [b"x".repeat(5000), zip(&[("b.json", &sample())])].concat();
    let stub = b"7z\xBC\xAF\x27";
    for (name, bytes) in [
        (".bad", blanks.as_slice()),
        (".b.gz", b"\x1F\x8B\x08\0"),
        (".b.bz2", b"BZh91AY&SY"),
        (".b.xz", b"\xFD7zXZ\0"),
        (".b.tar", b"b.json\0\0"),
        (".b", &archive),
        (".b.7z", stub),
        (".c", stub),
        (".b.csv", b"a,b\n1,2\n"),
        (".large", &b"a".repeat(65_537)),
        (".x", "\u{200B}{\"a\": 1}".as_bytes()),
        (".x", b"// {\n{\"a\": 1}"),
        (".x", b"```json\n{}"),
        (".x", b"1\n{\"a\": 1}"),
        (".x", b""),
        (".x.htm", b"<p>"),
        (".x.json.bak", b"remark"),
        (".gitignore", b"cb({\"a\": 1})"),
        (".gitignore", b"x\0"),
        (".b.json.icloud", b"bplist00\xD3"),
        (".~lock.b.xlsx#", b",wang,host,28.11.2026 10:44;"),
        ("._b.xlsx", DOUBLE),
        ("__MACOSX/._b.json", DOUBLE),
        ("desktop.ini", b"[a]\n{\"a\": 1}"),
        ("~$b.json", b"\x1F\x8B\x08\0"),
        ("System Volume Information/b", &blanks),
    ] {
        let place = Place::new();
        place.with("收/a.json", &sample());
        place.with(&format!("收/{name}"), bytes);
        let found = unread(&place.path("收"));
        assert!(found.len() == 1 && found[0].0 == name, "{name}: {found:?}");
        let found = unread(&place.with("收.zip", &zip(&[("a.json", &sample()), (name, bytes)])));
        assert!(found.len() == 1 && found[0].0 == format!("收.zip/{name}"), "{name}: {found:?}");
    }
    let silent: [(&str, &[u8]); 9] = [
        (".~lock.a.json#", b",wang,host,28.11.2026 10:44;"),
        ("__MACOSX/._a.json", DOUBLE),
        (".git/index", b"DIRC\0"),
        (".gitkeep", b""),
        (".nojekyll", b""),
        (".editorconfig", b"[*.{js,py}]\nindent_size = 2\n"),
        (".gitignore", b"*.part\n"),
        (".DS_Store", b"\0\0\0\x01Bud1\0"),
        ("desktop.ini", b"[ViewState]\r\n"),
    ];
    let place = Place::new();
    place.with("收/a.json", &sample());
    silent.iter().for_each(|(name, bytes)| drop(place.with(&format!("收/{name}"), bytes)));
    assert!(unread(&place.path("收")).is_empty());
    let good = sample();
    let packed = [&[("a.json", good.as_slice())], &silent[..]].concat();
    assert!(unread(&place.with("收.zip", &zip(&packed))).is_empty());
}

#[test]
fn a_lock_in_its_files_place_and_a_name_of_chinese_windows_are_told() {
    use std::os::unix::ffi::OsStrExt as _;
    let place = Place::new();
    place.with("收表/甲.json", &sample());
    place.with("收表/~$甲.json", b"x");
    place.with("收表/~$乙.xlsx", b"x");
    let (encoded, _, _) = encoding_rs::GB18030.encode("丙小学.json");
    std::fs::write(place.path("收表").join(std::ffi::OsStr::from_bytes(&encoded)), sample()).expect("a file");
    let (output, reports) = check(&place.path("收表"), &[]);
    let names: Vec<&str> = reports.iter().map(|one| one["document"]["name"].as_str().expect("a name")).collect();
    assert_eq!((names.as_slice(), output.status.code()), (&["~$乙.xlsx", "丙小学.json", "甲.json"][..], Some(2)));
    assert!(reports[0].to_string().contains("提交「乙.xlsx」"), "{}", reports[0]);
    // The file itself is called so as well.
    let by_path = bulou_of(&place.path("收表").join(std::ffi::OsStr::from_bytes(&encoded)));
    assert!(by_path.contains("丙小学.json") && !by_path.contains('\u{FFFD}'), "{by_path}");
    // Every format calls it by the name that people see.
    let folder = place.path("收表");
    for format in ["text", "csv", "github", "junit", "html", "json"] {
        let args = ["check", folder.to_str().expect("UTF-8"), "--as-of", "2022-06-28", "--format", format];
        let said = String::from_utf8_lossy(&bulou(&args).stdout).into_owned();
        assert!(said.contains("丙小学.json") && !said.contains('\u{FFFD}'), "{format}: {said}");
    }
}

/// What `check` prints of a path, and on standard error.
fn bulou_of(path: &Path) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bulou"));
    let output = command.args(["check", "--as-of", "2022-06-28", "--format", "csv"]).arg(path).output().expect("run");
    String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned()
}

#[test]
fn a_link_that_leads_nowhere_is_told_alike_by_its_path_and_in_a_folder() {
    let place = Place::new();
    place.with("收表/a.json", &sample());
    for to in ["没有.json", "b.json"] {
        let link = place.path("收表/b.json");
        std::fs::remove_file(&link).ok();
        std::os::unix::fs::symlink(to, &link).expect("a link");
        let told = |said: &str| said.contains("它指向的文件不在了");
        assert!(told(&bulou_of(&link)) && told(&bulou_of(&place.path("收表"))), "{to}");
    }
}

#[test]
fn what_cannot_be_read_is_said_in_words_that_fit_it() {
    let place = Place::new();
    let (gb, _, _) = encoding_rs::GB18030.encode("会议记录:安全工作");
    let (code, message) = told(&place.with("记录.txt", &gb));
    assert!(code == "D002" && !message.contains("已按它读取"), "{message}");
    let tar = [&[b'a'; 257][..], b"ustar\x0000", &[0; 248]].concat();
    for (name, bytes, what) in [
        ("a.tar", &tar[..], "tar 打包文件"),
        ("a.tgz", b"\x1F\x8B\x08\0\0\0\0\0", "gzip 压缩文件"),
        ("a.7z", b"7z\xBC\xAF\x27\x1C\0\x04", "7z 压缩包"),
        ("a.rar", b"Rar!\x1A\x07\x01\0", "RAR 压缩包"),
    ] {
        let (code, message) = told(&place.with(name, bytes));
        assert!(code == "D015" && message.contains(what) && message.contains("解压"), "{name}: {message}");
    }
    for (name, bytes) in [("表格.csv", "标识码,名称\n2141000345,南街小学\n"), ("说明.txt", "请查收")] {
        let (code, message) = told(&place.with(name, bytes.as_bytes()));
        assert!(code == "D002" && message.contains("文字或表格") && !message.contains("逗号"), "{name}: {message}");
    }
    let (code, message) = told(&place.with("缺逗号.json", "{\"学校\": }".as_bytes()));
    assert!(code == "D002" && message.contains("逗号"), "{message}");
    let (code, message) = told(&place.with("package.json", br#"{"name": "x", "version": "1"}"#));
    assert!(code == "D049" && message.contains("不是自查数据"), "{message}");
    let (code, message) = told(&place.with("list.json", b"[]"));
    assert!(code == "D049" && message.contains("不是一个对象"), "{message}");
    for (text, words) in [("812人", "只填数字,不写「人」"), ("812", "只填数字(JSON:不加引号)"), ("很多", "应填整数")]
    {
        let (_, reports) = check(&place.with("a.json", &changed("/学校/学生数", json!(text))), &[]);
        let all = reports[0]["structure"].to_string();
        assert!(all.contains("D003") && all.contains(words), "{text}: {all}");
    }
}

#[test]
fn a_school_with_several_files_is_named_with_all_of_them() {
    let place = Place::new();
    place.with("收/甲.json", &sample());
    place.with("收/甲 - 副本.json", &sample());
    place.with("收/乙.json", &changed("/学校/标识码", json!("2141000346")));
    place.with("收/丙.json", b"{");
    let folder = place.path("收");
    for format in ["text", "html", "github"] {
        let args = ["check", folder.to_str().expect("UTF-8"), "--as-of", "2022-06-28", "--format", format];
        let said = String::from_utf8_lossy(&bulou(&args).stdout).into_owned();
        let lines: Vec<&str> = said.lines().filter(|line| line.contains("个文件,各自核对")).collect();
        assert_eq!(lines.len(), 1, "{format}: {said}");
        for part in ["2141000345", "甲.json", "甲 - 副本.json"] {
            assert!(lines[0].contains(part), "{format} {part}: {}", lines[0]);
        }
    }
    for (count, more) in [(20, false), (21, true)] {
        let many = Place::new();
        (0..count).for_each(|number| drop(many.with(&format!("收/{number:02}.json"), &sample())));
        let folder = many.path("收");
        let said = bulou(&["check", folder.to_str().expect("UTF-8"), "--as-of", "2022-06-28", "--quiet"]).stdout;
        let said = String::from_utf8_lossy(&said).into_owned();
        assert!(said.contains(&format!("有 {count} 个文件")) && said.contains(" … +1\n") == more, "{said}");
    }
}

#[test]
fn one_code_under_two_names_is_asked_about_in_every_format() {
    let day = [("/隐患/1/完成日期", "2022-06-28"), ("/隐患/1/销号日期", "2022-06-28")];
    let mut good: Value = serde_json::from_slice(&sample()).expect("JSON");
    for (pointer, day) in day {
        let (parent, key) = pointer.rsplit_once('/').expect("a pointer");
        good.pointer_mut(parent).expect("a record")[key] = json!(day);
    }
    let named = |name: &str| {
        let mut document = good.clone();
        document["学校"]["名称"] = json!(name);
        document.to_string().into_bytes()
    };
    for (name, code) in [("东关小学", 1), ("南 街小学", 0)] {
        let place = Place::new();
        place.with("收/甲.json", &named("南街小学"));
        place.with("收/乙.json", &named(name));
        let folder = place.path("收");
        for format in ["text", "json", "ndjson", "csv", "sarif", "junit", "github", "html"] {
            let args = ["check", folder.to_str().expect("UTF-8"), "--as-of", "2022-06-28", "--format", format];
            let output = bulou(&args);
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            assert_eq!((output.status.code(), said.contains("校名不一")), (Some(code), code == 1), "{format}: {said}");
        }
    }
}

#[test]
fn what_is_too_long_is_cut_in_every_message_and_no_answer() {
    let place = Place::new();
    let long = "长".repeat(2_000_000);
    for (pointer, limit) in
        [("/学校/名称", bulou_base::limits::NAME_CHARS), ("/责任/任命文号", bulou_base::limits::TEXT_CHARS)]
    {
        for (count, fits) in [(limit, true), (limit + 1, false), (2_000_000, false)] {
            let text: String = long.chars().take(count).collect();
            let (output, reports) = check(&place.with("a.json", &changed(pointer, json!(text))), &[]);
            let problems = reports[0]["structure"].to_string();
            assert_eq!(problems.contains("D051"), !fits, "{pointer} {count}");
            assert!(fits || output.stdout.len() < 200_000, "{pointer}: {}", output.stdout.len());
        }
    }
    let mut document: Value = serde_json::from_slice(&sample()).expect("JSON");
    document[&long] = json!(1);
    let other = json!({"规则集": long, "学校": {}});
    for (document, code) in [(document, "D006"), (other, "D018")] {
        let (output, reports) = check(&place.with("b.json", document.to_string().as_bytes()), &[]);
        let problems = reports[0]["structure"].to_string();
        assert!(problems.contains(code), "{code}: {}", problems.len());
        assert!(output.stdout.len() < 200_000, "{code}: {}", output.stdout.len());
    }
}

#[test]
fn a_key_that_stands_twice_is_refused_in_every_file() {
    let place = Place::new();
    let document = String::from_utf8(sample()).expect("UTF-8");
    let twice = document.replacen('{', "{\"规则集\": \"campus-safety@1\", \"规则集\": \"campus-safety@2022.6.24\",", 1);
    let (_, reports) = check(&place.with("a.json", twice.as_bytes()), &[]);
    let problems = reports[0]["structure"].as_array().expect("problems");
    assert!(problems.iter().any(|one| one["code"] == "D007" && one["path"] == "/规则集"), "{problems:?}");
    let good = place.with("b.json", document.as_bytes());
    let waivers = r#"[{"标识码": "2141000345", "规则": "三日摸底", "规则": "食堂安全", "理由": "无", "批准": "局", "至": "2022-12-31"}]"#;
    for (option, text, path) in [
        ("--params", r#"{"会议日期": "2022-06-24", "会议日期": "2022-06-01"}"#, "/会议日期"),
        ("--waivers", waivers, "/0/规则"),
    ] {
        let file = place.with("given.json", text.as_bytes());
        let (output, reports) = check(&good, &[option, file.to_str().expect("UTF-8")]);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!((output.status.code(), reports.len()), (Some(2), 0), "{option}");
        assert!(said.contains(&format!("`{path}` 写了两次")), "{said}");
    }
}

#[test]
fn a_misspelt_keyword_of_a_further_schema_is_told() {
    let place = Place::new();
    let schema = place.with("s.json", br#"{"type": "object", "requird": [0]}"#);
    let good = place.with("a.json", &sample());
    let (output, reports) = check(&good, &["--schema", schema.to_str().expect("UTF-8")]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(reports.len() == 1 && said.contains("`requird`") && said.contains("`required`"), "{said}");
}

/// The sample in one line.
fn line() -> String {
    serde_json::from_slice::<Value>(&sample()).expect("JSON").to_string()
}

/// The names and messages of what could not be read.
fn unread(path: &Path) -> Vec<(String, String)> {
    let (output, reports) = check(path, &[]);
    let open = reports.iter().filter(|report| report["rules"].as_array().is_some_and(Vec::is_empty));
    let found: Vec<(String, String)> = open
        .map(|report| {
            let text = |value: &Value| value.as_str().expect("a text").to_owned();
            (text(&report["document"]["name"]), text(&report["structure"][0]["message"]))
        })
        .collect();
    assert_eq!(output.status.code() == Some(2), !found.is_empty(), "{found:?}");
    found
}

#[test]
fn a_file_of_lines_without_a_line_is_named_beside_others() {
    for (name, bytes) in [("b.ndjson", &b""[..]), ("b.jsonl", b"\n\r\n  \n"), ("乡/b.ndjson", b"\n")] {
        let place = Place::new();
        place.with("收/a.json", &sample());
        place.with(&format!("收/{name}"), bytes);
        let found = unread(&place.path("收"));
        assert!(found.len() == 1 && found[0].0 == name && found[0].1.contains("一行数据也没有"), "{found:?}");
        let archive = place.with("收.zip", &zip(&[("a.json", &sample()), (name, bytes)]));
        let found = unread(&archive);
        assert!(found.len() == 1 && found[0].0 == format!("收.zip/{name}"), "{found:?}");
    }
    let place = Place::new();
    place.with("收/a.ndjson", format!("\n\n{}\n", line()).as_bytes());
    assert!(unread(&place.path("收")).is_empty(), "blank lines beside one that is none");
}

#[test]
fn a_folder_in_a_folder_or_an_archive_without_a_document_is_named() {
    let litter: [&[(&str, &[u8])]; 4] = [
        &[("北乡/.gitkeep", b""), ("北乡/desktop.ini", b"[ViewState]")],
        &[("北乡/村/.DS_Store", b"\0\0\0\x01Bud1")],
        &[("北乡/__MACOSX/._a.txt", DOUBLE)],
        &[],
    ];
    for files in litter {
        let place = Place::new();
        place.with("收/南乡/a.json", &sample());
        std::fs::create_dir_all(place.path("收/北乡")).expect("a folder");
        files.iter().for_each(|(name, bytes)| drop(place.with(&format!("收/{name}"), bytes)));
        let found = unread(&place.path("收"));
        let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
        // The innermost one is named: what is around it may hold other folders.
        assert!(names == ["北乡"] || names == ["北乡/村"], "{found:?}");
        assert!(found[0].1.contains("没有可以核对的文件"), "{found:?}");
        let good = sample();
        let packed = [&[("南乡/a.json", good.as_slice()), ("北乡/", b"")], files].concat();
        let found = unread(&place.with("收.zip", &zip(&packed)));
        assert!(found.len() == 1 && found[0].0 == "收.zip/北乡", "{found:?}");
    }
    let place = Place::new();
    place.with("收/南乡/a.json", &sample());
    place.with("收/.git/x", b"x");
    std::fs::create_dir_all(place.path("收/__MACOSX")).expect("a folder");
    assert!(unread(&place.path("收")).is_empty(), "what hides is none");
    let hidden = zip(&[
        ("a.json", &sample()),
        (".git/", b""),
        ("__MACOSX/._a.json", DOUBLE),
        ("南乡/", b""),
        ("南乡/b.json", &sample()),
    ]);
    assert!(unread(&place.with("收.zip", &hidden)).is_empty());
}

#[test]
fn an_archive_that_holds_more_than_it_lists_is_refused() {
    let place = Place::new();
    let two = [zip(&[("b.json", &sample())]), zip(&[("a.json", &sample())])].concat();
    let found = unread(&place.with("两.zip", &two));
    assert!(found.len() == 1 && found[0].0 == "两.zip" && found[0].1.contains("开头多出"), "{found:?}");
    // What does not even begin as an archive is named as what it is.
    let behind = [b"\0\xFFjunk", &zip(&[("a.json", &sample())])[..]].concat();
    for name in ["前.zip", "前.xlsx", "前.json"] {
        let (code, message) = told(&place.with(name, &behind));
        assert!(code == "D015" && message.contains("开头多出了别的内容"), "{name}: {code} {message}");
    }
}

#[test]
fn a_name_that_leads_out_of_its_archive_is_told_and_its_file_is_not_read() {
    let place = Place::new();
    for name in ["../b.json", "乡/../../b.json", "..\\b.json", "/tmp/b.json", "C:\\b.json"] {
        let found = unread(&place.with("外.zip", &zip(&[(name, &sample()), ("a.json", &sample())])));
        assert!(found.len() == 1 && found[0].1.contains("指到压缩包以外"), "{name}: {found:?}");
    }
    assert_eq!(unread(&place.with("内.zip", &zip(&[("乡..镇/b..json", &sample())]))), []);
}

#[test]
fn a_member_s_way_stays_in_its_archive_and_a_run_that_could_not_read_is_no_success() {
    let place = Place::new();
    let archive = place.with("m.zip", &zip(&[("../../a.json", b"{"), ("乡/../b.json", b"")]));
    let sarif = place.path("out.sarif");
    let args =
        ["check", archive.to_str().expect("UTF-8"), "--as-of", "2022-06-28", "--sarif", sarif.to_str().expect("UTF-8")];
    let output = bulou(&args);
    assert_eq!(output.status.code(), Some(2));
    let log: Value = serde_json::from_slice(&std::fs::read(&sarif).expect("a file")).expect("JSON");
    let run = &log["runs"][0];
    assert_eq!(run["invocations"][0]["executionSuccessful"], json!(false));
    let results = run["results"].as_array().expect("results").iter();
    let ways = results.map(|one| one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].to_string());
    let ways: Vec<String> = ways.collect();
    assert!(ways.len() >= 2 && !ways.iter().any(|way| way.contains("/..") || way.contains("/%2E%2E")), "{ways:?}");
    let good = place.with("a.json", &sample());
    let args = ["check", good.to_str().expect("UTF-8"), "--as-of", "2022-06-28", "--format", "sarif"];
    let log: Value = serde_json::from_slice(&bulou(&args).stdout).expect("JSON");
    assert_eq!(log["runs"][0]["invocations"][0]["executionSuccessful"], json!(true));
}
