//! A `敏感` field of each type in every form of expression, and its value in no output of any command.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::json;

/// What must be found nowhere, as it could be written. An option's name is known to all; which one it is, the oracle's
/// test looks for.
const SECRETS: [&str; 13] = [
    "绝密",
    "73519",
    "73,519",
    "41.7353",
    "417353",
    "1987-03-21",
    "1987年",
    "19870321",
    "97日",
    "97 天",
    "13912345678",
    // Days that are due where a secret has it so; nobody wrote them down.
    "2022-07-13",
    "2022-08-17",
];

/// What names elements that a secret chooses, or does not; a county's outputs list elements only with what is due.
const ITEM: &str = "丁丑";

const HEAD: &str = r#"规则集 甲 "甲" { 版本 1 }
来源 文 "source/text.txt" "来源"
记录 人项 {
  编号: 文本 唯一
  班: 整数
  病名: 文本 敏感
  体重: 整数 敏感
  体温: 小数 敏感
  生日: 日期 已发生 敏感
  隔离: 时长 敏感
  级: { 甲级, 乙级, 丙级 } 敏感
  手机: 文本 敏感 格式 手机号
  旧病: 文本? 敏感
  报告日期: 日期? 已发生
  复诊日期: 日期? 已发生
}
记录 家长项 { 姓名: 文本  岁数: 整数 }
数据 学校 {
  标识 编号
  名称 校名
  编号: 文本
  校名: 文本
  诊断: 文本 敏感
  人数: 整数 敏感
  均温: 小数 敏感
  某日: 日期 已发生 敏感
  某时: 时长 敏感
  评级: { 甲级, 乙级, 丙级 } 敏感
  有病: 是否 敏感
  名单: [文本] 敏感
  家长: 家长项? 敏感
  人: [人项]
  日: 日期? 已发生
  始: 日期 已发生
  办结: 日期? 已发生
  数: 整数
  禁填 身份证号 理由 "个人信息"
}
表 档(数: 整数, 级: 文本) -> 文本 {
  | 数         | 级   | 结果 |
  | 不满 100   | 任意 | "少" |
  | 不少于 100 | 任意 | 级   |
}
定义 重 = 人数 * 2
定义 病人 = 人[病名 ≠ ""]
定义 确诊 = 若 诊断 包含 "绝" 则 是 否则 否
"#;

/// Conditions that ask about a secret: in each form, of each type.
const CONDITIONS: [&str; 49] = [
    "诊断 = \"x\"",
    "人数 < 100",
    "均温 < 1.5",
    "某日 > 2022-06-24",
    "某时 > 100日",
    "评级 = 甲级",
    "有病",
    "非 有病",
    "人数 + 1 < 3",
    "人数 整除 2 * 2 = 人数",
    "-人数 > 0",
    "今天 - 某日 < 3日",
    "某日 + 3日 > 今天",
    "某时 * 2 > 1000日",
    "诊断 包含 \"x\"",
    "名单 包含 \"x\"",
    "诊断 属于 {\"x\", \"y\"}",
    "人数 属于 {1, 2}",
    "评级 属于 {甲级, 乙级}",
    "人数 在 1 至 2 之间",
    "某日 在 2022-06-01 至 2022-06-30 之间",
    "若 人数 > 5 则 数 > 100 否则 数 > 200",
    "若 诊断 ≠ \"\" 则 数 > 100",
    "(若 人数 > 5 则 1 否则 2) > 5",
    "确诊 且 数 > 100",
    "重 < 3",
    "档(人数, \"x\") = \"少\"",
    "档(1, 诊断) = 诊断",
    "(旧 缺省 \"x\") = \"x\"",
    "缺 旧",
    "缺 家长",
    "有 家长 且 家长.姓名 = \"x\"",
    "名单 不漏 {\"x\", \"y\"}",
    "{\"x\", \"y\"} 不漏 名单",
    "人.编号 不漏 人[病名 = \"x\"].编号",
    "{\"x\"} 不漏 人[体重 > 5].编号",
    "数量(名单) > 5",
    "数量(人[体重 > 5]) > 50",
    "合计(人.体重) < 5",
    "平均(人.体温) 缺省 0 < 5",
    "最大(人.体重) 缺省 0 < 5",
    "最早(人.生日) 缺省 今天 = 今天",
    "占比(人, 级 = 甲级) 缺省 1 > 2",
    "数量(去重(人.病名)) > 50",
    "数量(病人) > 50",
    "每个 人 满足 体重 < 5 且 班 = 9",
    "每个 人[级 = 丙级] 满足 班 = 9",
    "存在 人 满足 手机 = \"x\" 或 病名 = \"x\"",
    "没有 人 记作 p 满足 数量(人 记作 q [q.病名 = p.病名]) > 0",
];

