//! `bulou publish` and `bulou verify` as a bureau and a school meet them, with the real minisign program.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    reason = "a test starts programs and fails by panic"
)]

mod publish_support;

use publish_support::WAIVERS;
use publish_support::place::{Place, assert_ok, err, out, run};

#[test]
fn the_real_minisign_verifies_what_we_sign() {
    let place = Place::new("ours");
    place.key("a", None);
    assert_ok(&place.publish(&["--key", &place.path("a.key")]));
    place.key("b", None);
    let other = place.publish(&["--key", &place.path("b.key")]);
    assert!(err(&other).contains("P004"), "the key before is another: {}", err(&other));
    let other = place.publish(&["--key", &place.path("b.key"), "--last-key", &place.path("a.pub")]);
    assert!(err(&other).contains("--next-key"), "and does not name this one: {}", err(&other));
    let pair = place.publish(&["--key", &place.path("b.key"), "--public-key", &place.path("a.pub")]);
    assert!(err(&pair).contains("不是一对"), "{}", err(&pair));
    let args = ["-V", "-m", &place.path("out/index.json"), "-p", &place.path("a.pub")];
    let checked = run("minisign", &args, "");
    assert_ok(&checked);
    assert!(
        out(&checked).contains("bulou serial:1 published:2022-07-01 expires:2022-12-28 pack:demo@1.0"),
        "{}",
        out(&checked)
    );
    let accepted = place.verify(&["--public-key", &place.path("a.pub")]);
    assert_ok(&accepted);
    assert!(out(&accepted).contains("第 1 号索引") && out(&accepted).contains("demo 1.0"), "{}", out(&accepted));
    place.edit("index.json", |text| text.replace("2022-12-28", "2032-12-28"));
    assert!(!run("minisign", &args, "").status.success());
}

#[test]
fn what_the_real_minisign_signs_is_accepted() {
    let place = Place::new("theirs");
    place.key("a", None);
    assert_eq!(place.publish(&[]).status.code(), Some(2), "an index names its key");
    let unsigned = place.publish(&["--public-key", &place.path("a.pub")]);
    assert_ok(&unsigned);
    assert!(out(&unsigned).contains("minisign -S -s KEY -m"), "{}", out(&unsigned));
    assert_eq!(place.refused(&[]), "P001");
    let (index, key) = (place.path("out/index.json"), place.path("a.key"));
    let comment = out(&unsigned).split('\'').nth(1).expect("the comment to sign with").to_owned();
    assert_ok(&run("minisign", &["-S", "-s", &key, "-m", &index, "-t", &comment], ""));
    assert_ok(&place.verify(&["--public-key", &place.path("a.pub")]));
    assert_ok(&place.publish(&["--public-key", &place.path("a.pub")]));
    assert_ok(&run("minisign", &["-S", "-s", &key, "-m", &index], ""));
    assert_eq!(place.refused(&[]), "P018", "signed without the comment");
    assert_ok(&run("minisign", &["-S", "-l", "-s", &key, "-m", &index], ""));
    assert_eq!(place.refused(&[]), "P002", "the old kind of signature");
}

