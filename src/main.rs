//! The command line: parse, dispatch, exit code.

// They panic when their stream is closed: say things by `bulou_cli::terminal::tell`, write answers by `bulou_cli::output`.
#![deny(clippy::print_stderr, clippy::print_stdout)]

fn main() -> std::process::ExitCode {
    bulou_cli::run()
}
