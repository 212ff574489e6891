//! Reads a PDF: glyphs become characters by the fonts, and lines by where they stand.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use hayro_interpret::{
    Context, InterpreterCache, InterpreterSettings, TransformExt,
    hayro_syntax::{DecryptionError, LoadPdfError, Pdf},
    interpret_page,
    kurbo::Rect,
};

use super::{Fallback, fonts::Fonts, glyphs::Page, heads, limits, lines};
use crate::{
    clean,
    source::{Document, Error, Kind, LARGEST, Note, plain},
};
use mokuteki_encoding as decode;
use mokuteki_findings::Text;

/// A notice has some pages.
const PAGES: usize = 2000;

/// What the pages of a PDF hold.
#[derive(Debug, Default)]
struct Pages {
    texts: Vec<Vec<String>>,
    glyphs: usize,
    lost: usize,
    /// Pages with images and without characters, from 1.
    images: Vec<usize>,
    /// Pages whose characters are not shown: read from an image by a machine.
    unseen: Vec<usize>,
    /// Heads and feet of the pages.
    heads: Vec<String>,
}

pub(in crate::source) fn read(bytes: &[u8], fallback: &dyn Fallback) -> Result<Document, Error> {
    let own = own(bytes);
    let whole = matches!(&own, Ok(pages) if pages.lost == 0);
    let hopeless = matches!(
        own,
        Err(Error::Encrypted | Error::Scanned { .. } | Error::TooLarge { .. })
    );
    if whole || hopeless {
        return own.map(|pages| document(&pages));
    }
    let other = match fallback.text(bytes) {
        Ok(text) => {
            let lost = lost(&text);
            let best = own.as_ref().map_or(usize::MAX, |pages| pages.lost);
            if lost < best && is_japanese(&text) {
                return Ok(by_other(&text, fallback.name()));
            }
            Text::new(
                format!("{} でも読めない", fallback.name()),
                format!("{} cannot read them either", fallback.name()),
            )
        }
        Err(unavailable) => unavailable.message(fallback.name()),
    };
    let pages = own?;
    if is_undecodable(pages.lost, pages.glyphs) {
        return Err(Error::Undecodable {
            glyphs: (pages.lost, pages.glyphs),
            other,
        });
    }
    Ok(document(&pages))
}

/// Where more than one of twenty characters is lost, what is left is no notice.
fn is_undecodable(lost: usize, glyphs: usize) -> bool {
    lost * 20 > glyphs
}

/// Whether a text can be one of Japanese sentences. A program that does not know the characters of a font may
/// print those whose numbers its glyphs happen to have.
fn is_japanese(text: &str) -> bool {
    let (mut all, mut known, mut hiragana) = (0, 0, 0);
    for c in text.chars().filter(|c| !mokuteki::text::is_space(*c)) {
        all += 1;
        known += usize::from(decode::is_known(c));
        hiragana += usize::from(matches!(c, 'ぁ'..='ん'));
    }
    all > 0 && known * 20 >= all * 19 && hiragana * 50 >= all
}

fn lost(text: &str) -> usize {
    let unknown = |c: &char| matches!(c, '\u{FFFD}' | '\u{E000}'..='\u{F8FF}' | '\0'..='\u{8}');
    text.chars().filter(unknown).count()
}

/// The pages, as this library reads them.
fn own(bytes: &[u8]) -> Result<Pages, Error> {
    if !limits::fits(bytes) {
        return Err(Error::TooLarge { limit: LARGEST });
    }
    // The reader of the structure is meant never to panic; since it reads what anybody may have written, a
    // mistake of its own must not end a run over a thousand documents. It has no state that outlives this.
    catch_unwind(AssertUnwindSafe(|| interpreted(bytes))).unwrap_or_else(|_| Err(broken(bytes)))
}

fn broken(bytes: &[u8]) -> Error {
    let tail = bytes.len().saturating_sub(1024);
    let tail = bytes.get(tail..).unwrap_or_default();
    Error::Broken {
        truncated: !tail.windows(5).any(|window| window == b"%%EOF"),
    }
}

