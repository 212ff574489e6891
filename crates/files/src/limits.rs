//! The table of limits: how much of each kind of input is taken, and why so much.
//!
//! Every limit stands here, so that who runs the command on a stranger's tree can read in one place what it may cost.
//! What goes beyond a limit is told, and nothing of it is taken: a part of a register would be a register that says less.

use mokuteki::rules;

/// One KiB, in bytes.
const KIB: u64 = 1 << 10;
/// One MiB, in bytes.
const MIB: u64 = 1 << 20;

/// How much of one kind of input is taken.
///
/// A reader keeps to [`bytes`](Self::bytes), [`lines`](Self::lines) and [`columns`](Self::columns) by itself; what parses
/// the text keeps to [`depth`](Self::depth) and [`elements`](Self::elements), and what works on it to
/// [`steps`](Self::steps) and [`seconds`](Self::seconds). `None` is where the others already bound it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// What it is about, such as `register`. It never changes.
    pub name: &'static str,
    /// Bytes of one file.
    pub bytes: u64,
    /// Lines of one file.
    pub lines: Option<u64>,
    /// Bytes of one line; of a table, of one row.
    pub columns: Option<u64>,
    /// How deeply lists, tables, elements and references stand within each other.
    pub depth: Option<u32>,
    /// Values, cells, elements or files.
    pub elements: Option<u64>,
    /// Steps of the work on one file: each of them is a few look-ups.
    pub steps: Option<u64>,
    /// Seconds of the work on one file, where another program does it.
    pub seconds: Option<u64>,
    /// Why so much.
    pub why: &'static str,
}

/// A limit of bytes alone, to be narrowed.
const fn of(name: &'static str, bytes: u64, why: &'static str) -> Limits {
    Limits {
        name,
        bytes,
        lines: None,
        columns: None,
        depth: None,
        elements: None,
        steps: None,
        seconds: None,
        why,
    }
}

/// A register, and each file that it includes.
pub const REGISTER: Limits = Limits {
    lines: Some(1_000_000),
    columns: Some(MIB),
    depth: Some(64),
    elements: Some(2_000_000),
    ..of(
        "register",
        16 * MIB,
        "10,000 flows of 13 fields are 5 MB; a tree of values takes about ten times its text in memory",
    )
};

/// Findings that do not count.
pub const BASELINE: Limits = Limits {
    lines: Some(1_000_000),
    columns: Some(64 * KIB),
    depth: Some(16),
    elements: Some(1_000_000),
    ..of(
        "baseline",
        16 * MIB,
        "50,000 findings of 300 bytes each; who has more has to settle some",
    )
};

/// A file of fields: a header of CSV, SQL DDL, JSON Schema or OpenAPI.
pub const FIELDS: Limits = Limits {
    lines: Some(500_000),
    columns: Some(4 * MIB),
    depth: Some(64),
    elements: Some(1_000_000),
    steps: Some(1_000_000),
    ..of(
        "fields",
        16 * MIB,
        "the largest published OpenAPI documents are 8 MB, sometimes on one line; references may repeat, so that steps are counted, too",
    )
};

/// A file of rules.
pub const RULES: Limits = Limits {
    lines: Some(200_000),
    columns: Some(256 * KIB),
    depth: Some(32),
    elements: Some(rules::MOST_FILES as u64),
    ..of(
        "rules",
        rules::LARGEST_FILE,
        "a notice is 100 KB and a statute 300 KB; 1,400 societies with a notice, a list and their texts are under 20,000 files",
    )
};

/// A document that is imported, and a text or draft that was made of one.
pub const DOCUMENT: Limits = Limits {
    lines: Some(200_000),
    columns: Some(4 * MIB),
    depth: Some(512),
    elements: Some(500_000),
    steps: Some(5_000_000),
    ..of(
        "document",
        16 * MIB,
        "a notice is a few pages; a PDF with pictures of its pages is some MB, and HTML often stands on one line",
    )
};

/// A PDF in its own process.
pub const PDF: Limits = Limits {
    elements: Some(2_000),
    steps: Some(20_000_000),
    seconds: Some(20),
    ..of(
        "pdf",
        512 * MIB,
        "bytes are those of memory, elements are pages: a page of text is read in milliseconds, and a small file can ask for hours",
    )
};

/// A file of a tree of code.
pub const SOURCE: Limits = Limits {
    elements: Some(2_000_000),
    ..of(
        "source",
        16 * MIB,
        "generated code reaches some MB; elements are the files of a tree, of which the Linux kernel has 80,000",
    )
};

/// A pattern of paths.
pub const GLOB: Limits = Limits {
    depth: Some(8),
    elements: Some(256),
    ..of(
        "glob",
        4 * KIB,
        "elements are the alternatives of {a,b}: a pattern of thousands of them is a list of files, and takes its matcher beyond its size",
    )
};

/// A row of an input of `decide`. The input itself may be endless: it is read row by row.
pub const ROW: Limits = Limits {
    columns: Some(MIB),
    depth: Some(4),
    elements: Some(1_024),
    ..of(
        "row",
        MIB,
        "thirteen fields of terms are under 2 KB; a stray quote must not take the rest of the file into one cell",
    )
};

/// Every limit, in the order of the table.
pub const ALL: [&Limits; 9] = [
    &REGISTER, &BASELINE, &FIELDS, &RULES, &DOCUMENT, &PDF, &SOURCE, &GLOB, &ROW,
];

impl Limits {
    /// The same with another number of bytes, for tests of what lies at a limit.
    #[must_use]
    pub const fn with_bytes(self, bytes: u64) -> Self {
        Self { bytes, ..self }
    }

    /// The same with another number of lines.
    #[must_use]
    pub const fn with_lines(self, lines: u64) -> Self {
        let lines = Some(lines);
        Self { lines, ..self }
    }

    /// The same with another length of lines, in bytes.
    #[must_use]
    pub const fn with_columns(self, columns: u64) -> Self {
        let columns = Some(columns);
        Self { columns, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_limit_has_a_name_of_its_own_and_a_reason() {
        let mut names: Vec<_> = ALL.iter().map(|limits| limits.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), ALL.len());
        for limits in ALL {
            assert!(limits.bytes > 0 && limits.why.len() > 30, "{limits:?}");
        }
    }

    #[test]
    fn the_page_of_limits_is_this_table() {
        let number =
            |value: Option<u64>| value.map_or_else(|| "–".to_owned(), |value| value.to_string());
        let rows = ALL.map(|limits| {
            let numbers = [
                Some(limits.bytes),
                limits.lines,
                limits.columns,
                limits.depth.map(u64::from),
                limits.elements,
                limits.steps,
                limits.seconds,
            ];
            let numbers = numbers.map(number).join(" | ");
            format!("| {} | {numbers} | {} |\n", limits.name, limits.why)
        });
        let head = "| input | bytes | lines | columns | depth | elements | steps | seconds | why |";
        let table = format!(
            "{head}\n|---|--:|--:|--:|--:|--:|--:|--:|---|\n{}",
            rows.concat()
        );
        let page = include_str!("../README.md");
        assert!(
            page.contains(&table),
            "crates/files/README.md should have:\n{table}"
        );
    }
}
