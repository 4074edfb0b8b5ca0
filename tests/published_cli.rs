//! Published folders on a disk that somebody else filled, and rules that are used only once they are verified.
#![cfg(unix)]
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    reason = "a test starts programs and fails by panic"
)]

mod publish_support;

use std::fs::File;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Output};

use publish_support::WAIVERS;
use publish_support::place::{Place, assert_ok, bulou, err, out};

/// A folder that was published with a key `a` and a waiver, and is valid for long.
fn published(name: &str) -> Place {
    let place = Place::new(name);
    place.key("a", None);
    std::fs::write(place.path("豁免.json"), WAIVERS).expect("a file");
    assert_ok(&place.publish(&[
        "--key",
        &place.path("a.key"),
        "--waivers",
        &place.path("豁免.json"),
        "--days",
        "36500",
    ]));
    place
}

fn pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().expect("mkfifo runs").success());
}

fn sparse(path: &Path) {
    File::create(path).and_then(|file| file.set_len(200 << 30)).expect("a sparse file");
}

/// Refused before the folder was written to.
fn not_published(place: &Place, args: &[&str], words: &str) {
    let output = place.publish(args);
    assert_eq!(output.status.code(), Some(2), "{}", out(&output));
    assert!(err(&output).contains(words), "{words}: {}", err(&output));
}

#[test]
fn a_secret_key_is_not_handed_on() {
    let place = Place::new("secrets");
    place.key("a", None);
    place.key("b", Some("密码"));
    let (key, elsewhere) = (place.path("a.key"), place.path("kept.key"));
    let read = |name: &str| std::fs::read(place.path(name)).expect("a file");
    for (name, bytes) in [
        ("bureau.txt", read("a.key")),
        ("source/.hidden", read("b.key")),
        ("id", b"-----BEGIN PRIVATE KEY-----\n".to_vec()),
    ] {
        let planted = place.0.join("pack").join(name);
        std::fs::write(&planted, bytes).expect("a file");
        not_published(&place, &["--key", &key], name);
        std::fs::remove_file(planted).expect("removed");
        assert!(!place.0.join("out").exists());
    }
    std::fs::create_dir(place.0.join("out")).expect("a folder");
    std::fs::rename(&key, place.path("out/.k")).expect("moved");
    not_published(&place, &["--key", &place.path("out/.k")], "是私钥");
    std::fs::rename(place.path("out/.k"), &elsewhere).expect("moved");
    // A public key may lie in the pack, and is no part of it.
    std::fs::copy(place.path("a.pub"), place.path("pack/bureau.pub")).expect("copied");
    assert_ok(&place.publish(&["--key", &elsewhere]));
    assert!(!std::fs::read_to_string(place.path("out/demo-1.0.bulou.json")).expect("the bundle").contains("RW"));
}

#[test]
fn a_secret_key_in_a_file_that_is_published_is_found() {
    for (number, password) in [None, Some("密码")].into_iter().enumerate() {
        let place = Place::new(&format!("pasted{number}"));
        place.key("a", password);
        std::fs::write(place.path("password"), password.unwrap_or_default()).expect("a file");
        let key = place.path("a.key");
        let text = std::fs::read_to_string(&key).expect("a key");
        let line = text.lines().nth(1).expect("the key").to_owned();
        let rules = place.path("pack/rules.bulou");
        let sound = std::fs::read_to_string(&rules).expect("rules");
        let (first, second) = line.split_at(76);
        let wrapped = format!("# {first}\n# {second}\n");
        let short: String =
            line.as_bytes().chunks(40).map(|part| format!("# {}\n", String::from_utf8_lossy(part))).collect();
        for pasted in [format!("# {text}").replace("\n", "\n# "), format!("#{line}\n"), wrapped, short] {
            std::fs::write(&rules, format!("{sound}\n{pasted}\n")).expect("a file");
            let output = place.publish(&["--key", &key, "--password-file", &place.path("password")]);
            assert_eq!(output.status.code(), Some(2), "{pasted}");
            assert!(err(&output).contains("私钥"), "{pasted}: {}", err(&output));
            assert!(!place.0.join("out").exists(), "{pasted}");
        }
        let public = std::fs::read_to_string(place.path("a.pub")).expect("a key");
        std::fs::write(&rules, format!("{sound}\n# {}\n", public.lines().nth(1).expect("the key"))).expect("a file");
        assert_ok(&place.publish(&["--key", &key, "--password-file", &place.path("password")]));
    }
}

