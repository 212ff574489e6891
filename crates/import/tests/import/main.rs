//! Reading published notices: documents, outlines, readings and drafts.

mod draft;
mod generator;
mod outline;
mod reading;
mod render;
mod rules;
mod source;
mod stated;
