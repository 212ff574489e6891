//! Notices without their layout, and the layouts that they can be printed in.

use mokuteki_import::{Outline, segment};

use super::corpus::corpus;

/// A section, and the clauses under it.
pub(crate) type Group = (Option<String>, Vec<String>);

/// A notice without its layout.
#[derive(Debug, PartialEq)]
pub(crate) struct Notice {
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) purposes: Vec<(String, Vec<Group>)>,
}

fn bare(heading: &str) -> String {
    let inside = heading.trim_start_matches(|c: char| {
        "・○●•-①②③④⑤◆■□　 (（0123456789１２３４５６).）．".contains(c)
    });
    let open = "【〔[［＜<（(《〈≪〖";
    let close = "】〕]］＞>）)》〉≫〗";
    let mut chars = inside.chars();
    match (chars.next(), chars.next_back()) {
        (Some(first), Some(last)) if open.contains(first) && close.contains(last) => {
            chars.as_str().to_owned()
        }
        _ => inside.trim_end_matches(['：', ':', '）', ')']).to_owned(),
    }
}

pub(crate) fn structure(name: &str, outline: &Outline) -> Notice {
    let title = outline
        .title
        .first()
        .map_or(String::new(), |title| title.text.clone());
    let purposes = outline.purposes.iter().map(|purpose| {
        let mut groups: Vec<Group> = Vec::new();
        let of = |section| {
            let clauses = purpose.clauses.iter().filter(|c| c.section == section);
            clauses
                .map(|clause| clause.quote.clone())
                .collect::<Vec<_>>()
        };
        if !of(None).is_empty() {
            groups.push((None, of(None)));
        }
        for (at, section) in purpose.sections.iter().enumerate() {
            groups.push((Some(bare(&section.heading.text)), of(Some(at))));
        }
        (bare(&purpose.title), groups)
    });
    Notice {
        name: name.to_owned(),
        title,
        purposes: purposes.collect(),
    }
}

const HEADS: [&str; 13] = [
    "１．",
    "1. ",
    "(1) ",
    "１　",
    "◆",
    "■ ",
    "1.=",
    "",
    "第１　",
    "Ⅰ．",
    "【】",
    "《》",
    "一、",
];
const SECTIONS: [&str; 9] = ["【】", "〔〕", "[]", "［］", "", "○", "＜＞", "（）", "■"];
const BULLETS: [&str; 12] = [
    "・", "○", "• ", "- ", "①", "(1) ", "@ ", "", "●", "１）", "ア　", "　・",
];
const FLOWS: [&str; 8] = [
    "lines", "blank", "wrap20", "wrap30", "wrap40", "one", "one ", "one　",
];
const AROUND: [&str; 4] = ["", "chrome", "pages", "indent"];

fn nth(first: char, n: usize) -> char {
    char::from_u32(u32::from(first) + u32::try_from(n).unwrap()).unwrap()
}

/// The mark with its number counted on.
fn mark(style: &str, n: usize) -> String {
    let full = |n: usize| {
        (n + 1)
            .to_string()
            .chars()
            .map(|c| nth('０', usize::try_from(c.to_digit(10).unwrap()).unwrap()))
            .collect::<String>()
    };
    match style {
        "1.=" => "1.".to_owned(),
        "@ " => match n {
            0 => "@ ".to_owned(),
            n => format!("{} ", nth('A', n - 1)),
        },
        style => style
            .replace('１', &full(n))
            .replace('1', &(n + 1).to_string())
            .replace('Ⅰ', &nth('Ⅰ', n).to_string())
            .replace('①', &nth('①', n).to_string())
            .replace(
                'ア',
                &"アイウエオカキクケコサシスセソ"
                    .chars()
                    .nth(n)
                    .unwrap()
                    .to_string(),
            )
            .replace(
                '一',
                &"一二三四五六七八九十".chars().nth(n).unwrap().to_string(),
            ),
    }
}

