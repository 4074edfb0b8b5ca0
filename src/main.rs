//! The command line: parse, dispatch, exit code.

// They panic when their stream is closed: say things by `cli::terminal::tell`, write answers by `cli::output`.
#![deny(clippy::print_stderr, clippy::print_stdout)]

mod cli;

fn main() -> std::process::ExitCode {
    cli::run()
}
