//! Texts of acts: what is read of them, and what changed between them.

mod files;
mod watch;
