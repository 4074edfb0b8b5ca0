//! Output files are there whole or not at all, whatever ends the program.

use std::io::Write as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use super::{COUNTY, Folder, county, school};

/// A run in the middle: it has read and written much, and waits for the rest of its input.
fn begun(args: &[&str]) -> Child {
    let mut child = Command::new(env!("CARGO_BIN_EXE_bulou"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(args)
        .stdin(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let line = school(0).to_string() + "\n";
    let input = child.stdin.as_mut().expect("its input");
    // More than two rounds: of what was taken in, less than one can still be unwritten.
    for _ in 0..700 {
        input.write_all(line.as_bytes()).expect("read");
    }
    child
}

fn visible(folder: &Path) -> Vec<String> {
    let files = std::fs::read_dir(folder).expect("the folder").filter_map(Result::ok);
    let names = files.map(|file| file.file_name().to_string_lossy().into_owned());
    names.filter(|name| !name.starts_with('.')).collect()
}

#[test]
fn a_run_that_is_killed_leaves_no_file_or_the_old_one() {
    for (command, last) in [
        (vec!["check", "--format", "ndjson"], "out.ndjson"),
        (vec!["check", "--format", "json"], "out.json"),
        (vec!["county", "--partial"], "out.part"),
        (vec!["county", "--county", COUNTY, "--format", "xlsx"], "out.xlsx"),
    ] {
        for old in [None, Some("old")] {
            let folder = Folder::new(&format!("killed-{last}-{}", old.is_some()));
            if let Some(old) = old {
                folder.write(last, old.as_bytes());
            }
            let out = folder.path(last);
            let args = [&command[..], &["--as-of", "2022-06-28", "--ndjson", "-o", &out, "-"]].concat();
            let mut child = begun(&args);
            child.kill().expect("killed");
            child.wait().expect("ended");
            assert_eq!(std::fs::read_to_string(&out).ok().as_deref(), old, "{command:?}");
            assert_eq!(visible(&folder.0).len(), usize::from(old.is_some()), "{command:?}");
        }
    }
}

#[test]
fn what_a_killed_run_left_is_no_submission() {
    let folder = Folder::new("litter");
    folder.write("a.json", school(1).to_string().as_bytes());
    let out = folder.path("report.json");
    let mut child = begun(&["check", "--as-of", "2022-06-28", "--ndjson", "-o", &out, "-"]);
    child.kill().expect("killed");
    child.wait().expect("ended");
    assert!(std::fs::read_dir(&folder.0).expect("the folder").count() > 1, "something was left");
    let output = county(&["--county", COUNTY, "--format", "json", &folder.path("")]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    // An empty one is left over; one that holds something is a file that cannot be read.
    let told = String::from_utf8_lossy(&output.stderr).into_owned() + &report["schools"]["unreadable"].to_string();
    assert!(told.contains(".report.json."), "it is named: {told}");
    assert_eq!(report["by_school"].as_array().map(Vec::len), Some(1));
}

#[test]
fn a_finished_run_replaces_the_file_and_nothing_else() {
    let folder = Folder::new("replaced");
    folder.write("real.json", b"old");
    let (real, link, out) = (folder.path("real.json"), folder.path("link.json"), folder.path("a.json"));
    std::os::unix::fs::symlink(&real, &link).expect("a link");
    std::fs::set_permissions(&real, std::os::unix::fs::PermissionsExt::from_mode(0o640)).expect("permissions");
    for path in [&link, &out] {
        county(&["--county", COUNTY, "--format", "json", "-o", path, "tests/samples"]);
    }
    assert_eq!(std::fs::read(&real).expect("the file"), std::fs::read(&out).expect("the other"));
    assert!(std::fs::symlink_metadata(&link).expect("the link").is_symlink());
    let mode =
        |path: &str| std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(path).expect("a file").permissions());
    assert_eq!(mode(&real) & 0o777, 0o640);
    folder.write("ordinary", b"");
    assert_eq!(mode(&out), mode(&folder.path("ordinary")), "as any file that one makes");
    let mut left = visible(&folder.0);
    left.sort();
    assert_eq!(left, ["a.json", "link.json", "ordinary", "real.json"]);
    assert_eq!(std::fs::read_dir(&folder.0).expect("the folder").count(), 4, "nothing hidden is left");
}

#[test]
fn devices_are_written_to_and_a_missing_folder_is_said_at_once() {
    let output = county(&["--county", COUNTY, "-o", "/dev/null", "tests/samples"]);
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(!Path::new("/dev/null").is_file());
    let output = county(&["--county", COUNTY, "-o", "/no/such/folder/x.json", "tests/samples"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("写不了 `/no/such/folder/x.json`"));
}

#[test]
fn what_is_called_as_left_over_and_holds_something_is_a_school_s_as_any_other() {
    let folder = Folder::new("left-with-words");
    folder.write("a.json", school(1).to_string().as_bytes());
    let cut = &school(2).to_string()[..100];
    folder.write(".二校.json.aB3dE9.part", cut.as_bytes());
    let output = county(&["--county", COUNTY, "--format", "json", &folder.path("")]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(report["schools"]["unreadable"].as_array().map(Vec::len), Some(1), "{report}");
    folder.write(".二校.json.aB3dE9.part", b"");
    let output = county(&["--county", COUNTY, "--format", "json", &folder.path("")]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("aB3dE9"), "an empty one is named");
}
