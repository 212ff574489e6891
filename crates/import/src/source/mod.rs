//! The document of a society as lines of text: plain text, HTML or PDF, in the encodings and with the
//! fonts that societies use.
//!
//! Nothing is lost silently: what is no part of the text, what was put right and what cannot be read is
//! told by [`Note`]s; a document of which nothing can be read is one [`Error`]. No program
//! is run unless the caller passes one: another reader of PDFs is a [`Fallback`].

pub mod codes;
mod error;
#[cfg(feature = "html")]
mod html;
mod kind;
mod note;
pub mod pdf;
mod plain;

pub use error::Error;
pub use kind::Kind;
pub use note::{Dropped, Note};
pub use pdf::Fallback;

/// A larger document is not read: a notice has some kilobytes, and a PDF with it some megabytes.
pub const LARGEST: usize = 32 << 20;

/// A document as text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "readers match it whole")]
pub struct Document {
    /// The lines, each ended by `\n`; a new page begins with a form feed. A character that cannot be read
    /// is U+FFFD.
    pub text: String,
    /// What the document was.
    pub kind: Kind,
    /// What was done to read it, and what a person should look at, in the order of the lines.
    pub notes: Vec<Note>,
}

/// Reads a document. Its name, such as `kojin.html`, tells HTML without a head from text.
///
/// # Example
///
/// ```
/// use mokuteki_import::source::{self, Kind};
///
/// let html = "<!doctype html><h2>保健事業に必要な利用目的</h2><ul><li>健診の案内</ul>";
/// let document = source::read(html.as_bytes(), "purposes.html")?;
/// assert_eq!(document.kind, Kind::Html);
/// assert_eq!(document.text, "保健事業に必要な利用目的\n・健診の案内\n");
/// # Ok::<(), source::Error>(())
/// ```
///
/// # Errors
///
/// The document must be text, HTML or PDF, hold printed text, and be no larger than [`LARGEST`]; a PDF
/// must be whole, open without a password, and have characters for its glyphs.
pub fn read(bytes: &[u8], name: &str) -> Result<Document, Error> {
    read_with(bytes, name, &pdf::NoFallback)
}

/// The same, with another reader for PDFs whose fonts do not tell their characters.
///
/// # Errors
///
/// As [`read`].
pub fn read_with(bytes: &[u8], name: &str, fallback: &dyn Fallback) -> Result<Document, Error> {
    if bytes.len() > LARGEST {
        return Err(Error::TooLarge { limit: LARGEST });
    }
    let document = match Kind::of(bytes, name) {
        Kind::Text => plain::read(bytes)?,
        #[cfg(feature = "html")]
        Kind::Html => html::read(bytes)?,
        #[cfg(not(feature = "html"))]
        Kind::Html => return Err(Error::NotInThisBuild { kind: Kind::Html }),
        Kind::Pdf => pdf::read(bytes, fallback)?,
    };
    if document.text.chars().all(mokuteki::text::is_space) {
        let frames = document.notes.into_iter().find_map(|note| match note {
            Note::Frames { addresses } => Some(addresses),
            _ => None,
        });
        return Err(Error::Empty {
            frames: frames.unwrap_or_default(),
        });
    }
    Ok(document)
}
