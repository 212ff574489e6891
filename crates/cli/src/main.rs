//! The `mokuteki` command. See `mokuteki --help` and the README.

use std::process::ExitCode;

// Registers, trees and tables of rows are many small texts, which the allocator of the system makes slowly: an audit of ten
// thousand flows takes a quarter less time. The library takes whichever its program has.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    mokuteki_cli::main()
}
