//! `mokuteki law`: provisions, what a citation names on a day, and how the law of the rules is kept up.

mod make;
mod resting;
mod show;
mod watch;

use std::io;

use clap::{Args as ClapArgs, Subcommand};
use mokuteki::Engine;

use super::{Status, terminal::Terminal};

#[derive(ClapArgs)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct LawArgs {
    #[command(subcommand)]
    action: Option<Action>,
    #[command(flatten)]
    show: show::ShowArgs,
}

#[derive(Subcommand)]
enum Action {
    /// Tell what a citation names on a day (the same as without a word)
    Show(show::ShowArgs),
    /// Write the table of an act's places from e-Gov's XML or JSON
    Import(make::ImportArgs),
    /// Tell what changed between texts of an act, what is announced, and what of the rules it touches
    Watch(watch::WatchArgs),
}

pub(crate) fn run(engine: &Engine, args: &LawArgs, terminal: &Terminal) -> io::Result<Status> {
    match &args.action {
        None => show::run(engine, &args.show, terminal),
        Some(Action::Show(show)) => show::run(engine, show, terminal),
        Some(Action::Import(import)) => make::run(engine, import, terminal),
        Some(Action::Watch(watch)) => watch::run(engine, watch, terminal),
    }
}