fn headed(style: &str, n: usize, text: &str) -> String {
    let chars: Vec<char> = style.chars().collect();
    match chars.as_slice() {
        [open, close] if are_brackets(*open, *close) => format!("{open}{text}{close}"),
        _ => format!("{}{text}", mark(style, n)),
    }
}

fn are_brackets(open: char, close: char) -> bool {
    matches!(
        (open, close),
        ('【', '】')
            | ('〔', '〕')
            | ('[', ']')
            | ('［', '］')
            | ('＜', '＞')
            | ('（', '）')
            | ('《', '》')
    )
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Layout {
    head: &'static str,
    section: &'static str,
    bullet: &'static str,
    flow: &'static str,
    around: &'static str,
}

impl Layout {
    pub(crate) fn can(&self) -> bool {
        let class = |style: &str| {
            match style {
                "1. " | "1.=" | "１．" => "1.",
                "　・" | "• " | "・" => "・",
                "■ " | "■" => "■",
                "１）" | "(1) " => "(1)",
                _ => "",
            }
            .to_owned()
        };
        let same = |a: &str, b: &str| a == b || (!class(a).is_empty() && class(a) == class(b));
        if same(self.head, self.section)
            || same(self.head, self.bullet)
            || same(self.section, self.bullet)
        {
            return false;
        }
        if self.flow.starts_with("one") {
            let bracket = |s: &str| {
                s.len() > 2
                    && are_brackets(s.chars().next().unwrap(), s.chars().nth(1).unwrap_or(' '))
                    || s == "[]"
            };
            if !bracket(self.section)
                || self.bullet.is_empty()
                || self.head.is_empty()
                || self.around == "pages"
            {
                return false;
            }
            if self.flow == "one" && ["- ", "@ ", "ア　"].contains(&self.bullet) {
                return false;
            }
            if self.flow == "one" && ["１　", "第１　"].contains(&self.head) {
                return false;
            }
        }
        true
    }

    pub(crate) fn print(&self, notice: &Notice) -> Option<String> {
        let mut lines: Vec<String> = Vec::new();
        if !notice.title.is_empty() {
            lines.push(notice.title.clone());
        }
        for (n, (heading, groups)) in notice.purposes.iter().enumerate() {
            lines.push(headed(self.head, n, heading));
            let (mut clause, mut section) = (0, 0);
            for (name, clauses) in groups {
                if let Some(name) = name {
                    lines.push(headed(self.section, section, name));
                    section += 1;
                    clause = 0;
                }
                for quote in clauses {
                    if clause > 14 {
                        return None;
                    }
                    lines.push(format!("{}{quote}", mark(self.bullet, clause)));
                    clause += 1;
                }
            }
        }
        let indent = if self.around == "indent" {
            "　　"
        } else {
            ""
        };
        let mut printed: Vec<String> = Vec::new();
        if self.around == "chrome" {
            printed.extend(["ホーム", "サイトマップ", "お問い合わせ"].map(str::to_owned));
        }
        let wide = match self.flow {
            "wrap20" => 20,
            "wrap30" => 30,
            "wrap40" => 40,
            _ => usize::MAX,
        };
        let mut pages = 0;
        for (n, line) in lines.iter().enumerate() {
            let chars: Vec<char> = line.chars().collect();
            for part in chars.chunks(wide.min(chars.len().max(1))) {
                printed.push(format!("{indent}{}", part.iter().collect::<String>()));
                if self.around == "pages" && printed.len().is_multiple_of(7) {
                    pages += 1;
                    printed.push(format!("- {pages} -"));
                    printed.push("\u{C}".to_owned());
                }
            }
            if self.flow == "blank" && n % 2 == 0 {
                printed.push(String::new());
            }
        }
        if let Some(join) = self.flow.strip_prefix("one") {
            let body = lines.join(join);
            printed.truncate(if self.around == "chrome" { 3 } else { 0 });
            printed.push(body);
        }
        if self.around == "chrome" {
            printed.extend(["ページの先頭へ", "Copyright © 某健康保険組合"].map(str::to_owned));
        }
        Some(printed.join("\n") + "\n")
    }

    /// Whether a reader could tell the units of this notice apart in this layout.
    pub(crate) fn tells(&self, notice: &Notice) -> bool {
        let any = |sign: &str| {
            let mut groups = notice.purposes.iter().flat_map(|(_, groups)| groups);
            groups.any(|(_, clauses)| clauses.iter().any(|clause| clause.contains(sign)))
        };
        match self.flow {
            // Nothing parts the signs of the text from those before it.
            "one" => !any("・") && !any("\u{FFFD}"),
            // A last line that breaks off is worded as nothing, and its rest may be a bare section.
            "wrap20" => !(self.section.is_empty() && notice.name.contains("truncated")),
            flow => !flow.starts_with("one") || !any("\u{FFFD}"),
        }
    }
}

/// The notices that have every part, so that each layout shows all of its marks.
pub(crate) fn notices() -> Vec<Notice> {
    let all = corpus()
        .into_iter()
        .map(|(name, text, _)| structure(&name, &segment(&text)));
    let whole = |notice: &Notice| {
        let mut groups = notice.purposes.iter().flat_map(|(_, groups)| groups);
        notice.purposes.len() >= 2
            && !notice.title.is_empty()
            && groups.all(|(section, clauses)| section.is_some() && !clauses.is_empty())
            && notice
                .purposes
                .iter()
                .all(|(title, groups)| !title.is_empty() && !groups.is_empty())
    };
    all.filter(whole).collect()
}

/// The layouts of all combinations, each with its place among them.
pub(crate) fn layouts() -> impl Iterator<Item = (usize, Layout)> {
    let counts = [
        HEADS.len(),
        SECTIONS.len(),
        BULLETS.len(),
        FLOWS.len(),
        AROUND.len(),
    ];
    (0..counts.iter().product()).map(move |at| {
        let mut rest = at;
        let mut next = |count: usize| {
            let here = rest % count;
            rest /= count;
            here
        };
        let layout = Layout {
            head: HEADS[next(counts[0])],
            section: SECTIONS[next(counts[1])],
            bullet: BULLETS[next(counts[2])],
            flow: FLOWS[next(counts[3])],
            around: AROUND[next(counts[4])],
        };
        (at, layout)
    })
}

/// What stands before and after a text.
type Around = [&'static str; 2];

/// As a page: headings, lists, tables and lines, the marks left to the browser or written.
pub(crate) const PAGES: [(&str, Around, Around, Around, Around); 8] = [
    (
        "headings and lists",
        ["<h2>", "</h2>"],
        ["<h3>【", "】</h3>"],
        ["<ul>", "</ul>"],
        ["<li>", "</li>"],
    ),
    (
        "headings and bare sections",
        ["<h3>", "</h3>"],
        ["<h4>", "</h4>"],
        ["<ul>", "</ul>"],
        ["<li>", "\n"],
    ),
    (
        "numbered lists",
        ["<h2>", "</h2>"],
        ["<p><b>〔", "〕</b></p>"],
        ["<ol>", "</ol>"],
        ["<li>", "</li>"],
    ),
    (
        "lines",
        ["<p>◆", "<br>"],
        ["【", "】<br>"],
        ["", "</p>"],
        ["・", "<br>\n"],
    ),
    (
        "lists of definitions",
        ["<h2>", "</h2>"],
        ["<dl><dt>【", "】</dt>"],
        ["", "</dl>"],
        ["<dd>・", "</dd>"],
    ),
    (
        "boxes",
        ["<div class=h>■", "</div>"],
        ["<div>[", "]</div>"],
        ["<div>", "</div>"],
        ["<p>○", "</p>"],
    ),
    (
        "a frame of tables",
        ["<tr><td><h3>", "</h3></td></tr>"],
        ["<tr><td>【", "】</td></tr>"],
        ["<tr><td><ul>", "</ul></td></tr>"],
        ["<li>", "</li>"],
    ),
    (
        "text as it stands",
        ["\n", "\n"],
        ["【", "】\n"],
        ["", ""],
        ["・", "\n"],
    ),
];
