#![doc = include_str!("../README.md")]

mod account;
mod columns;
mod error;
mod journal;
mod keys;
mod record;
mod register;
mod retention;
mod rules;
mod schema;
mod seal;
mod segment;
mod store;
mod tree;
mod verify;

pub use crate::{
    account::{Account, Beside, Report, ReportLine},
    columns::COLUMNS,
    error::{Error, Result},
    keys::Keys,
    record::{Counterpart, Disclosure, Form, Network, Subject, Way},
    retention::Destroyed,
    rules::{Class, Exempt, Item, Kind, RecordRules, RetainedFrom},
    store::{Ledger, Receipt},
    verify::{Fault, Verification},
};