/// What a message of such a requirement may print, and requirements with a deadline that a secret decides on.
const SPOKEN: [&str; 4] = [
    "每个 人[病名 ≠ \"\"] 满足 报告日期 须在 2022-06-24 前 不符 \"{校名}有人没有按时报告\"",
    "每个 人 满足 若 体重 > 5 则 报告日期 须在 2022-06-30 前 否则 班 = 9 不符 \"{校名}:{数}\"",
    "若 人数 > 5 则 日 须在 2022-06-24 起 3日 内 不符 \"{数量(人)} 人\"",
    "(若 诊断 ≠ \"\" 则 人[有 报告日期].报告日期 每 月 不少于 2 次 自 2022-01-01)",
];

/// Deadlines that run or not, on one day or another and of one element or another, as a secret has it.
const DUE: [&str; 5] = [
    "若 $ 则 办结 须在 始 起 15日 内 否则 办结 须在 始 起 50日 内",
    "若 $ 则 (每个 人 满足 复诊日期 须在 始 起 15日 内) 否则 数 > 100",
    "($) 或 办结 须在 始 起 15日 内",
    "每个 人 记作 癸 [$] 满足 复诊日期 须在 始 起 15日 内",
    "每个 人 记作 癸 满足 若 $ 则 癸.复诊日期 须在 始 起 15日 内 否则 癸.复诊日期 须在 始 起 50日 内",
];

/// A pack of all conditions.
fn pack(folder: &Path, severity: &str) {
    let mut text = String::new();
    for (number, condition) in CONDITIONS.iter().enumerate() {
        for (side, asked) in [("正", (*condition).to_owned()), ("反", format!("非 ({condition})"))] {
            text += &rule(&format!("{side}{number}"), severity, &asked);
            text += &format!(
                "规则 适{side}{number} \"适用\" {{ 依据 文 \"三日内完成\" 适用 {asked} 要求 数 > 100 整改 \"改\" }}\n"
            );
        }
    }
    for (number, requirement) in SPOKEN.iter().enumerate() {
        text += &rule(&format!("期{number}"), severity, requirement);
    }
    for (number, asked) in
        ["诊断 = \"x\"", "人数 > 5", "存在 人 满足 病名 = \"x\"", "有 家长", "数量(人[体重 > 5]) > 0"]
            .iter()
            .enumerate()
    {
        text += &format!(
            "规则 县{number} \"县\" 范围 全县 {{ 依据 文 \"三日内完成\" 要求 数量(各校[{asked}]) > 5 不符 \"各校不够\" 要求 每个 各校[{asked}] 满足 数 > 500 整改 \"改\" }}\n"
        );
    }
    write(folder, &text);
}

/// A pack of the deadlines that each condition decides on.
fn deadlines(folder: &Path) {
    let of_condition = |(number, condition): (usize, &&str)| {
        let of_kind = |(kind, due): (usize, &&str)| {
            let due =
                |side: &str, asked: &str| rule(&format!("{side}{number}_{kind}"), "一般", &due.replace("$", asked));
            due("正", condition) + &due("反", &format!("非 ({condition})"))
        };
        DUE.iter().enumerate().map(of_kind).collect::<String>()
    };
    write(folder, &CONDITIONS.iter().enumerate().map(of_condition).collect::<String>());
}

/// A pack of the rules in a text.
fn write(folder: &Path, rules: &str) {
    let county = "记录 名册项 { 标识码: 文本, 名称: 文本 }\n数据 全县 { 名册 名册.标识码\n 名册: [名册项]\n 各校: 汇总 学校\n}\n";
    std::fs::create_dir_all(folder.join("source")).expect("a folder");
    std::fs::write(folder.join("a.bulou"), format!("{HEAD}定义 旧 = 家长.姓名\n{county}{rules}")).expect("written");
    std::fs::write(folder.join("source/text.txt"), "三日内完成。").expect("written");
}

