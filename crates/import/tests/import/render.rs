//! An outline as people write it down by hand: one line for each unit, with a sign for its part.

use mokuteki_import::{Outline, Purpose};

/// `題` title, `前` preamble, `#` purpose (mark, `|`, heading), `?` text, `§` section, `-` clause,
/// `>` the text that leads in the nested clauses `--` after it, `外` left out, with the reason.
pub(crate) fn render(outline: &Outline) -> String {
    let mut rows: Vec<((u32, u32), String)> = Vec::new();
    for title in &outline.title {
        rows.push((title.lines, format!("題 {}", title.text)));
    }
    for text in &outline.preamble {
        rows.push((text.lines, format!("前 {}", text.text)));
    }
    // What stands before the purposes comes in the order of the page.
    rows.sort_by_key(|(lines, _)| *lines);
    let mut lines: Vec<String> = rows.into_iter().map(|(_, row)| row).collect();
    for purpose in &outline.purposes {
        purpose_rows(purpose, &mut lines);
    }
    for left in &outline.left_out {
        let reason = format!("{:?}", left.reason).to_lowercase();
        lines.push(format!("外 {reason} {}", left.piece.text));
    }
    lines.join("\n") + "\n"
}

fn purpose_rows(purpose: &Purpose, rows: &mut Vec<String>) {
    rows.push(match purpose.piece {
        Some(_) => format!("# {}|{}", purpose.mark, purpose.title),
        None => "# (no heading)".to_owned(),
    });
    let texts = purpose.texts.iter();
    rows.extend(texts.map(|text| format!("? {}", text.text)));
    let of = |section: Option<usize>, rows: &mut Vec<String>| {
        let mut parent = None;
        for clause in purpose.clauses.iter().filter(|c| c.section == section) {
            if let Some(lead) = clause.parent.as_ref().filter(|lead| parent != Some(*lead)) {
                rows.push(format!("> {}", lead.text));
            }
            parent = clause.parent.as_ref();
            let sign = if parent.is_some() { "--" } else { "-" };
            rows.push(format!("{sign} {}", clause.quote));
        }
    };
    of(None, rows);
    for (at, section) in purpose.sections.iter().enumerate() {
        rows.push(format!("§ {}", section.heading.text));
        of(Some(at), rows);
    }
}
