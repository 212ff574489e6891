#![doc = include_str!("../README.md")]

mod column;
mod compile;
mod csv;
mod csv_out;
mod event;
mod fhir;
mod key;
mod proof;
mod register;
mod resolve;
mod roster;
mod scope;
mod trouble;

pub use crate::{
    csv::{EVENT_COLUMNS, ROSTER_COLUMNS, read_events, read_roster},
    csv_out::{write_events, write_roster},
    event::{By, Event, EventId, EventKind, Sha256Hex},
    fhir::{from_fhir, to_fhir},
    key::{KeySecret, PersonKey},
    proof::{Broken, Proof},
    register::Register,
    resolve::{Answer, Query, Word},
    roster::Membership,
    scope::Scope,
    trouble::{Trouble, TroubleKind},
};
