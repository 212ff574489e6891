//! The audit of declared flows: the register that a team keeps next to its code, read to its end with
//! every problem told and the good rest kept.

mod agree;
mod baseline;
pub mod codes;
mod coverage;
mod document;
mod fields;
mod format;
pub mod inventory;
mod register;
mod remarks;
pub mod scan;
mod schema;
mod verdicts;
mod waivers;
mod what_if;

pub use baseline::Baseline;
pub use format::{FORMAT, Migrated, in_present_form};
pub use register::{Declared, Register, Waiver};
pub use schema::schema;
pub use verdicts::{Audited, Options, decide};
pub use what_if::Under;
