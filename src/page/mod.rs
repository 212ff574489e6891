//! The page of `mokuteki report`: one offline HTML file that shows what every flow comes to, and
//! that decides flows while it is open.
//!
//! It decides with this engine, compiled to WebAssembly: [`answer`] is what the module runs, and
//! what the page is made with, so that there is no second implementation.

pub mod answer;
#[cfg(feature = "page")]
mod clause;
#[cfg(feature = "page")]
mod context;
#[cfg(feature = "page")]
mod data;
#[cfg(feature = "page")]
mod days;
mod matrix;
#[cfg(feature = "page")]
mod render;
#[cfg(feature = "page")]
mod view;
#[cfg(feature = "page")]
mod words;

#[cfg(feature = "page")]
pub use render::{MODULE, Options, PageError, render};