fn rule(id: &str, severity: &str, requirement: &str) -> String {
    format!("规则 {id} \"规则\" {{ 依据 文 \"三日内完成\" 严重 {severity} 要求 {requirement} 整改 \"改\" }}\n")
}

/// A document with a secret in every sensitive field, and one in which none of them is what it should be.
fn documents() -> [serde_json::Value; 2] {
    let person = |number: usize| {
        json!({"编号": format!("丁丑{number}"), "班": number, "病名": "绝密之病", "体重": 73519, "体温": 41.7353, "生日": "1987-03-21",
            "隔离": "97日", "级": "丙级", "手机": "13912345678", "旧病": "绝密旧病", "报告日期": "2022-06-26"})
    };
    let good = json!({"编号": "2141000345", "校名": "甲校", "诊断": "绝密诊断", "人数": 73519, "均温": 41.7353, "某日": "1987-03-21",
        "某时": "97日", "评级": "丙级", "有病": true, "名单": ["绝密一", "绝密二"], "家长": {"姓名": "绝密之父", "岁数": 73519}, "始": "2022-06-28",
        "人": [person(1), person(2), person(3)], "数": 7});
    let mut bad = good.clone();
    let wrong = json!({"编号": "2141000346", "校名": "乙校", "诊断": ["绝密"], "人数": "73519", "均温": "41.7353", "某日": "绝密",
        "某时": "绝密", "评级": "绝密", "有病": "绝密", "名单": [73519, {"绝密名": 1}], "家长": "绝密之父", "身份证号": "绝密身份证",
        "其他": {"身份证号": "绝密身份证", "又": [{"身份证号": {"绝密": "绝密"}}]}});
    bad.as_object_mut().expect("an object").extend(wrong.as_object().expect("an object").clone());
    bad["人"][0] = json!({"编号": "P1", "班": 1, "病名": 73519, "体重": 999_999_999_999_999_999_999_f64, "体温": "41.7353",
        "生日": "19870321", "隔离": "97 天", "级": "绝密级", "手机": 13_912_345_678_u64, "身份证号": ["绝密"]});
    [good, bad]
}

/// A forbidden key as people type it.
const TYPED: [&str; 8] = [
    "身份证号",
    " 身份证号\u{3000}",
    "身份 证号",
    "身\u{200B}份证号",
    "身份证号\u{FF1A}",
    "*身份证号",
    "身份证号\u{FE0F}",
    "「身份_证号」",
];

/// Documents that hold each of them, at every depth, with a value of every kind.
fn forbidden() -> Vec<serde_json::Value> {
    let value = |kind: usize| match kind % 4 {
        0 => json!("绝密身份证"),
        1 => json!(73519),
        2 => json!(["绝密", {"绝密": 73519}]),
        _ => json!({"绝密": {"身份证号": "绝密"}}),
    };
    let document = |(kind, key): (usize, &&str)| {
        let mut document = documents()[0].clone();
        let other =
            if kind % 2 == 0 { json!({"深": [[{*key: value(kind + 1)}]]}) } else { json!([{*key: value(kind)}]) };
        for (place, value) in [("", value(kind)), ("/人/0", value(kind + 1)), ("/家长", value(kind + 2))] {
            document.pointer_mut(place).expect("a place")[*key] = value;
        }
        document["其他"] = other;
        document["均温"] = json!({*key: value(kind)});
        document
    };
    TYPED.iter().enumerate().map(document).collect()
}

struct Run {
    folder: PathBuf,
    told: Vec<String>,
}

