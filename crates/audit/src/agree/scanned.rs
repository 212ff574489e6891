//! What was looked at, and what could not be.

use serde_json::json;

use super::{Marked, place};
use crate::scan::{self, EXEMPT, Scan, Trouble, TroubleKind};
use crate::{Register, codes};
use mokuteki_findings::{Code, Diagnostic, Findings, Place, Table, Text};

/// What could not be scanned.
pub(super) fn untold(scan: &Scan, trouble: &Trouble) -> Diagnostic {
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
                "リンクがツリーの外を指すので、先を見ていない",
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
        TroubleKind::Submodule => (
            &codes::SUBMODULE_NOT_SCANNED,
            Text::new(
                "別のリポジトリー (submodule) なので見ていない",
                "another repository (a submodule), so it is not looked at",
            ),
        ),
        TroubleKind::Repository => (
            &codes::REPOSITORY_NOT_SCANNED,
            Text::new(
                "別のリポジトリーか作業ツリーなので見ていない",
                "another repository or work tree, so it is not looked at",
            ),
        ),
        TroubleKind::NotCheckedOut => (
            &codes::UNREADABLE,
            Text::new(
                "git にあるが、作業ツリーに取り出されていない (sparse checkout)",
                "it is tracked and was left out of the work tree (sparse checkout)",
            ),
        ),
        TroubleKind::NoIndex(reason) => (
            &codes::UNREADABLE,
            Text::new(
                format!("git が何を持つか分からない: {reason}"),
                format!("what git tracks is not known: {reason}"),
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
    let path = match (trouble.path.as_str(), scan.prefix.trim_end_matches('/')) {
        ("", "") => ".".to_owned(),
        ("", root) => root.to_owned(),
        (path, _) => scan.shown(path),
    };
    let help = match &trouble.kind {
        TroubleKind::Submodule | TroubleKind::Repository => Text::new(
            "そこを根とする監査を別に行い、[scan] の exclude に書く",
            "audit it with its own root, and name it in the exclude of [scan]",
        ),
        TroubleKind::NotCheckedOut => Text::new(
            "git sparse-checkout disable で取り出す",
            "check it out: git sparse-checkout disable",
        ),
        TroubleKind::NoIndex(_) => Text::new(
            "git を入れる。所有者を疑うと言うなら git config --global --add safe.directory にツリーのルートを加える",
            "install git; where it doubts the owner, add the root by git config --global --add safe.directory",
        ),
        _ => exclude,
    };
    Diagnostic::new(code, Place::file(path), "", message, help)
}

pub(super) fn nothing(shown: &str) -> Diagnostic {
    let message = Text::new(
        "走査できるファイルが一つもない",
        "there is no file that could be scanned",
    );
    let help = Text::new(
        "--root にツリーのルートを指す。.gitignore と [scan] の exclude を確かめる",
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
    let marked_sinks: usize = scan
        .texts
        .iter()
        .map(|text| text.marked.iter().filter(|marked| **marked).count())
        .sum();
    let bare_sinks: usize = scan.texts.iter().map(|text| text.unmarked().count()).sum();
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
        Text::new("データの出口", "sinks"),
        Text::new(
            format!("目印のあるもの {marked_sinks}、ないもの {bare_sinks}"),
            format!("with a marker {marked_sinks}, without {bare_sinks}"),
        ),
    ));
    let off = off(scan);
    say_off(findings, &off);
    if without > 0 {
        findings.facts.push((
            Text::new("code のない流れ", "flows without code"),
            Text::same(without.to_string()),
        ));
    }
    let rows = exempt.iter().map(|(path, marker)| {
        let (at, reason) = (place(scan, path, marker).shown(), &marker.reason);
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
    let left_out: serde_json::Map<String, serde_json::Value> = off
        .iter()
        .map(|(kind, paths)| (kind.id.clone(), json!(paths)))
        .collect();
    let mut data = json!({
        "left_out": left_out,
        "files": files, "lines": lines, "markers": markers, "exempt": exempt.len(),
        "binary": scan.binary, "encodings": scan.encodings, "flows_without_code": without,
        "sinks": { "marked": marked_sinks, "unmarked": bare_sinks },
    });
    // Each tree of several has its own.
    if let Some(root) = Some(scan.prefix.trim_end_matches('/')).filter(|root| !root.is_empty())
        && let Some(data) = data.as_object_mut()
    {
        data.insert("root".to_owned(), json!(root));
    }
    match findings.data.remove("scan") {
        None => drop(findings.data.insert("scan".to_owned(), data)),
        Some(serde_json::Value::Array(mut all)) => {
            all.push(data);
            findings
                .data
                .insert("scan".to_owned(), serde_json::Value::Array(all));
        }
        Some(first) => drop(
            findings
                .data
                .insert("scan".to_owned(), json!([first, data])),
        ),
    }
}

/// Says in how many files no sink was looked for.
fn say_off(findings: &mut Findings, off: &[(&'static scan::Kind, Vec<String>)]) {
    if !off.is_empty() {
        let total: usize = off.iter().map(|(_, paths)| paths.len()).sum();
        let of = |lang: mokuteki::Lang| {
            let each = off.iter().map(|(kind, paths)| {
                format!(
                    "{} {}",
                    lang.pick(kind.id.as_str(), kind.en.as_str()),
                    paths.len()
                )
            });
            each.collect::<Vec<_>>().join(lang.pick("、", ", "))
        };
        findings.facts.push((
            Text::new(
                "パスにより、データの出口を探さないファイル",
                "files in which no sink is looked for, by their paths",
            ),
            Text::new(
                format!("{total} ({})", of(mokuteki::Lang::Ja)),
                format!("{total} ({})", of(mokuteki::Lang::En)),
            ),
        ));
    }
}

/// The files in which no sink was looked for, by the kinds of their paths.
fn off(scan: &Scan) -> Vec<(&'static scan::Kind, Vec<String>)> {
    let kinds = scan::kinds().iter().enumerate();
    let each = kinds.map(|(at, kind)| {
        let of = scan.texts.iter().filter(|text| text.off == Some(at));
        (
            kind,
            of.map(|text| scan.shown(&text.path)).collect::<Vec<_>>(),
        )
    });
    each.filter(|(_, paths)| !paths.is_empty()).collect()
}
