//! The words of faults, in both languages.

use mokuteki::Lang;

use crate::fault::{Act, Fault, Reason, Special};

/// The text on one line, with characters that a terminal would obey spelled out.
pub(crate) fn printable(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut line, c| {
        // Formatting characters turn a line around or hide a part of it.
        let is_hidden = matches!(c, '\u{AD}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}');
        if c.is_control() || is_hidden {
            line.extend(c.escape_unicode());
        } else {
            line.push(c);
        }
        line
    })
}

/// A number of bytes as people read it.
fn size(bytes: u64) -> String {
    const UNITS: [(u64, &str); 2] = [(1 << 20, "MiB"), (1 << 10, "KiB")];
    let fits = UNITS
        .into_iter()
        .find(|(unit, _)| bytes >= *unit && bytes.is_multiple_of(*unit));
    fits.map_or_else(
        || format!("{bytes} B"),
        |(unit, name)| format!("{} {name}", bytes / unit),
    )
}

fn special(special: Special, lang: Lang) -> &'static str {
    match special {
        Special::Pipe => lang.pick("名前付きパイプ", "a named pipe"),
        Special::Socket => lang.pick("ソケット", "a socket"),
        Special::Device => lang.pick("装置", "a device"),
        Special::Other => lang.pick(
            "ファイルでもフォルダでもないもの",
            "neither a file nor a folder",
        ),
    }
}

pub(crate) fn message(fault: &Fault, lang: Lang) -> String {
    let why = match fault.reason() {
        Reason::Missing => lang.pick("ない", "it is not there").to_owned(),
        Reason::Denied => lang.pick("権限がない", "permission is denied").to_owned(),
        Reason::Outside => lang
            .pick(
                "リンクか .. がフォルダの外に出る",
                "a link or `..` leads out of the folder",
            )
            .to_owned(),
        Reason::LinkLoop => lang
            .pick(
                "リンクが輪になっているか、多すぎる",
                "its links lead in a circle, or are too many",
            )
            .to_owned(),
        Reason::Link => lang.pick("リンクである", "it is a link").to_owned(),
        Reason::Folder => lang.pick("フォルダである", "it is a folder").to_owned(),
        Reason::NoFolder => lang
            .pick("フォルダではない", "it is not a folder")
            .to_owned(),
        Reason::Special(found) => {
            let found = special(*found, lang);
            lang.pick(format!("{found}である"), format!("it is {found}"))
        }
        Reason::TooManyBytes { limit } => {
            let limit = size(*limit);
            lang.pick(
                format!("{limit} を超える"),
                format!("it is larger than {limit}"),
            )
        }
        Reason::TooManyLines { limit } => lang.pick(
            format!("{limit} 行を超える"),
            format!("it has more than {limit} lines"),
        ),
        Reason::LineTooLong { limit } => {
            let limit = size(*limit);
            lang.pick(
                format!("1 行が {limit} を超える"),
                format!("a line is longer than {limit}"),
            )
        }
        Reason::NotUtf8 { guess } => lang.pick(
            format!("UTF-8 ではない ({} らしい)", guess_ja(guess)),
            format!("it is not UTF-8 (it looks like {guess})"),
        ),
        Reason::DiskFull => lang
            .pick("ディスクに空きがない", "nothing more fits on the disk")
            .to_owned(),
        Reason::ReadOnly => lang
            .pick(
                "書き込めないファイルシステムにある",
                "its file system takes no writing",
            )
            .to_owned(),
        Reason::Input => lang
            .pick("この実行が読むファイルである", "this run reads it")
            .to_owned(),
        Reason::Output => lang
            .pick(
                "この実行がもう書いたファイルである",
                "this run has written it already",
            )
            .to_owned(),
        Reason::System(words) => words.clone(),
    };
    match fault.act() {
        Act::Read => lang.pick(format!("読めない: {why}"), format!("cannot be read: {why}")),
        Act::Write => lang.pick(
            format!("書けない: {why} (元のファイルはそのまま)"),
            format!("cannot be written: {why} (what was there is as before)"),
        ),
    }
}

fn guess_ja(guess: &'static str) -> &'static str {
    match guess {
        "binary data" => "文章ではないデータ",
        "EUC-JP or another encoding" => "EUC-JP などの文字コード",
        guess => guess,
    }
}

pub(crate) fn help(fault: &Fault, lang: Lang) -> String {
    let (ja, en) = match (fault.reason(), fault.act()) {
        (Reason::Missing, Act::Read) => ("経路の綴りを確かめる", "check how the path is written"),
        (Reason::Missing, Act::Write) => ("フォルダを先に作る", "make its folder first"),
        (Reason::Denied, Act::Read) => ("読み取りの権限を確かめる", "check that it may be read"),
        (Reason::Denied | Reason::ReadOnly, _) => (
            "書き込めるフォルダを指す",
            "name a folder that may be written to",
        ),
        (Reason::Outside, Act::Read) => (
            "リンクではなくファイルそのものをフォルダの中に置くか、リンク先を直接指す",
            "put the file itself into the folder, or name the file that the link leads to",
        ),
        (Reason::Outside, Act::Write) => (
            "出力先のフォルダの中にある、外に出るリンクを取り除く",
            "remove the link that leads out of the folder of the output",
        ),
        (Reason::Link, _) => ("リンク先のファイルを指す", "name the file that it leads to"),
        (Reason::LinkLoop, _) => ("リンクを直す", "correct the links"),
        (Reason::Folder, _) => (
            "フォルダではなくファイルを指す",
            "name a file, not a folder",
        ),
        (Reason::NoFolder, _) => ("フォルダを指す", "name a folder"),
        (Reason::Special(_), Act::Read) => (
            "普通のファイルに保存して指す (流れの一覧は標準入力「-」でも渡せる)",
            "save it as a regular file and name that (rows of flows may also come by standard input, `-`)",
        ),
        (Reason::Special(_), Act::Write) => (
            "普通のファイルの経路を指す",
            "name the path of a regular file",
        ),
        (Reason::TooManyBytes { .. } | Reason::TooManyLines { .. }, _) => {
            ("ファイルを分ける", "split the file")
        }
        (Reason::LineTooLong { .. }, _) => (
            "改行の抜けを確かめ、行を分ける",
            "look for a missing end of line, and break the line",
        ),
        (Reason::NotUtf8 { .. }, _) => ("UTF-8 で保存し直す", "save it as UTF-8"),
        (Reason::DiskFull, _) => (
            "空きを作るか、別のディスクを指して、もう一度実行する",
            "make room or name another disk, and run again",
        ),
        (Reason::Input, _) => ("別の出力先を指す", "name another output"),
        (Reason::Output, _) => (
            "出力ごとに別のファイルを指す",
            "name a file of its own for each output",
        ),
        (Reason::System(_), _) => ("経路と権限を確かめる", "check the path and its permissions"),
    };
    lang.pick(ja, en).to_owned()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use mokuteki::Finding;

    use super::*;

    #[test]
    fn a_path_cannot_speak_to_the_terminal() {
        let fault = Fault::new(
            Act::Read,
            Path::new("a\u{1b}[2J\u{202e}\n.toml"),
            Reason::Missing,
        );
        assert_eq!(fault.place(), "a\\u{1b}[2J\\u{202e}\\u{a}.toml");
    }

    #[test]
    fn sizes_are_read_by_people() {
        for (bytes, shown) in [
            (16 << 20, "16 MiB"),
            (4096, "4 KiB"),
            (1000, "1000 B"),
            (0, "0 B"),
        ] {
            assert_eq!(size(bytes), shown);
        }
    }
}
