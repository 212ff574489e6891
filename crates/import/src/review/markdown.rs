//! The review as Markdown: for a comment on a change, and for the file of the privacy officer.

use std::fmt::Write as _;

use super::{Case, Nearest, Review, Words};
use crate::draft::Since;
use mokuteki::problem::Lang;
use mokuteki_findings::{Form, RenderError, markdown};

impl Review {
    /// The review as Markdown.
    ///
    /// # Errors
    ///
    /// It could not be written: the reason, in English.
    pub fn markdown(&self, lang: Lang) -> Result<String, RenderError> {
        let mut text = format!("# {} ({})\n\n", escape(&self.name), escape(&self.society));
        text += &self.findings.render(Form::Markdown, lang)?;
        text.push('\n');
        if !self.document.is_empty() {
            let title = lang.pick("文書の読み方", "How the document was read");
            let _ = writeln!(text, "\n## {title}\n");
            for told in &self.document {
                let _ = writeln!(text, "- {}", escape(&Words::new(lang).told(told)));
            }
        }
        let mut purpose = None;
        for case in &self.cases {
            if purpose != Some(&case.purpose) {
                purpose = Some(&case.purpose);
                let heads = lang.pick(
                    "| 事例 | 公表文 | 読み |",
                    "| clause | published sentence | reading |",
                );
                let _ = writeln!(
                    text,
                    "\n## {}\n\n{heads}\n|---|---|---|",
                    escape(&case.purpose)
                );
            }
            text += &row(case, lang);
        }
        if let Some(since) = &self.before {
            text += &before(since, lang);
        }
        if let Some(near) = &self.nearest {
            text += &nearest(near, lang);
        }
        if !self.left_out.is_empty() {
            let title = lang.pick("除いたもの", "Left out");
            let heads = lang.pick("| 行 | 理由 | 文 |", "| lines | why | text |");
            let _ = writeln!(text, "\n## {title}\n\n{heads}\n|---|---|---|");
            for left in &self.left_out {
                let (lines, why) = (
                    Words::lines(left.lines),
                    Words::new(lang).reason(left.reason),
                );
                let _ = writeln!(text, "| {lines} | {why} | {} |", escape(&left.text));
            }
        }
        Ok(text)
    }
}

fn row(case: &Case, lang: Lang) -> String {
    let words = Words::new(lang);
    let lines = case.dimensions.iter().map(|row| {
        let (values, source) = (escape(&words.values(row)), escape(&words.source(row)));
        format!("**{}**: {values} ← {source}", row.dimension.name(lang))
    });
    let lines: Vec<String> = lines.collect();
    let section = match case.section.as_str() {
        "" => String::new(),
        section => format!("<br>{}", escape(section)),
    };
    format!(
        "| {} ({}) | 「{}」{section} | {} |\n",
        escape(&case.label),
        Words::lines(case.lines),
        escape(&case.quote),
        lines.join("<br>")
    )
}

fn before(since: &Since, lang: Lang) -> String {
    let title = lang.pick("前の取り込みとの違い", "Since the import before");
    let mut text = format!("\n## {title}\n\n");
    if since.untouched {
        let said = lang.pick(
            "文書は同じで、規則ファイルはそのまま。",
            "The page is the same, and the rule file stays as it is.",
        );
        let _ = writeln!(text, "{said}");
        return text;
    }
    let counts = lang.pick(
        format!(
            "同じ {}、移った {}、新しい {}、なくなった {}",
            since.same.len(),
            since.moved.len(),
            since.new.len(),
            since.gone.len()
        ),
        format!(
            "{} same, {} moved, {} new, {} gone",
            since.same.len(),
            since.moved.len(),
            since.new.len(),
            since.gone.len()
        ),
    );
    let _ = writeln!(text, "{counts}\n");
    let lists = [
        (lang.pick("移った", "moved"), &since.moved),
        (lang.pick("新しい", "new"), &since.new),
        (lang.pick("人が読んだ", "read by a person"), &since.by_hand),
    ];
    for (name, ids) in lists {
        for id in ids {
            let _ = writeln!(text, "- {name}: {}", escape(id));
        }
    }
    for gone in &since.gone {
        let name = lang.pick("なくなった", "gone");
        let _ = writeln!(
            text,
            "- {name}: {} 「{}」",
            escape(&gone.id),
            escape(&gone.quote)
        );
    }
    text
}

fn nearest(near: &Nearest, lang: Lang) -> String {
    let title = lang.pick("もっとも近い公表文書", "The nearest known notice");
    let mut text = format!(
        "\n## {title}: {} ({}%)\n\n",
        escape(&near.society),
        near.share
    );
    for line in Words::new(lang).nearest(near) {
        let _ = writeln!(text, "- {}", escape(&line));
    }
    text
}

/// Published text in a table. Its own backquotes begin no code.
fn escape(text: &str) -> String {
    markdown::escape(text).replace('`', "\\`")
}
