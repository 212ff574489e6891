//! The `mokuteki` command. See `mokuteki --help` and the README.

mod command;

use std::process::ExitCode;

fn main() -> ExitCode {
    command::run()
}
