#![doc = include_str!("../README.md")]

mod check;
mod coded;
mod fault;
mod ids;
mod number;
mod permit;
mod rules;

pub use crate::{
    check::{Checked, Written},
    coded::Coded,
    fault::{Fault, Status},
    ids::IdColumns,
    number::{FIELDS, NOT_DECIDED, number_of, verdict_of},
    permit::{LEAST_KEY, said, token, verify},
    rules::{Door, Rules},
};
