//! The command through the real binary.

mod audit;
mod book;
mod codes;
mod days;
mod door;
#[path = "../../../space/tests/space/edits.rs"]
mod edits;
mod import_command;
mod law_watch;
mod lint;
mod long_inputs;
mod lookups;
mod migrate;
mod register;
mod report;
mod rubbish;
mod seeing;
mod space_command;

/// What a build leaves out is not tested, so the tests are of the build that leaves nothing out.
#[test]
#[cfg(not(feature = "full"))]
fn the_tests_are_of_the_command_that_people_install() {
    panic!("run `cargo test` from the root, or with `--features full`");
}