#[test]
fn a_key_with_a_password_opens_with_it_alone() {
    let place = Place::new("password");
    place.key("a", Some("四个 词的 密码"));
    let key = place.path("a.key");
    std::fs::write(place.path("right.txt"), "四个 词的 密码\n").expect("a file");
    std::fs::write(place.path("wrong.txt"), "guess\n").expect("a file");
    let wrong = place.publish(&["--key", &key, "--password-file", &place.path("wrong.txt")]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(err(&wrong).contains("密码不对") && !place.0.join("out").exists(), "{}", err(&wrong));
    assert_ok(&place.publish(&["--key", &key, "--password-file", &place.path("right.txt")]));
    assert_ok(&place.verify(&["--public-key", &place.path("a.pub")]));
}

#[test]
fn every_tampering_is_refused_with_its_code() {
    let place = Place::new("tampered");
    place.key("a", None);
    place.key("b", None);
    std::fs::write(place.path("参数.json"), r#"{"会议日期": "2022-06-23"}"#).expect("a file");
    std::fs::write(place.path("豁免.json"), WAIVERS).expect("a file");
    let (key, accepted) = (place.path("a.key"), place.path("accepted.json"));
    let given = ["--params", &place.path("参数.json"), "--waivers", &place.path("豁免.json"), "--key", &key];
    assert_ok(&place.publish(&given));
    let public = place.path("a.pub");
    assert_ok(&place.verify(&["--public-key", &public, "--accepted", &accepted]));
    let keep = |name: &str| std::fs::read(place.path(&format!("out/{name}"))).expect("a file");
    let back = |name: &str, bytes: &[u8]| std::fs::write(place.path(&format!("out/{name}")), bytes).expect("a file");
    let first = (keep("index.json"), keep("index.json.minisig"));

    assert_eq!(place.refused(&["--public-key", &place.path("b.pub")]), "P004");
    assert_eq!(place.refused(&["--public-key", &place.path("参数.json")]), "P003");
    assert_eq!(place.refused(&["--as-of", "2022-06-30"]), "P011");
    assert_eq!(place.refused(&["--as-of", "2022-12-29"]), "P012");
    place.edit("index.json", |text| text.replace("demo", "domo"));
    assert_eq!(place.refused(&[]), "P005");
    back("index.json", &first.0[..100]);
    assert_eq!(place.refused(&[]), "P006");
    back("index.json", &first.0);
    for name in ["demo-1.0.bulou.json", "demo.参数.json", "demo.豁免.json"] {
        let whole = keep(name);
        place.edit(name, |text| text.replace("2022", "2023"));
        assert_eq!(place.refused(&[]), "P015", "{name}");
        std::fs::remove_file(place.path(&format!("out/{name}"))).expect("removed");
        assert_eq!(place.refused(&[]), "P014", "{name}");
        back(name, &whole);
    }
    place.pack("1.1", 5);
    assert_ok(&place.publish(&["--key", &key]));
    assert_ok(&place.verify(&["--public-key", &public, "--accepted", &accepted]));
    let (old, new) = (keep("demo-1.0.bulou.json"), keep("demo-1.1.bulou.json"));
    back("demo-1.0.bulou.json", &new);
    back("demo-1.1.bulou.json", &old);
    assert_eq!(place.refused(&[]), "P016");
    back("demo-1.0.bulou.json", &old);
    back("demo-1.1.bulou.json", &new);
    let second = (keep("index.json"), keep("index.json.minisig"));
    back("index.json", &first.0);
    back("index.json.minisig", &first.1);
    assert_eq!(place.refused(&["--accepted", &accepted]), "P009", "rolled back");
    place.pack("1.1", 6);
    assert_ok(&place.publish(&["--key", &key]));
    assert_eq!(place.refused(&["--accepted", &accepted]), "P010", "another history");
    back("index.json", &second.0);
    back("index.json.minisig", &second.1);
    back("demo-1.1.bulou.json", &new);
    assert_ok(&place.verify(&["--public-key", &public, "--accepted", &accepted]));
    std::fs::remove_file(place.path("out/index.json")).expect("removed");
    assert_eq!(place.refused(&[]), "P014");
}

#[test]
fn a_newer_program_is_asked_for_and_an_unknown_format_is_named() {
    let place = Place::new("newer");
    place.key("a", None);
    assert_ok(&place.publish(&["--key", &place.path("a.key"), "--min-engine", "99.0.0"]));
    assert_eq!(place.refused(&[]), "P013");
    for none in ["latest", "", "1", "0.1", "v0.1.0", "0.1.0-beta", "0.1.+0", "0..1", "99999999999999999999.0.0"] {
        let output = place.publish(&["--key", &place.path("a.key"), "--min-engine", none]);
        assert!(output.status.code() == Some(2) && err(&output).contains("0.1.0"), "{none}: {}", err(&output));
    }
    place.edit("index.json", |text| text.replace("\"format_version\": 2", "\"format_version\": 7"));
    assert_ok(&run("minisign", &["-S", "-s", &place.path("a.key"), "-m", &place.path("out/index.json")], ""));
    assert_eq!(place.refused(&[]), "P008");
    place.edit("index.json", |_| "[1, 2]".to_owned());
    assert_ok(&run("minisign", &["-S", "-s", &place.path("a.key"), "-m", &place.path("out/index.json")], ""));
    assert_eq!(place.refused(&[]), "P007");
}

#[test]
fn publishing_shows_what_changed_and_refuses_what_is_not_sound() {
    let place = Place::new("refuses");
    place.key("a", None);
    let key = place.path("a.key");
    assert_ok(&place.publish(&["--key", &key]));
    let index = std::fs::read(place.path("out/index.json")).expect("the index");
    let refused = |words: &str| {
        let output = place.publish(&["--key", &key]);
        assert_eq!(output.status.code(), Some(2), "{}", out(&output));
        assert!(err(&output).contains(words), "{}", err(&output));
        assert_eq!(std::fs::read(place.path("out/index.json")).expect("the index"), index, "nothing was written");
    };
    let cases = place.path("pack/cases/demo.json");
    let kept = std::fs::read(&cases).expect("the cases");
    std::fs::remove_file(&cases).expect("removed");
    refused("规则集没有案例");
    std::fs::write(&cases, kept).expect("a file");
    place.pack("1.0", 5);
    refused("内容却改了");
    place.pack("0.9", 5);
    refused("不比已发布的 1.0 新");
    place.pack("1.1", 0);
    refused("案例不对");
    std::fs::write(place.path("pack/x.bulou"), "规则 甲 {").expect("a file");
    refused("E0");
    std::fs::remove_file(place.path("pack/x.bulou")).expect("removed");
    place.pack("1.1", 5);
    let changed = place.publish(&["--key", &key]);
    assert_ok(&changed);
    assert!(out(&changed).contains("! 规则 三日摸底 没有不符合的案例"), "{}", out(&changed));
    assert!(out(&changed).contains("放宽 三日摸底") && out(&changed).contains("期限 3日 → 5日"), "{}", out(&changed));
    let renewed = place.publish(&["--key", &key, "--as-of", "2022-09-01"]);
    assert_ok(&renewed);
    assert!(out(&renewed).contains("! 发布日 2022-09-01 不是今天"), "{}", out(&renewed));
    assert!(out(&renewed).contains("规则没有变化") && out(&renewed).contains("第 3 号索引"), "{}", out(&renewed));
    place.edit("demo-1.1.bulou.json", |text| text.replace("5日", "9日"));
    let altered = place.publish(&["--key", &key]);
    assert!(err(&altered).contains("P015"), "what was altered is not signed anew: {}", err(&altered));
}

#[test]
fn parameters_and_waivers_that_change_or_go_along_are_told() {
    let place = Place::new("beside");
    place.key("a", None);
    let key = place.path("a.key");
    assert_ok(&place.publish(&["--key", &key]));
    let with = |params: &str, waivers: &str| {
        std::fs::write(place.path("参数.json"), params).expect("a file");
        std::fs::write(place.path("豁免.json"), waivers).expect("a file");
        let given = ["--key", &key, "--params", &place.path("参数.json"), "--waivers", &place.path("豁免.json")];
        place.publish(&given)
    };
    let loosened = with(r#"{"会议日期": "2029-01-01"}"#, WAIVERS);
    assert_ok(&loosened);
    for told in ["参数 会议日期: 2022-06-24 → 2029-01-01", "新增豁免: 2141000345 的「三日摸底」", "县教体局 批准,新校"]
    {
        assert!(out(&loosened).contains(told), "{told}: {}", out(&loosened));
    }
    let verified = place.verify(&["--public-key", &place.path("a.pub")]);
    for told in ["会议日期 2029-01-01(规则集 2022-06-24)", "豁免: 2141000345 的「三日摸底」"] {
        assert!(out(&verified).contains(told), "{told}: {}", out(&verified));
    }
    let renewed = place.publish(&["--key", &key]);
    for told in ["沿用参数 会议日期: 2029-01-01(规则集 2022-06-24)", "沿用豁免: 2141000345"] {
        assert!(out(&renewed).contains(told), "{told}: {}", out(&renewed));
    }
    let longer = with(r#"{"会议日期": "2029-01-01"}"#, &WAIVERS.replace("2022-12-31", "2029-12-31"));
    let told = out(&longer).lines().find(|line| line.starts_with("豁免变了")).map(str::to_owned).expect("a line");
    assert!(told.contains("至 2022-12-31") && told.contains("至 2029-12-31"), "{told}");
    let ended = with(r#"{"会议日期": "2029-01-01"}"#, &WAIVERS.replace("2022-12-31", "2022-06-30"));
    assert!(out(&ended).contains("2022-06-24 至 2022-06-30(已到期)"), "{}", out(&ended));
    assert_eq!(out(&ended).matches("已到期").count(), 1, "{}", out(&ended));
    let gone = with("{}", "[]");
    for told in ["参数 会议日期: 2029-01-01 → 2022-06-24", "不再豁免: 2141000345"] {
        assert!(out(&gone).contains(told), "{told}: {}", out(&gone));
    }
    let same = place.publish(&["--key", &key]);
    assert!(out(&same).contains("参数和豁免没有变化"), "{}", out(&same));
    let blank = with(r#"{"会议日期": ""}"#, "[]");
    assert_eq!(blank.status.code(), Some(2), "{}", out(&blank));
}
