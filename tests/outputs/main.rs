//! What others write reaches every output as text, and what must not be shown reaches none: hostile documents through
//! every command and format, each read by its real reader where there is one.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    reason = "a test starts the program, reads files and fails by panic"
)]

mod hostile;
mod markup;
mod plain;
mod sheets;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use hostile::{FORBIDDEN, SECRETS};

/// A folder with the pack `rules`, an altered one `later`, the county's document, and a school's with a hostile name.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("outputs").join(name);
        let _ = std::fs::remove_dir_all(&path);
        let folder = Self(path);
        for pack in ["rules", "later"] {
            folder.write(&format!("{pack}/source/text.txt"), hostile::SOURCE);
            folder.write(&format!("{pack}/a.bulou"), &hostile::pack(pack == "later"));
        }
        folder.write("county.json", &hostile::county().to_string());
        folder.write(&format!("schools/{}", hostile::FILE), &hostile::school().to_string());
        folder
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.0.join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, text).expect("written");
    }

    fn run(&self, args: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_bulou")).current_dir(&self.0).args(args).output().expect("the program runs")
    }

    /// What a command writes, on both streams and in `also`; nothing secret is in it.
    fn written(&self, args: &[&str], also: Option<&str>) -> Vec<u8> {
        let output = self.run(args);
        let errors = String::from_utf8(output.stderr).expect("UTF-8");
        assert!(output.status.code().is_some_and(|code| code < 2) || errors.is_empty(), "{args:?}: {errors}");
        let bytes = match also {
            Some(file) => std::fs::read(self.0.join(file)).expect("a file"),
            None => output.stdout,
        };
        for hidden in SECRETS.into_iter().chain([FORBIDDEN]) {
            let all = String::from_utf8_lossy(&bytes).into_owned() + &errors;
            assert!(!all.contains(hidden), "{args:?} shows {hidden}: {all}");
        }
        bytes
    }

    fn text(&self, args: &[&str], also: Option<&str>) -> String {
        String::from_utf8(self.written(args, also)).expect("UTF-8")
    }
}

const DAY: [&str; 4] = ["--as-of", "2022-06-28", "--pack", "rules"];

/// `bulou check` in a format.
fn check(format: &'static str) -> Vec<&'static str> {
    [&["check"][..], &DAY, &["--format", format, "schools"]].concat()
}

/// `bulou county` in a format.
fn county(format: &'static str) -> Vec<&'static str> {
    [&["county"][..], &DAY, &["--county", "county.json", "--all", "--format", format, "schools"]].concat()
}

/// `bulou diff` in a format.
fn diff(format: &'static str) -> Vec<&'static str> {
    ["diff", "rules", "later", "--as-of", "2022-06-28", "--data", "schools", "--format", format].to_vec()
}
