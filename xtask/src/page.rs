//! The page: npm's packages, the wasm modules, and what Vite makes of both.

use std::process::Command;

use xtask::run::{Outcome, npm, root, run, step};

use crate::native::{How, build, built};

const TARGET: &str = "wasm32-unknown-unknown";
/// What the command line of the npm package is built for.
pub const WASI: &str = "wasm32-wasip1";

/// The npm packages, as locked.
pub fn packages() -> Outcome {
    npm(&["ci", "--no-audit", "--no-fund", "--loglevel", "error"])
}

/// The page with its modules built in one of the ways below. The packages are there already.
pub fn page(how: &str) -> Outcome {
    wasm(how)?;
    let script = if how == "shipped" { "ship" } else { "build" };
    step("page from the modules (Vite)", || npm(&["run", "--silent", script]))
}

/// The page that is shipped: small and fast, and within its budgets.
pub fn shipped() -> Outcome {
    step("npm packages", packages)?;
    page("shipped")?;
    step("types of the page", types)?;
    step("sizes", || npm(&["run", "--silent", "sizes"]))
}

/// Serves the page until it is stopped.
pub fn serve(port: &str) -> Outcome {
    println!("the page as one file: {}", root().join("www/dist/bulou.html").display());
    npm(&["run", "--silent", "serve", "--", "--port", port])
}

/// The wasm modules: `quick` to look at them, `tested` as the tests need them, or `shipped`.
pub fn wasm(how: &str) -> Outcome {
    compiler(TARGET)?;
    let program = if how == "quick" { How::Quick } else { How::Tested };
    step("what makes the page", || build("xtask-page", program))?;
    run(&built("xtask-page").to_string_lossy(), &[how])
}

/// Whether the page asks its modules for what they have.
pub fn types() -> Outcome {
    npm(&["run", "--silent", "check"])
}

/// The modules and the command line of the npm package.
pub fn package() -> Outcome {
    compilers()?;
    step("what makes them", || build("xtask-page", How::Tested))?;
    run(&built("xtask-page").to_string_lossy(), &["package"])
}

/// The compiler's parts for every kind of wasm.
pub fn compilers() -> Outcome {
    [TARGET, WASI].into_iter().try_for_each(compiler)
}

fn compiler(target: &str) -> Outcome {
    let installed = Command::new("rustup").args(["target", "list", "--installed"]).output();
    if installed.is_ok_and(|list| String::from_utf8_lossy(&list.stdout).contains(target)) {
        return Ok(());
    }
    run("rustup", &["target", "add", target]).map_err(|error| {
        format!(
            "{error}\nwithout rustup, install the target with your system's Rust packages, e.g. rust-web-src and lld"
        )
    })
}
