//! A bureau's folder on disk, keys by the real minisign, and the program as a bureau and a school call it.

#![allow(
    dead_code,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "not every test asks for all of it; it starts programs and fails by panic"
)]

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use super::pack;

/// A folder of its own for a test: `pack` and `out` are to come, keys lie in it.
pub struct Place(pub PathBuf);

impl Place {
    pub fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("publish").join(name);
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).expect("a folder");
        let place = Self(folder);
        place.pack("1.0", 3);
        place
    }

    pub fn path(&self, name: &str) -> String {
        self.0.join(name).to_str().expect("a path").to_owned()
    }

    /// Writes the pack in a version.
    pub fn pack(&self, version: &str, days: u32) {
        for (name, bytes) in pack(version, days).0 {
            let path = self.0.join("pack").join(name);
            std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            std::fs::write(path, bytes).expect("a file");
        }
    }

    /// An ordinary key pair `NAME.key`, `NAME.pub` by the real program.
    pub fn key(&self, name: &str, password: Option<&str>) {
        let (secret, public) = (self.path(&format!("{name}.key")), self.path(&format!("{name}.pub")));
        let open = if password.is_none() { &["-W"][..] } else { &[] };
        let args = [&["-G", "-s", &secret, "-p", &public], open].concat();
        let password = password.map(|password| format!("{password}\n{password}\n")).unwrap_or_default();
        assert_ok(&run("minisign", &args, &password));
    }

    pub fn publish(&self, args: &[&str]) -> Output {
        let (pack, out) = (self.path("pack"), self.path("out"));
        let day: &[&str] = if args.contains(&"--as-of") { &[] } else { &["--as-of", "2022-07-01"] };
        bulou(&[&["publish", &pack, "-o", &out], day, args].concat())
    }

    pub fn verify(&self, args: &[&str]) -> Output {
        let out = self.path("out");
        let day: &[&str] = if args.contains(&"--as-of") { &[] } else { &["--as-of", "2022-07-02"] };
        bulou(&[&["verify", &out], day, args].concat())
    }

    /// The code with which the folder is refused.
    pub fn refused(&self, args: &[&str]) -> String {
        let public = self.path("a.pub");
        let args =
            if args.contains(&"--public-key") { args.to_vec() } else { [&["--public-key", &public], args].concat() };
        let output = self.verify(&args);
        assert_eq!(output.status.code(), Some(1), "{}", err(&output));
        err(&output).split_whitespace().nth(1).unwrap_or_default().to_owned()
    }

    pub fn edit(&self, name: &str, change: impl Fn(String) -> String) {
        let path = self.0.join("out").join(name);
        let text = std::fs::read_to_string(&path).expect("a file");
        std::fs::write(path, change(text)).expect("a file");
    }
}

pub fn run(program: &str, args: &[&str], input: &str) -> Output {
    let child = Command::new(program)
        .args(args)
        .env_remove("BULOU_KEY_PASSWORD")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let Ok(mut child) = child else {
        panic!("`{program}` cannot be started; on Debian: apt-get update && apt-get install -y minisign")
    };
    // A program that needs no input may close it first.
    let _ = child.stdin.take().expect("its input").write_all(input.as_bytes());
    child.wait_with_output().expect("the program ends")
}

pub fn bulou(args: &[&str]) -> Output {
    run(env!("CARGO_BIN_EXE_bulou"), args, "")
}

pub fn assert_ok(output: &Output) {
    assert!(output.status.success(), "{}{}", out(output), err(output));
}

pub fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

pub fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}