#[test]
fn nothing_is_published_through_a_link_or_beside_other_files() {
    let place = Place::new("links");
    place.key("a", None);
    let key = place.path("a.key");
    std::fs::create_dir(place.0.join("real")).expect("a folder");
    symlink(place.path("real"), place.path("out")).expect("a link");
    not_published(&place, &["--key", &key], "是链接");
    std::fs::remove_file(place.path("out")).expect("removed");

    std::fs::create_dir(place.0.join("out")).expect("a folder");
    std::fs::write(place.path("victim.json"), "mine").expect("a file");
    symlink(place.path("victim.json"), place.path("out/index.json")).expect("a link");
    not_published(&place, &["--key", &key], "P025");
    std::fs::remove_file(place.path("out/index.json")).expect("removed");
    symlink(place.path("victim.json"), place.path("out/demo-1.0.bulou.json")).expect("a link");
    assert_ok(&place.publish(&["--key", &key]));
    assert_eq!(std::fs::read_to_string(place.path("victim.json")).expect("a file"), "mine");
    assert!(std::fs::symlink_metadata(place.path("out/demo-1.0.bulou.json")).expect("a file").is_file());

    std::fs::write(place.path("out/报告.csv"), "甲").expect("a file");
    not_published(&place, &["--key", &key], "报告.csv");
    std::fs::remove_file(place.path("out/报告.csv")).expect("removed");
    std::fs::write(place.path("out/.index.json.x7.part"), "{").expect("a file");
    let output = place.publish(&["--key", &key]);
    assert_ok(&output);
    assert!(err(&output).contains(".index.json.x7.part"), "{}", err(&output));
    let verified = place.verify(&["--public-key", &place.path("a.pub")]);
    assert!(err(&verified).contains(".index.json.x7.part"), "{}", err(&verified));

    // Whatever is read, nothing else is written into it.
    let (bundle, pack, report) =
        (place.path("out/demo-1.0.bulou.json"), place.path("pack"), place.path("out/差别.html"));
    for args in [["diff", &bundle, &pack, "-o", &report], ["diff", &pack, &bundle, "-o", &report]] {
        let output = bulou(&args);
        assert_eq!(output.status.code(), Some(2), "{}", out(&output));
        assert!(err(&output).contains("在发布的文件夹") && !Path::new(&report).exists(), "{}", err(&output));
    }

    let inside = bulou(&["publish", &place.path("pack"), "-o", &place.path("pack/out"), "--key", &key]);
    assert!(err(&inside).contains("一个在另一个里面"), "{}", err(&inside));
}

