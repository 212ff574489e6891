//! What was looked at, and what could not be.

use serde_json::json;

use super::{Marked, place};
use crate::scan::{self, EXEMPT, Scan, Trouble, TroubleKind};
use crate::{Register, codes};
use mokuteki_findings::{Code, Diagnostic, Findings, Place, Table, Text};

/// What could not be scanned.
pub(super) fn untold(trouble: &Trouble) -> Diagnostic {
    let exclude = Text::new(
        "直すか、[scan] の exclude に書く",
        "correct it, or name it in the exclude of [scan]",
    );
    let (code, message): (&Code, Text) = match &trouble.kind {
        TroubleKind::LinkBroken => (
            &codes::LINK_NOT_FOLLOWED,
            Text::new("リンクの先がない", "the link leads nowhere"),
        ),
        TroubleKind::LinkOutside => (
            &codes::LINK_NOT_FOLLOWED,
            Text::new(
                "リンクが木の外を指すので、先を見ていない",
                "the link leaves the tree, so it is not followed",
            ),
        ),
        TroubleKind::Special => (
            &codes::LINK_NOT_FOLLOWED,
            Text::new(
                "普通のファイルではないので読まない",
                "no ordinary file, so it is not read",
            ),
        ),
        TroubleKind::LinkLoop => (
            &codes::SYMLINK_LOOP,
            Text::new("リンクが循環している", "the link leads into itself"),
        ),
        TroubleKind::TooLarge => (
            &codes::TOO_LARGE,
            Text::new(
                format!("{} バイトを超えるので読まない", scan::LARGEST),
                format!("is larger than {} bytes, so it is not read", scan::LARGEST),
            ),
        ),
        TroubleKind::Unreadable(reason) => (
            &codes::UNREADABLE,
            Text::new(
                format!("読めない: {reason}"),
                format!("cannot be read: {reason}"),
            ),
        ),
    };
    let path = if trouble.path.is_empty() {
        "."
    } else {
        &trouble.path
    };
    Diagnostic::new(code, Place::file(path), "", message, exclude)
}

pub(super) fn nothing(shown: &str) -> Diagnostic {
    let message = Text::new(
        "走査できるファイルが一つもない",
        "there is no file that could be scanned",
    );
    let help = Text::new(
        "--root に木の根を指す。.gitignore と [scan] の exclude を確かめる",
        "give the root of the tree by --root; check .gitignore and the exclude of [scan]",
    );
    Diagnostic::new(
        &codes::NOTHING_SCANNED,
        Place::file(shown),
        "",
        message,
        help,
    )
}

/// What was looked at, so that nothing found is told from nothing scanned.
pub(super) fn say(findings: &mut Findings, register: &Register, scan: &Scan, marked: &Marked<'_>) {
    let exempt = marked.of_id(EXEMPT);
    let markers = marked.len() - exempt.len();
    let without = register
        .flows()
        .iter()
        .filter(|flow| flow.code().is_empty());
    let without = without.count();
    let marked_sinks: u32 = scan.texts.iter().map(|text| text.marked).sum();
    let bare_sinks: usize = scan.texts.iter().map(|text| text.unmarked.len()).sum();
    let (files, lines, binary) = (scan.texts.len(), scan.lines, scan.binary.len());
    findings.facts.push((
        Text::new("コード", "code"),
        Text::new(
            format!(
                "ファイル {files}、行 {lines}、目印 {markers}、適用除外 {}、文章でないため見ていないもの {binary}",
                exempt.len()
            ),
            format!(
                "files {files}, lines {lines}, markers {markers}, exempt {}, not text and not looked at {binary}",
                exempt.len()
            ),
        ),
    ));
    findings.facts.push((
        Text::new("送り出し", "sinks"),
        Text::new(
            format!("目印のあるもの {marked_sinks}、ないもの {bare_sinks}"),
            format!("with a marker {marked_sinks}, without {bare_sinks}"),
        ),
    ));
    if without > 0 {
        findings.facts.push((
            Text::new("code のない流れ", "flows without code"),
            Text::same(without.to_string()),
        ));
    }
    let rows = exempt.iter().map(|(path, marker)| {
        let (at, reason) = (place(path, marker).shown(), &marker.reason);
        vec![Text::same(at), Text::same(reason)]
    });
    findings.tables.push(Table {
        title: Text::new(
            "個人データを運ばないとされた場所",
            "Places said to carry no personal data",
        ),
        columns: vec![Text::new("場所", "place"), Text::new("理由", "reason")],
        rows: rows.collect(),
    });
    let data = json!({
        "files": files, "lines": lines, "markers": markers, "exempt": exempt.len(),
        "binary": scan.binary, "encodings": scan.encodings, "flows_without_code": without,
        "sinks": { "marked": marked_sinks, "unmarked": bare_sinks },
    });
    findings.data.insert("scan".to_owned(), data);
}