impl Run {
    /// Runs a command, and looks for secrets in all that it writes.
    fn run(&mut self, args: &[&str]) {
        let output = Command::new(env!("CARGO_BIN_EXE_bulou")).current_dir(&self.folder).args(args).output();
        let output = output.expect("the program runs");
        let written = args.iter().position(|arg| ["-o", "--notices", "--annotated"].contains(arg));
        let file = written.and_then(|at| args.get(at + 1)).map(|name| self.folder.join(name));
        let file = file.map(|path| std::fs::read(path).expect("a file")).unwrap_or_default();
        assert!(!output.stdout.is_empty() || !file.is_empty(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        let text = [&output.stdout[..], &output.stderr, &file].map(String::from_utf8_lossy).concat() + &unzipped(&file);
        self.find(&args.join(" "), &text);
        if args.contains(&"county") && text.contains(ITEM) {
            self.told.push(format!("{}: {ITEM}", args.join(" ")));
        }
    }

    fn find(&mut self, what: &str, text: &str) {
        let found = SECRETS.iter().filter(|secret| text.contains(*secret));
        self.told.extend(found.map(|secret| format!("{what}: {secret}")));
    }
}

/// The texts within an archive: all of a workbook of the county, of an annotated one what was added to it.
fn unzipped(bytes: &[u8]) -> String {
    let archive = zip::ZipArchive::new(std::io::Cursor::new(bytes));
    let annotated =
        archive.is_ok_and(|archive| archive.file_names().any(|name| name.is_ok_and(|name| name.contains("comments"))));
    within(bytes, if annotated { "comments" } else { "" })
}

/// All texts within an archive.
fn unpacked(bytes: &[u8]) -> String {
    within(bytes, "")
}

fn within(bytes: &[u8], part: &str) -> String {
    let mut text = String::new();
    let Ok(mut archive) = zip::ZipArchive::new(std::io::Cursor::new(bytes)) else { return text };
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).expect("a file");
        if file.name().is_ok_and(|name| name.contains(part)) {
            let _ = file.read_to_string(&mut text);
        }
    }
    text
}

#[test]
fn no_output_tells_a_secret() {
    let folder = tempfile::tempdir().expect("a folder");
    pack(&folder.path().join("pack"), "一般");
    pack(&folder.path().join("later"), "提示");
    for (document, name) in documents().iter().zip(["good", "bad"]) {
        std::fs::write(folder.path().join(format!("{name}.json")), document.to_string()).expect("written");
    }
    let county = json!({"名册": [{"标识码": "2141000345", "名称": "甲校"}, {"标识码": "2141000347", "名称": "丙校"}]});
    std::fs::write(folder.path().join("county.json"), county.to_string()).expect("written");
    let mut run = Run { folder: folder.path().to_owned(), told: Vec::new() };
    let asked = ["--pack", "pack", "--as-of", "2022-06-28"];
    for lang in ["zh", "en"] {
        for name in ["good.json", "bad.json"] {
            for format in ["text", "json", "ndjson", "csv", "sarif", "junit", "github", "html"] {
                run.run(&[&["check", name, "--format", format, "--lang", lang], &asked[..]].concat());
            }
            run.run(&[&["check", name, "--annotated", "out.xlsx", "--lang", lang], &asked[..]].concat());
        }
        for format in ["text", "json", "csv", "html"] {
            let args =
                ["county", "good.json", "bad.json", "--county", "county.json", "--format", format, "--lang", lang];
            run.run(&[&args, &asked[..]].concat());
        }
    }
    let county = ["county", "good.json", "bad.json", "--county", "county.json"];
    run.run(&[&county[..], &["--format", "xlsx", "-o", "out.xlsx"], &asked[..]].concat());
    run.run(&[&county[..], &["--notices", "out.html"], &asked[..]].concat());
    run.run(&[&["county", "good.json", "bad.json", "--partial"], &asked[..]].concat());
    for format in ["text", "json", "html"] {
        let args = ["diff", "pack", "later", "--data", "good.json", "bad.json", "--format", format];
        run.run(&[&args, &asked[2..]].concat());
        run.run(&["trace", "pack", "--format", format]);
    }
    assert!(run.told.is_empty(), "{}", run.told.join("\n"));
}

