//! PDF: what is read of it here (feature `pdf`), and the other reader for fonts that do not tell their characters.

mod fallback;
#[cfg(feature = "pdf")]
mod fonts;
#[cfg(feature = "pdf")]
mod glyphs;
#[cfg(feature = "pdf")]
mod heads;
#[cfg(feature = "pdf")]
mod limits;
#[cfg(feature = "pdf")]
mod lines;
#[cfg(feature = "pdf")]
mod reader;

pub use fallback::{Fallback, NoFallback, Pdftotext, Unavailable};
#[cfg(feature = "pdf")]
pub(super) use reader::read;

#[cfg(not(feature = "pdf"))]
use super::{Document, Error, Kind};

/// A command without the reader says so, and how to get it; it never reads a part of a PDF as the whole.
#[cfg(not(feature = "pdf"))]
pub(super) fn read(_: &[u8], _: &dyn Fallback) -> Result<Document, Error> {
    Err(Error::NotInThisBuild { kind: Kind::Pdf })
}
