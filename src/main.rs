//! The `mokuteki` command.
fn main() {}