#[test]
fn a_published_folder_of_any_content_gets_an_answer() {
    let place = published("hostile");
    let name = |name: &str| place.0.join("out").join(name);
    let bundle = std::fs::read(name("demo-1.0.bulou.json")).expect("a file");
    let index = std::fs::read(name("index.json")).expect("a file");
    let signature = std::fs::read(name("index.json.minisig")).expect("a file");
    let put = |file: &str, bytes: &[u8]| {
        let _ = std::fs::remove_file(name(file));
        std::fs::write(name(file), bytes).expect("a file");
    };
    for (file, whole) in [("demo-1.0.bulou.json", &bundle), ("index.json", &index), ("index.json.minisig", &signature)]
    {
        std::fs::remove_file(name(file)).expect("removed");
        sparse(&name(file));
        assert_eq!(place.refused(&[]), "P024", "{file} without an end");
        std::fs::remove_file(name(file)).expect("removed");
        pipe(&name(file));
        assert_eq!(place.refused(&[]), "P025", "{file} is a pipe");
        std::fs::remove_file(name(file)).expect("removed");
        symlink("/dev/zero", name(file)).expect("a link");
        assert_eq!(place.refused(&[]), "P025", "{file} is a link");
        put(file, whole);
    }
    for (file, plant) in [("甲.豁免.json", sparse as fn(&Path)), ("乙", pipe), ("index-7.json", sparse)] {
        plant(&name(file));
        assert!(matches!(place.refused(&[]).as_str(), "P017" | "P024"), "{file}");
        std::fs::remove_file(name(file)).expect("removed");
    }
    std::fs::create_dir(name("子文件夹")).expect("a folder");
    assert_eq!(place.refused(&[]), "P017");
    std::fs::remove_dir(name("子文件夹")).expect("removed");
    put("Thumbs.db", b"x");
    assert_ok(&place.verify(&["--public-key", &place.path("a.pub")]));
    let within = place.verify(&["--public-key", &place.path("a.pub"), "--accepted", &place.path("out/accepted.json")]);
    assert!(err(&within).contains("请放在别处"), "{}", err(&within));
}

