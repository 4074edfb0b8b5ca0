//! The commands that are run, a folder with an English pack to run them in, and what they write.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use minisign::KeyPair;

/// The commands whose outputs are looked at, a line each; `@` begins the day on which documents are checked.
pub const LINES: &str = "
lint
lint faulty
lint faulty --pack pack
lint broken
lint nowhere
test
test --mutate --jobs 1
test --mutate --jobs 1 --format json
test --documents
test --documents --format json
fmt --check pack
fmt --check loose.bulou
fmt broken
fmt nowhere
check @ schools/good.json
check @ schools/bad.json
check @ schools
check @ schools --quiet --waivers waivers.json
check @ schools --format json --waivers waivers.json
check @ schools --format ndjson
check @ schools --format csv
check @ schools --format sarif
check @ schools --format junit
check @ schools --format github
check @ schools --format html
check @ schools --own-day
check @ schools --sarif out/a.sarif -o out/a.txt
check @ schools/wrong.json --schema strict.json --annotated out/wrong.xlsx
check @ schools/bad.json --annotated out/bad.xlsx
check @ schools/late.json --annotated out/late.xlsx
check @ out/bad.xlsx
check @ schools/good.json --county county.json
check @ twins --county county.json --format github
check @ schools/good.json --county unclear.json
check @ schools/good.json --county schools/cut.json
check @ schools/good.json --param least=2 --param days=working
check @ schools/good.json --param least=20
check @ schools/good.json --param nobody=1
check @ schools/good.json --param least
check @ schools/good.json --param least=1 --param least=2
check @ schools/good.json --params cut.json --waivers nowhere.json
check @ schools/good.json --params schools/cut.json
check @ schools/good.json --params twice.json
check @ schools/good.json --waivers county.json
check @ schools --annotated out/several.xlsx
check @ schools/nowhere.json
check
check @ schools/good.json -o schools/good.json
check @ schools/good.json -o nowhere/a.txt
check @ schools/good.json --schema schools/cut.json
check --as-of 2022 schools/good.json
check --format tex schools/good.json
county @ schools --county county.json --waivers waivers.json -o out/county.txt --notices out/letters.html
county @ schools --county county.json --all
county @ schools --county county.json --format json -o out/county.json
county @ schools --county county.json --format csv
county @ schools --county county.json --format html
county @ schools --county county.json --format xlsx -o out/county.xlsx
county @ schools/good.json schools/late.json --county county.json --format json -o out/earlier.json
county @ schools --county county.json --previous out/earlier.json
county @ schools --county county.json --previous out/earlier.json --format html --notices out/again.html
county @ schools --county county.json --previous out/earlier.json --format xlsx -o out/since.xlsx
county @ schools --partial -o out/part.json
county @ --merge out/part.json --county county.json
county @ --merge county.json --county county.json
county @ schools --county county.json --previous county.json
county @ schools --county schools/cut.json
county @ twins --county county.json
county @ twins --county county.json --format html --notices out/twins.html
county @ schools --format xlsx
county @ schools
diff pack newer --as-of 2022-07-10
diff pack newer --as-of 2022-07-10 --data schools
diff pack newer --as-of 2022-07-10 --data schools --format html
diff pack newer --as-of 2022-07-10 --data schools --format json
diff pack pack
diff pack faulty
diff pack county.json
diff pack newer --as-of 2022-07-10 --param nobody=1
publish -o out/published --key keys/a.key --as-of 2022-07-01 --params params.json --waivers waivers.json
publish newer -o out/published --key keys/a.key --as-of 2022-08-01 --next-key keys/b.pub
publish -o out/published --key keys/b.key --as-of 2022-08-02
publish -o out/unsigned --public-key keys/a.pub --as-of 2022-08-01
publish -o out/published --key nowhere.key
publish -o out/published --key keys/a.key --min-engine x
verify out/published --public-key keys/a.pub --as-of 2022-08-03 --accepted out/accepted.json
verify out/published --public-key keys/b.pub --as-of 2022-08-03
verify out/published --public-key keys/a.pub --as-of 2029-08-03
verify out/unsigned --public-key keys/a.pub
verify schools --public-key keys/a.pub
check @ schools --published out/published --public-key keys/a.pub
schema
schema --county
template
template --county
template -o out/template.xlsx
template --county -o out/county-template.xlsx
template --fill schools/bad.json -o out/filled.xlsx
template --fill schools/good.json --format json
template --fill schools/wrong.json --format json
explain
explain E041
explain D006
explain X999
prove
prove --rule nobody
prove --k many
prove --solver nowhere/z3
trace
trace --format html
trace --format json
new out/fresh
new out/published
init out/county
init out/county --with-pack
man out/manual
man keys/a.pub
completions tcsh
trace faulty
help
help check
chek
check --formt json
verify
";

