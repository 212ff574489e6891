//! The page of `mokuteki report`: one offline HTML file that shows what every flow comes to, and
//! that decides flows while it is open.
//!
//! It decides with this engine, compiled to WebAssembly: [`answer`] is what the module runs, and
//! what the page is made with, so that there is no second implementation.

pub mod answer;
#[cfg(feature = "render")]
mod clause;
#[cfg(feature = "render")]
mod context;
#[cfg(feature = "render")]
mod data;
#[cfg(feature = "render")]
mod days;
mod matrix;
#[cfg(feature = "render")]
mod render;
#[cfg(feature = "render")]
mod view;
#[cfg(feature = "render")]
mod words;

/// The engine that this crate was built with: SHA-256, in hex, over its source. A page and its module have it, so that a page
/// never decides by another engine than the one that wrote it.
pub const ENGINE: &str = include!(concat!(env!("OUT_DIR"), "/engine.rs"));

#[cfg(feature = "render")]
pub use render::{MODULE, Options, PageError, render};
