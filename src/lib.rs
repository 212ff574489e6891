#![doc = include_str!("../README.md")]
pub mod bits;
pub mod citation;
pub mod day;
pub mod decision;
pub mod engine;
pub mod flow;
pub mod grounds;
pub mod law;
mod names;
pub mod notice;
mod parallel;
pub mod problem;
pub mod report;
pub mod rules;
pub mod text;
pub mod vocabulary;

pub use crate::{
    day::Day,
    decision::{Decision, Permit, Verdict},
    engine::{Engine, Outcome},
    flow::{Flow, FlowError, FlowSpec},
    problem::{Finding, Problem, Problems, Severity},
    report::Lang,
};