/// What a line names where a command takes a pack of its own.
const PACKS: [&str; 6] = ["pack", "newer", "faulty", "broken", "nowhere", "loose.bulou"];

fn source(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        let place = to.join(entry.file_name().expect("a name"));
        if entry.is_dir() {
            copy(&entry, &place);
        } else {
            std::fs::copy(&entry, &place).expect("a copy");
        }
    }
}

/// A folder with the English pack and its documents, its next version, keys, and some files that are not right.
pub fn place(name: &str) -> PathBuf {
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&place);
    copy(&source("tests/english"), &place);
    copy(&place.join("pack"), &place.join("newer"));
    let rules = std::fs::read_to_string(place.join("pack/pack.bulou")).expect("rules");
    let changes = [
        ("version 1.0", "version 1.1"),
        ("due within 3 days", "due within 2 days"),
        ("rest: duration? \"Longest rest\"", "nights: integer? \"Nights\" scope 0 to 99\n  rest: duration \"Rest\""),
        ("kitchen, other", "kitchen, hall"),
        ("at_least 1000 | false    | 4", "at_least 1000 | false    | 6"),
        ("severity serious", "severity major"),
        ("requires count(guards) ≥ least otherwise \"no guard\"", ""),
        ("uncheckable meeting \"Minds must be changed\" reason \"no data can show it\"", ""),
        ("= 1 scope 1 to 9", "= 2 scope 1 to 8"),
        ("effective 2022-06-24 to 2030-12-31", "effective 2022-06-24 to 2029-12-31\n  placeholders {\"n/a\"}"),
    ];
    let newer = changes.iter().fold(rules.clone(), |rules, (from, to)| {
        assert!(rules.contains(from), "{from}");
        rules.replacen(from, to, 1)
    });
    let write = |name: &str, text: &str| std::fs::write(place.join(name), text).expect("a file");
    write("newer/pack.bulou", &newer);
    write("loose.bulou", &rules.replace("  ", "     "));
    write("params.json", "{\"least\": \"2\"}");
    write("cut.json", "{\"least\": ");
    write("twice.json", "{\"least\": \"1\", \"least\": \"2\"}");
    for (name, from) in [("a", "good"), ("b", "bad")] {
        let text = std::fs::read_to_string(place.join(format!("schools/{from}.json"))).expect("a document");
        std::fs::create_dir_all(place.join("twins")).expect("a folder");
        write(&format!("twins/{name}.json"), &text.replace("2141000341", "2141000340"));
    }
    write("unclear.json", "{\"roster\": [{\"code\": \"2141000340\"}, {\"name\": \"School 1\"}]}");
    write("strict.json", "{\"required\": [\"principal\"], \"requird\": []}");
    for name in ["out", "keys"] {
        std::fs::create_dir(place.join(name)).expect("a folder");
    }
    for name in ["a", "b"] {
        let keys = KeyPair::generate_unencrypted_keypair().expect("a key");
        write(&format!("keys/{name}.key"), &keys.sk.to_box(None).expect("a key").into_string());
        write(&format!("keys/{name}.pub"), &keys.pk.to_box().expect("a key").into_string());
    }
    place
}

pub fn run(place: &Path, line: &str, lang: &str) -> Output {
    let line = line.replace('@', "--as-of 2022-08-25");
    let named = line.split_whitespace().any(|word| PACKS.contains(&word));
    Command::new(env!("CARGO_BIN_EXE_bulou"))
        .current_dir(place)
        .env_remove("BULOU_KEY_PASSWORD")
        .args(["--lang", lang])
        .args(if named || line.starts_with("new ") { &[][..] } else { &["--pack", "pack"] })
        .args(line.split_whitespace())
        .stdin(Stdio::null())
        .output()
        .expect("the program starts")
}
