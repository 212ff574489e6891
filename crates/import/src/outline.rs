//! The outline of a published notice, as far as its layout tells: what is a purpose, a section, a
//! clause, and what is none of these. What the clauses mean is not judged here.

use serde::Serialize;

/// A stretch of the document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// As printed, without line ends and page spacing. Spaces between words of one line stay.
    pub text: String,
    /// Its first and last line in the normalised text, from 1.
    pub lines: (u32, u32),
    /// The stretches of printed characters that it is made of, in order.
    pub places: Vec<Stretch>,
}

/// Printed characters of one line, one after the other. Spacing does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Stretch {
    /// The line, from 1.
    pub line: u32,
    /// The first character, among those that the line prints, from 1.
    pub first: u32,
    /// The last one.
    pub last: u32,
}

/// All of a document, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Outline {
    /// The title over the purposes; empty when the document has none.
    pub title: Vec<Piece>,
    /// Paragraphs before the first purpose.
    pub preamble: Vec<Piece>,
    /// The purposes in order.
    pub purposes: Vec<Purpose>,
    /// What is neither, with the reason.
    pub left_out: Vec<LeftOut>,
}

/// A heading, and what stands under it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Purpose {
    /// Its place among the purposes, from 1. Clause labels count with it.
    pub number: u32,
    /// Its mark as printed, such as `１．`. It may be empty, and several purposes may bear the same.
    pub mark: String,
    /// The heading without its mark; empty where clauses stand under no heading.
    pub title: String,
    /// Mark and heading; `None` where clauses stand under no heading.
    pub piece: Option<Piece>,
    /// Paragraphs that belong to the purpose and are no clauses.
    pub texts: Vec<Piece>,
    /// The sections in order. An empty section has no clause that points at it.
    pub sections: Vec<Section>,
    /// The clauses in order, of all sections.
    pub clauses: Vec<Clause>,
}

/// A line over clauses that tells their direction or kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Section {
    /// The line as printed, with its brackets or bullet.
    pub heading: Piece,
    /// Whether it stands in brackets such as 【】.
    pub bracketed: bool,
}

/// One published case of use.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Clause {
    /// The number of its purpose, `-`, and its place in the purpose, over all sections: `5-4`.
    pub label: String,
    /// As printed, without bullet, line ends and page spacing.
    pub quote: String,
    /// Its first and last line in the normalised text, from 1.
    pub lines: (u32, u32),
    /// The stretches of printed characters that the quote is made of, in order.
    pub places: Vec<Stretch>,
    /// The place of its section in [`Purpose::sections`], from 0.
    pub section: Option<usize>,
    /// The bullet as printed; empty where the line has none.
    pub bullet: String,
    /// The text that leads in the nested bullets that this is one of.
    pub parent: Option<Piece>,
}

/// Text that is no part of the notice proper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// The text.
    pub piece: Piece,
    /// Why it is left out.
    pub reason: Reason,
}

/// Why text is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Reason {
    /// Menus, links, addresses, copyright: what every page of the site bears.
    Chrome,
    /// A day of making, of revision or of coming into force.
    Date,
    /// The end mark 「以上」.
    Closing,
    /// A page number or a rule of dashes.
    Page,
    /// A line of a list of laws.
    Law,
    /// A heading that holds no clause.
    Heading,
    /// A remark, such as one that begins with ※.
    Remark,
    /// The head of a table, where it names no section.
    TableHead,
    /// A part of another kind in the same document: a list of consent, the articles of a policy.
    OtherPart,
    /// Not understood: a person must look at it.
    Unplaced,
}
