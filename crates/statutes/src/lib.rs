//! Acts as e-Gov publishes them, and what the rules need of them.
//!
//! [`act::read`] reads a file in any of the shapes in which e-Gov gives an act out: the XML of its bulk
//! download, the answer of its first API around that XML, and the JSON of its second API; each also
//! gzipped. [`table::write`] makes of one or more revisions the table of places that the rules ship
//! with (`rules/statutes/places/*.tsv`): facts, no sentences.
//!
//! Files come from outside, so that every reader here has a bound: on bytes, on depth, on elements. XML
//! is read by `quick-xml`, which expands no entity of a document; a document type is refused.

pub mod act;
pub mod document;
pub mod error;
pub mod index;
pub mod list;
pub mod table;
pub mod watch;
