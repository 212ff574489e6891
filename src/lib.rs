#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "audit")]
pub mod audit;
pub mod citation;
pub mod day;
pub mod decision;
#[cfg(any(feature = "import", feature = "scan"))]
mod decode;
#[cfg(feature = "diagnostic")]
pub mod diagnostic;
pub mod engine;
pub mod flow;
pub mod grounds;
#[cfg(feature = "import")]
pub mod import;
pub mod law;
#[cfg(feature = "lint")]
pub mod lint;
mod names;
pub mod notice;
#[cfg(feature = "page-answers")]
pub mod page;
mod parallel;
pub mod problem;
pub mod report;
pub mod rules;
#[cfg(feature = "scan")]
pub mod scan;
#[cfg(feature = "space")]
pub mod space;
pub mod text;
pub mod vocabulary;

pub use crate::{
    day::Day,
    decision::{Decision, Permit, Verdict},
    engine::{Engine, Outcome},
    flow::{Flow, FlowError, FlowSpec},
    problem::{Problem, Problems},
    report::Lang,
};