/// A county lists what is due, which no single report does in this form; so it is looked through for every condition.
#[test]
fn no_output_of_a_county_tells_which_deadline_a_secret_chose() {
    let folder = tempfile::tempdir().expect("a folder");
    deadlines(&folder.path().join("pack"));
    let [good, _] = documents();
    std::fs::write(folder.path().join("good.json"), good.to_string()).expect("written");
    let county = json!({"名册": [{"标识码": "2141000345", "名称": "甲校"}]});
    std::fs::write(folder.path().join("county.json"), county.to_string()).expect("written");
    let mut run = Run { folder: folder.path().to_owned(), told: Vec::new() };
    let asked = ["county", "good.json", "--pack", "pack", "--as-of", "2022-06-28"];
    let whole = [&asked[..], &["--county", "county.json"]].concat();
    for format in ["text", "json", "csv", "html"] {
        run.run(&[&whole[..], &["--format", format, "--all"]].concat());
    }
    run.run(&[&whole[..], &["--format", "xlsx", "-o", "out.xlsx"]].concat());
    run.run(&[&whole[..], &["--notices", "out.html"]].concat());
    run.run(&[&asked[..], &["--partial", "-o", "part.json"]].concat());
    run.run(&["county", "--merge", "part.json", "--pack", "pack", "--as-of", "2022-06-28", "--county", "county.json"]);
    assert!(run.told.is_empty(), "{}", run.told.join("\n"));
    let part = std::fs::read(folder.path().join("part.json")).expect("a part");
    let part: serde_json::Value = serde_json::from_slice(&part).expect("JSON");
    let due = part["schools"]["2141000345"]["current"][0]["due"].as_array().expect("a list").len();
    assert!(due > 100, "{due}");
}

#[test]
fn no_output_tells_what_stands_at_a_forbidden_key_however_it_is_typed() {
    let folder = tempfile::tempdir().expect("a folder");
    pack(&folder.path().join("pack"), "一般");
    let mut run = Run { folder: folder.path().to_owned(), told: Vec::new() };
    let asked = ["--pack", "pack", "--as-of", "2022-06-28"];
    for (number, document) in forbidden().iter().enumerate() {
        let name = format!("{number}.json");
        std::fs::write(folder.path().join(&name), document.to_string()).expect("written");
        for format in ["text", "json", "csv", "sarif", "junit", "github", "html"] {
            run.run(&[&["check", &name, "--format", format], &asked[..]].concat());
        }
        run.run(&[&["check", &name, "--annotated", "out.xlsx"], &asked[..]].concat());
        // All of the annotated workbook, what was copied into it too, but for the sensitive values that the school sent.
        let annotated = std::fs::read(folder.path().join("out.xlsx")).expect("a workbook");
        let texts = unpacked(&annotated);
        assert!(!texts.contains("绝密身份证") && texts.contains("不许填"), "{number}");
        let mut command = Command::new(env!("CARGO_BIN_EXE_bulou"));
        let command = command.current_dir(folder.path()).args(["check", &name, "--format", "json"]).args(asked);
        let output = command.output().expect("the program runs");
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let found = report["structure"].as_array().expect("a list").iter().filter(|one| one["code"] == "D012").count();
        assert_eq!(found, 5, "{number}: {report:#}");
    }
    assert!(run.told.is_empty(), "{}", run.told.join("\n"));
}

/// The line of a value would tell whether there is one.
#[test]
fn whether_an_optional_secret_is_there_moves_no_place() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("written");
    };
    let rule = rule("甲", "一般", "(病 缺省 始) < 2022-06-01");
    let data = "数据 学校 { 标识 编号 编号: 文本 病: 日期? 已发生 敏感 始: 日期 已发生 }";
    write(
        "p/a.bulou",
        &format!("规则集 p \"p\" {{ 版本 1 }}\n来源 文 外部 \"文\"\n{data}\n{}", rule.replace(" \"三日内完成\"", "")),
    );
    write("without/a.json", "{\n  \"编号\": \"1\",\n  \"始\": \"2022-06-24\"\n}");
    write("with/a.json", "{\n  \"编号\": \"1\",\n  \"始\": \"2022-06-24\",\n  \"病\": \"2022-06-24\"\n}");
    for format in ["github", "sarif"] {
        let said = |of: &str| {
            let output = Command::new(env!("CARGO_BIN_EXE_bulou"))
                .current_dir(folder.path().join(of))
                .args(["check", "--pack", "../p", "--as-of", "2022-06-28", "--format", format, "a.json"])
                .output()
                .expect("the program runs");
            assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
            String::from_utf8(output.stdout).expect("UTF-8")
        };
        assert_eq!(said("without"), said("with"), "{format}");
    }
}
