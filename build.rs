//! The pack under `rules/` is embedded in the program: a change there is a change of the program.

fn main() {
    println!("cargo:rerun-if-changed=rules");
    println!("cargo:rerun-if-changed=build.rs");
}
