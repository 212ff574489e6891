//! Reading a published notice: from the society's own document to its outline.
//!
//! A document of any layout becomes an [`Outline`]: title, preamble, purposes, sections, clauses,
//! and everything that is none of these, with the reason. No character of the document is lost.

mod clean;
pub mod draft;
mod join;
mod joint;
pub mod kind;
mod lines;
mod lists;
mod mark;
mod order;
pub mod outline;
mod parse;
pub mod reading;
mod reason;
pub mod review;
mod role;
pub mod source;
mod split;
mod table;
mod tree;
mod unit;
mod words;

pub use clean::{Change, Cleaned, clean};
pub use outline::{Clause, LeftOut, Outline, Piece, Purpose, Reason, Section, Stretch};

/// The outline of a notice without some of its lines, which are left out as parts of another kind.
fn segment_without(text: &str, others: &[u32]) -> Outline {
    let mut kept = String::with_capacity(text.len());
    for (number, line) in (1..).zip(text.split_inclusive('\n')) {
        if others.contains(&number) {
            kept.push('\n');
        } else {
            kept.push_str(line);
        }
    }
    let mut outline = segment(&kept);
    let lines = (1..).zip(lines::lines(text));
    let others = lines.filter(|(number, _)| others.contains(number));
    let left = others.filter_map(|(_, cells)| unit::Unit::new(&cells));
    outline.left_out.extend(left.map(|unit| LeftOut {
        piece: unit.piece(),
        reason: Reason::OtherPart,
    }));
    outline.left_out.sort_by_key(|left| left.piece.lines);
    outline
}

/// The outline of a notice, by its layout alone: its marks, its words, the ends of its lines.
///
/// Lines are counted from 1; `\n`, `\r\n` and `\r` each end one. Quotes are as printed, but that
/// lines are joined and the page's spacing is taken out. Whatever is not part of the title, the
/// preamble or a purpose is listed in [`Outline::left_out`] with its reason, so that every printed
/// character of the text is in the outline.
///
/// # Example
///
/// ```
/// let text = "個人情報の利用目的\n\
///             １．保健事業に必要な利用目的\n\
///             【健保組合内部での利用に係る事例】\n\
///             ・健康相談の記録の保\n\
///             存\n\
///             以上\n";
/// let outline = mokuteki_import::segment(text);
/// let purpose = &outline.purposes[0];
/// assert_eq!((purpose.mark.as_str(), purpose.title.as_str()), ("１．", "保健事業に必要な利用目的"));
/// assert_eq!(purpose.clauses[0].label, "1-1");
/// assert_eq!(purpose.clauses[0].quote, "健康相談の記録の保存");
/// assert_eq!(purpose.clauses[0].lines, (4, 5));
/// assert_eq!(outline.left_out[0].piece.text, "以上");
/// ```
#[must_use]
pub fn segment(text: &str) -> Outline {
    let (atoms, left) = lines::atoms(text);
    tree::outline(&parse::parse(&atoms), &left)
}