fn interpreted(bytes: &[u8]) -> Result<Pages, Error> {
    let data: Arc<Vec<u8>> = Arc::new(bytes.to_vec());
    let pdf = Pdf::new(data).map_err(|error| match error {
        LoadPdfError::Decryption(
            DecryptionError::PasswordProtected | DecryptionError::UnsupportedAlgorithm,
        ) => Error::Encrypted,
        LoadPdfError::Decryption(_) | LoadPdfError::Invalid => broken(bytes),
    })?;
    let too_large = Error::TooLarge { limit: LARGEST };
    if pdf.pages().len() > PAGES || !limits::objects_fit(&pdf, bytes) {
        return Err(too_large);
    }
    if pdf.pages().is_empty() {
        return Err(broken(bytes));
    }
    let fonts = Fonts::new(&pdf);
    let cache = InterpreterCache::new();
    let mut pages = Pages::default();
    for (number, page) in (1..).zip(pdf.pages().iter()) {
        let (width, height) = page.render_dimensions();
        let area = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let transform = page.initial_transform(true).to_kurbo();
        let settings = InterpreterSettings::default();
        let mut context = Context::new(transform, area, &cache, pdf.xref(), settings);
        let mut drawn = Page::new(&fonts);
        interpret_page(page, &mut context, &mut drawn);
        if drawn.full {
            return Err(too_large);
        }
        if drawn.glyphs.is_empty() && drawn.images > 0 {
            pages.images.push(number);
        }
        if drawn.unseen > 0 {
            pages.unseen.push(number);
        }
        pages.glyphs += drawn.glyphs.len();
        let (lines, lost) = lines::lines(drawn.glyphs);
        pages.lost += lost;
        pages.texts.push(lines);
    }
    if pages.glyphs == 0 && !pages.images.is_empty() {
        return Err(Error::Scanned {
            pages: pages.texts.len(),
        });
    }
    if pages.glyphs == 0 && broken(bytes) == (Error::Broken { truncated: true }) {
        return Err(broken(bytes));
    }
    pages.heads = heads::take(&mut pages.texts);
    Ok(pages)
}

fn document(pages: &Pages) -> Document {
    let texts = pages
        .texts
        .iter()
        .map(|lines| lines.iter().map(|line| format!("{line}\n")).collect());
    let texts: Vec<String> = texts.collect();
    let mut notes = vec![Note::Pages { count: texts.len() }];
    if !pages.heads.is_empty() {
        notes.push(Note::PageHeads {
            texts: pages.heads.clone(),
        });
    }
    if !pages.images.is_empty() {
        notes.push(Note::ImagePages {
            pages: pages.images.clone(),
        });
    }
    if !pages.unseen.is_empty() {
        notes.push(Note::UnseenText {
            pages: pages.unseen.clone(),
        });
    }
    folded(&texts.join("\u{C}"), notes)
}

fn by_other(text: &str, name: &'static str) -> Document {
    let count = text.trim_end_matches('\u{C}').matches('\u{C}').count() + 1;
    let text = plain::ends(text.trim_end_matches('\u{C}'));
    folded(&text, vec![Note::Pages { count }, Note::ReadBy { name }])
}

/// The text with the characters that fonts show, where they tell radicals and compatibility forms.
fn folded(text: &str, mut notes: Vec<Note>) -> Document {
    let mut out = String::with_capacity(text.len());
    let mut line = 1;
    let odd = |c| matches!(c, '\u{2E80}'..='\u{2FDF}' | '\u{F900}'..='\u{FAFF}' | '\u{2F800}'..='\u{2FA1F}');
    for c in text.chars() {
        if c == '\n' {
            line += 1;
        }
        let put_right = odd(c).then(|| clean(c.encode_utf8(&mut [0; 4])));
        match put_right {
            Some(cleaned)
                if !cleaned.changes.is_empty()
                    && !cleaned.changes.iter().any(crate::Change::is_lost) =>
            {
                notes.push(Note::Folded {
                    line,
                    from: c,
                    to: cleaned.text.clone(),
                });
                out.push_str(&cleaned.text);
            }
            _ => out.push(c),
        }
    }
    notes.extend(plain::doubts(&out));
    Document {
        text: out,
        kind: Kind::Pdf,
        notes,
    }
}