/// Checks a school's document by what was published.
fn check(place: &Place, args: &[&str]) -> Output {
    std::fs::write(place.path("学校.json"), r#"{"学校": {"标识码": "2141000345"}, "摸底完成日期": "2022-07-30"}"#)
        .expect("a file");
    let (school, published, key) = (place.path("学校.json"), place.path("out"), place.path("a.pub"));
    let fixed = [
        "check",
        &school,
        "--published",
        &published,
        "--public-key",
        &key,
        "--as-of",
        "2022-08-01",
        "--format",
        "json",
    ];
    bulou(&[&fixed[..], args].concat())
}

fn status(output: &Output) -> String {
    let report: serde_json::Value =
        serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", err(output)));
    report["rules"][0]["status"].as_str().expect("a status").to_owned()
}

#[test]
fn published_rules_are_used_with_what_was_published_with_them_and_with_nothing_else() {
    let place = published("used");
    assert_eq!(status(&check(&place, &[])), "not_applicable", "the published waiver counts");
    let own = place.path("own.json");
    std::fs::write(&own, "[]").expect("a file");
    for given in [["--waivers", own.as_str()], ["--params", own.as_str()], ["--param", "会议日期=2030-01-01"]] {
        let refused = check(&place, &given);
        assert_eq!(refused.status.code(), Some(2));
        assert!(err(&refused).contains("只用教育局发布的参数和豁免"), "{}", err(&refused));
    }
    let pack = check(&place, &["--pack", &place.path("pack")]);
    assert!(err(&pack).contains("--pack"), "{}", err(&pack));
    for (name, text) in [("别校.豁免.json", WAIVERS), ("demo.参数.json", "{}")] {
        std::fs::write(place.path(&format!("out/{name}")), text).expect("a file");
        let planted = check(&place, &[]);
        assert_eq!(planted.status.code(), Some(2));
        assert!(err(&planted).contains("P017") && err(&planted).contains(name), "{}", err(&planted));
        std::fs::remove_file(place.path(&format!("out/{name}"))).expect("removed");
    }
    place.edit("demo.豁免.json", |text| text.replace("2141000345", "2141000346"));
    assert!(err(&check(&place, &[])).contains("P015"));
}

#[test]
fn every_command_that_works_by_a_pack_takes_a_published_one() {
    let place = published("commands");
    let (published, key, school) = (place.path("out"), place.path("a.pub"), place.path("学校.json"));
    let by = |command: &[&str]| bulou(&[command, &["--published", &published, "--public-key", &key]].concat());
    for command in [&["schema"][..], &["template"], &["trace"]] {
        let output = by(command);
        assert_ok(&output);
        assert!(out(&output).contains("demo") || out(&output).contains("摸底"), "{}", out(&output));
    }
    std::fs::write(&school, "{}").expect("a file");
    for command in [&["check", &school][..], &["county", &school], &["schema"], &["template"], &["trace"]] {
        place.edit("index.json", |text| text.replace("2022-07-01", "2022-07-02"));
        let output = by(command);
        assert_eq!(output.status.code(), Some(2));
        assert!(err(&output).contains("P005"), "{command:?}: {}", err(&output));
        place.edit("index.json", |text| text.replace("2022-07-02", "2022-07-01"));
        let without = bulou(&[command, &["--published", &published]].concat());
        assert!(err(&without).contains("--public-key"), "{}", err(&without));
    }
    for command in [&["lint"][..], &["fmt"], &["test"], &["lsp"]] {
        assert_eq!(by(command).status.code(), Some(2), "an option that a command does not know is not passed over");
    }
}

#[test]
fn no_output_changes_what_was_published() {
    let place = published("apart");
    symlink("out", place.path("link")).expect("a link");
    let listing = || {
        let entries =
            std::fs::read_dir(place.path("out")).expect("a folder").map(|entry| entry.expect("an entry").path());
        let mut all: Vec<_> = entries.map(|path| (path.clone(), std::fs::read(path).expect("a file"))).collect();
        all.sort();
        all
    };
    let (before, published, key) = (listing(), place.path("out"), place.path("a.pub"));
    for name in ["out/index.json", "out/index.json.minisig", "out/demo-1.0.bulou.json", "out/new.json", "link/new.json"]
    {
        let file = place.path(name);
        let checked = ["-o", "--sarif", "--annotated"].map(|option| check(&place, &[option, &file]));
        let school = place.path("学校.json");
        let others = [&["county", &school][..], &["template"], &["trace"]]
            .map(|command| bulou(&[command, &["--published", &published, "--public-key", &key, "-o", &file]].concat()));
        for output in checked.iter().chain(&others) {
            assert_eq!(output.status.code(), Some(2), "{name}");
            assert!(err(output).contains("在发布的文件夹"), "{name}: {}", err(output));
        }
    }
    assert_eq!(listing(), before);
    assert_eq!(status(&check(&place, &[])), "not_applicable");
}

#[test]
fn a_record_of_what_was_accepted_is_neither_lost_nor_emptied() {
    let place = published("kept");
    let accepted = place.path("accepted.json");
    assert_eq!(status(&check(&place, &["--accepted", &accepted])), "not_applicable");
    let record = std::fs::read(&accepted).expect("a record");
    assert!(String::from_utf8_lossy(&record).contains("\"pack\":\"demo\""));
    assert_ok(&place.verify(&["--public-key", &place.path("a.pub"), "--accepted", &accepted]));
    assert_eq!(std::fs::read(&accepted).expect("a record"), record, "the pack stays remembered");
    // A folder that has another pack is refused by both, and the record stays.
    let others = String::from_utf8_lossy(&record).replace("\"demo\"", "\"other\"");
    std::fs::write(&accepted, &others).expect("a file");
    let verified = place.verify(&["--public-key", &place.path("a.pub"), "--accepted", &accepted]);
    assert!(verified.status.code() == Some(1) && err(&verified).contains("P023"), "{}", err(&verified));
    assert_eq!(std::fs::read_to_string(&accepted).expect("a record"), others);
    // Who verifies first has taken the only pack there is.
    std::fs::remove_file(&accepted).expect("removed");
    assert_ok(&place.verify(&["--public-key", &place.path("a.pub"), "--accepted", &accepted]));
    assert_eq!(std::fs::read(&accepted).expect("a record"), record);
    for (link, to) in [("nowhere.json", "gone.json"), ("self.json", "self.json")] {
        symlink(to, place.path(link)).expect("a link");
        let (key, link) = (place.path("a.pub"), place.path(link));
        let verified = place.verify(&["--public-key", &key, "--accepted", &link]);
        for output in [check(&place, &["--accepted", &link]), verified] {
            assert_eq!(output.status.code(), Some(2), "{link}");
            assert!(err(&output).contains("是链接"), "{link}: {}", err(&output));
        }
        assert!(!place.0.join("gone.json").exists());
    }
}

#[test]
fn what_was_accepted_is_remembered_by_every_command() {
    let place = published("remembered");
    let (accepted, key) = (place.path("accepted.json"), place.path("a.key"));
    assert_eq!(status(&check(&place, &["--accepted", &accepted])), "not_applicable");
    let first = ["index.json", "index.json.minisig"].map(|name| {
        let path = place.path(&format!("out/{name}"));
        (path.clone(), std::fs::read(path).expect("a file"))
    });
    place.pack("1.1", 5);
    assert_ok(&place.publish(&["--key", &key, "--days", "36500"]));
    assert_eq!(status(&check(&place, &["--accepted", &accepted])), "not_applicable");
    for (path, bytes) in &first {
        std::fs::write(path, bytes).expect("a file");
    }
    std::fs::remove_file(place.path("out/demo-1.1.bulou.json")).expect("removed");
    let back = check(&place, &["--accepted", &accepted]);
    assert!(back.status.code() == Some(2) && err(&back).contains("P009"), "{}", err(&back));
    let whole: serde_json::Value = serde_json::from_slice(&std::fs::read(&accepted).expect("a record")).expect("JSON");
    for key in ["serial", "sha256", "key", "next_key", "revoked", "pack"] {
        let mut part = whole.clone();
        assert!(part.as_object_mut().expect("an object").remove(key).is_some(), "{key} is always written");
        std::fs::write(&accepted, part.to_string()).expect("a file");
        let half = check(&place, &["--accepted", &accepted]);
        assert!(half.status.code() == Some(2) && err(&half).contains(key), "{key}: {}", err(&half));
        assert_eq!(std::fs::read_to_string(&accepted).expect("a record"), part.to_string(), "it is left as it is");
    }
    std::fs::write(&accepted, "{}").expect("a file");
    let broken = check(&place, &["--accepted", &accepted]);
    assert!(err(&broken).contains("不是 --accepted 写的"), "{}", err(&broken));
    std::fs::remove_file(&accepted).expect("removed");
    let other = check(&place, &["--accepted", &accepted, "--pack-id", "campus-safety"]);
    assert!(err(&other).contains("P023") && !Path::new(&accepted).exists(), "{}", err(&other));
}

#[test]
fn a_key_is_changed_and_a_stolen_one_revoked() {
    let place = Place::new("rotation");
    place.key("a", None);
    place.key("b", None);
    place.key("c", None);
    let path = |name: &str| place.path(name);
    let (a, b, accepted) = (path("a.key"), path("b.key"), path("accepted.json"));
    assert_ok(&place.publish(&["--key", &a, "--next-key", &path("b.pub")]));
    assert_ok(&place.verify(&["--public-key", &path("a.pub"), "--accepted", &accepted]));
    not_published(&place, &["--key", &a, "--next-key", &path("c.pub")], "不能改成别的");
    not_published(&place, &["--key", &path("c.key"), "--last-key", &path("a.pub")], "--next-key");
    place.pack("1.1", 5);
    assert_ok(&place.publish(&["--key", &b, "--last-key", &path("a.pub"), "--next-key", &path("c.pub")]));
    for key in ["a.pub", "b.pub"] {
        assert_ok(&place.verify(&["--public-key", &path(key)]));
        assert_ok(&place.verify(&["--public-key", &path(key), "--accepted", &accepted]));
    }
    assert_eq!(place.refused(&["--public-key", &path("c.pub")]), "P004", "announced, it has signed nothing yet");
    assert_ok(&place.publish(&["--key", &path("c.key"), "--last-key", &path("b.pub"), "--revoke", &path("b.pub")]));
    assert_eq!(place.refused(&["--public-key", &path("b.pub")]), "P019");
    assert_ok(&place.verify(&["--public-key", &path("b.pub"), "--accepted", &accepted]));
    assert_ok(&place.verify(&["--public-key", &path("c.pub")]));
}
