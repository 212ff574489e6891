//! Problems of files as files: encodings, characters, TOML, paths, and files that are missing.

use super::edit::{
    AEON, ATTORNEY, CHANNEL, Case,
    Edit::{Add, Append, Bytes, Remove, Swap, Text},
    GROUNDS, JOHAS, RELATION, SUBJECT, TEXT,
};

pub(crate) const CASES: &[Case] = &[
    Case {
        says: "rules without a notice decide nothing",
        edits: &[Remove(AEON), Remove(JOHAS)],
        finds: &[("no-rules", "notices", "")],
    },
    Case {
        says: "rules without grounds.toml have no grounds",
        edits: &[Remove(GROUNDS)],
        finds: &[("no-rules", GROUNDS, "")],
    },
    Case {
        says: "a Shift_JIS comment at the end of a notice",
        edits: &[Bytes(AEON, |bytes| {
            [bytes, b"# \x83\x8c\x83\x5a\x83v\x83g\n"].concat()
        })],
        finds: &[("not-utf8", AEON, "# \u{FFFD}")],
    },
    Case {
        says: "a vocabulary file saved as UTF-16",
        edits: &[Bytes(CHANNEL, |bytes| {
            let text = format!("\u{FEFF}{}", String::from_utf8_lossy(bytes));
            text.encode_utf16().flat_map(u16::to_le_bytes).collect()
        })],
        finds: &[("not-utf8", CHANNEL, "^")],
    },
    Case {
        says: "a picture in the place of the published text",
        edits: &[Bytes(TEXT, |_| b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec())],
        finds: &[("not-utf8", TEXT, "^")],
    },
    Case {
        says: "an EUC-JP comment at the end of grounds.toml",
        edits: &[Bytes(GROUNDS, |bytes| {
            [bytes, b"# \xB8\xC4\xBF\xCD\n"].concat()
        })],
        finds: &[("not-utf8", GROUNDS, "# \u{FFFD}")],
    },
    Case {
        says: "an empty vocabulary file",
        edits: &[Bytes(SUBJECT, |_| Vec::new())],
        finds: &[("syntax", SUBJECT, "^")],
    },
    Case {
        says: "an empty notice",
        edits: &[Bytes(AEON, |_| Vec::new())],
        finds: &[("syntax", AEON, "^")],
    },
    Case {
        says: "a string that is not closed",
        edits: &[Swap(GROUNDS, "label = \"内部利用\"", "label = \"内部利用")],
        finds: &[("syntax", GROUNDS, "label = \"内部利用")],
    },
    Case {
        says: "a key that is misspelt",
        edits: &[Swap(
            AEON,
            "activity = [\"貸付\"]",
            "activities = [\"貸付\"]",
        )],
        finds: &[("syntax", AEON, "activities = [\"貸付\"]")],
    },
    Case {
        says: "a key that is missing",
        edits: &[Swap(AEON, "activity = [\"貸付\"]\n", "")],
        finds: &[("syntax", AEON, "id = \"loans\"")],
    },
    Case {
        says: "a key that is given twice",
        edits: &[Swap(
            AEON,
            "name = \"イオン健康保険組合\"\n",
            "name = \"イオン健康保険組合\"\nname = \"イオン\"\n",
        )],
        finds: &[("syntax", AEON, "name = \"イオン\"")],
    },
    Case {
        says: "a number in quotes",
        edits: &[Swap(AEON, "number = 9\n", "number = \"9\"\n")],
        finds: &[("syntax", AEON, "number = \"9\"")],
    },
    Case {
        says: "lines of three numbers",
        edits: &[Swap(AEON, "lines = [5, 5]", "lines = [5, 5, 5]")],
        finds: &[("syntax", AEON, "lines = [5, 5, 5]")],
    },
    Case {
        says: "a direction that does not exist",
        edits: &[Swap(
            AEON,
            "directions = [\"internal\", \"outward\"]",
            "directions = [\"internal\", \"outwards\"]",
        )],
        finds: &[("syntax", AEON, "\"outwards\"]")],
    },
    Case {
        says: "the thirtieth of February",
        edits: &[Swap(
            AEON,
            "kind = \"misprint\"\non = 2026-11-23",
            "kind = \"misprint\"\non = 2026-02-30",
        )],
        finds: &[("syntax", AEON, "on = 2026-02-30")],
    },
    Case {
        says: "a Kangxi radical in a comment",
        edits: &[Swap(RELATION, "# 関係の用語集", "# 関係の\u{2F64}語集")],
        finds: &[("suspicious-character", RELATION, "\u{2F64}")],
    },
    Case {
        says: "a Kangxi radical that the published text and its quote share",
        edits: &[
            Text(TEXT, "健康増進施策の運営", "健康増進施策の運\u{2F00}"),
            Swap(
                AEON,
                "quote = \"健康増進施策の運営\"",
                "quote = \"健康増進施策の運\u{2F00}\"",
            ),
        ],
        finds: &[
            ("suspicious-character", AEON, "\u{2F00}"),
            ("suspicious-character", TEXT, "\u{2F00}"),
        ],
    },
    Case {
        says: "a bidirectional override in a reason",
        edits: &[Swap(
            AEON,
            "文言が標準報酬月額",
            "文言が\u{202E}標準報酬月額",
        )],
        finds: &[("suspicious-character", AEON, "\u{202E}")],
    },
    Case {
        says: "a zero-width space in a comment",
        edits: &[Append(ATTORNEY, "# 弁護\u{200B}士会\n")],
        finds: &[("suspicious-character", ATTORNEY, "\u{200B}")],
    },
    Case {
        says: "a byte-order mark in the middle of a file",
        edits: &[Append(ATTORNEY, "# 弁護士会\u{FEFF}\n")],
        finds: &[("suspicious-character", ATTORNEY, "\u{FEFF}")],
    },
    Case {
        says: "a voicing mark apart from its kana",
        edits: &[Append(ATTORNEY, "# か\u{3099}\n")],
        finds: &[("suspicious-character", ATTORNEY, "\u{3099}")],
    },
    Case {
        // The NUL is text that no clause quotes, so coverage complains as well.
        says: "a NUL on an empty line of the published text",
        edits: &[Text(TEXT, "以上 \n\n", "以上 \n\0\n")],
        finds: &[
            ("suspicious-character", TEXT, "\0"),
            ("text-not-covered", TEXT, "\0"),
        ],
    },
    Case {
        // TOML itself forbids control characters, so its parser complains as well.
        says: "a NUL in a rule file",
        edits: &[Append(CHANNEL, "# \0\n")],
        finds: &[
            ("suspicious-character", CHANNEL, "# \0"),
            ("syntax", CHANNEL, "# \0"),
        ],
    },
    Case {
        says: "the path of a text climbs out of the rules",
        edits: &[Swap(
            AEON,
            "file = \"published/aeon.txt\"",
            "file = \"published/../../aeon.txt\"",
        )],
        finds: &[("unsafe-path", AEON, "../../aeon.txt\"")],
    },
    Case {
        says: "the path of a text is absolute",
        edits: &[Swap(
            AEON,
            "file = \"published/aeon.txt\"",
            "file = \"/etc/hosts\"",
        )],
        finds: &[("unsafe-path", AEON, "\"/etc/hosts\"")],
    },
    Case {
        says: "the path of a text has a backslash",
        edits: &[Swap(
            AEON,
            "file = \"published/aeon.txt\"",
            "file = 'published\\aeon.txt'",
        )],
        finds: &[("unsafe-path", AEON, "'published\\aeon.txt'")],
    },
    Case {
        says: "the published text is not there",
        edits: &[Remove(TEXT)],
        finds: &[("missing-text", AEON, "file = \"published/aeon.txt\"")],
    },
    Case {
        says: "the published text has changed by one space",
        edits: &[Swap(TEXT, "以上", "以 上")],
        finds: &[("text-changed", AEON, "sha256 = \"")],
    },
    Case {
        says: "the digest is that of another file",
        edits: &[Swap(AEON, "sha256 = \"5ec", "sha256 = \"6ec")],
        finds: &[("text-changed", AEON, "sha256 = \"6ec")],
    },
    Case {
        says: "a notice of the first edition, which tells no form",
        edits: &[Swap(AEON, "format = 2\n", "")],
        finds: &[("older-format", AEON, "^")],
    },
    Case {
        says: "the grounds in a form of later editions",
        edits: &[Swap(GROUNDS, "format = 2\n", "format = 3\n")],
        finds: &[("newer-format", GROUNDS, "format = ‸3")],
    },
    Case {
        says: "a form in words",
        edits: &[Swap(CHANNEL, "format = 2\n", "format = \"two\"\n")],
        finds: &[("syntax", CHANNEL, "format = ‸\"two")],
    },
    Case {
        says: "the vocabulary has no channels",
        edits: &[Remove(CHANNEL)],
        finds: &[("missing-class", "vocabulary", "")],
    },
    Case {
        says: "the vocabulary has two files of channels",
        edits: &[Add(
            "vocabulary/more.toml",
            "format = 2\nclass = \"channel\"\n",
        )],
        finds: &[("duplicate-class", "vocabulary/more.toml", "class")],
    },
];

