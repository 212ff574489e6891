//! The command through the real binary.

mod audit;
#[path = "../../../space/tests/space/edits.rs"]
mod edits;
mod import_command;
mod lint;
mod long_inputs;
mod lookups;
mod report;
mod rubbish;
mod seeing;
mod space_command;
