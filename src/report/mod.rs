//! What people and machines read: records that serialize, and text in Japanese or English.

mod citation;
mod human;
mod record;
mod remarks;
pub mod words;

pub use crate::problem::Lang;
pub use human::{render, render_errors};
pub use record::{
    ClauseRecord, ErrorRecord, Pairs, RECORD_FORMAT, Record, Rejected, SourceRecord, record,
    rejected,
};
pub use remarks::remark;