/// Unusual files that are read all the same.
pub(crate) const ACCEPTED: &[Case] = &[
    Case {
        says: "a byte-order mark and CRLF in a notice, its text, a statute and the vocabulary",
        edits: &[
            Bytes(AEON, as_notepad_saves_it),
            Bytes(TEXT, as_notepad_saves_it),
            Bytes(ATTORNEY, as_notepad_saves_it),
            Bytes(RELATION, as_notepad_saves_it),
            Bytes(GROUNDS, as_notepad_saves_it),
        ],
        finds: &[],
    },
    Case {
        // It stands among the compatibility ideographs and is a character of its own.
        says: "the character 﨑 in a name",
        edits: &[Swap(
            AEON,
            "name = \"イオン健康保険組合\"",
            "name = \"川\u{FA11}健康保険組合\"",
        )],
        finds: &[],
    },
    Case {
        says: "a term in half-width kana, with spaces",
        edits: &[Swap(
            AEON,
            "data = [\"レセプト\"]\nactivity = [\"レセプト点検\"]",
            "data = [\" ﾚｾﾌﾟﾄ\"]\nactivity = [\"レセプト点検\"]",
        )],
        finds: &[],
    },
];

fn as_notepad_saves_it(bytes: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(bytes).replace('\n', "\r\n");
    format!("\u{FEFF}{text}").into_bytes()
}
