//! Many societies from two: each reads its notice in its own way, and has a few editions.

use mokuteki::{
    Engine,
    rules::{Source, Sources},
    vocabulary::Class,
};

/// The days on which editions begin; the last one is in force. A society has one, two or three.
const EDITIONS: [&str; 3] = ["2015-04-01", "2019-10-01", "2023-04-01"];

/// The embedded rules with `count` societies in place of the two. No two read a notice alike, nor do
/// two editions of one society: about one list of works or data in four has a further term. 1,400 have
/// 121,849 clauses.
pub(crate) fn differing(count: usize) -> Sources {
    let words = Engine::embedded().vocabulary();
    let labels = |class| -> Vec<&str> {
        let terms = words.terms_of(class);
        terms.map(|term| words.label(term)).collect()
    };
    let further = [
        ("data = [", labels(Class::Data)),
        ("activity = [", labels(Class::Activity)),
    ];
    let mut files: Vec<Source> = Sources::embedded().iter().cloned().collect();
    let notices: Vec<String> = files
        .iter()
        .filter(|file| file.path.starts_with("notices/"))
        .map(|file| String::from_utf8_lossy(&file.bytes).into_owned())
        .collect();
    files.retain(|file| !file.path.starts_with("notices/"));
    let mut chance = Chance(1);
    for at in 0..count {
        for notice in notices.iter().skip(at % notices.len()).take(1) {
            for (edition, from) in EDITIONS.iter().enumerate().skip(at % EDITIONS.len()) {
                let mut apart = false;
                let lines = notice.lines().map(|line| {
                    if line.starts_with("quote = ") {
                        // Readings of one sentence stay readings of its acts.
                        apart = notice.lines().filter(|other| *other == line).count() > 1;
                    }
                    if line.starts_with("society = ") {
                        return format!("society = \"{}\"", id(at));
                    }
                    if line == "undated = true" {
                        let until = EDITIONS.get(edition + 1);
                        let until = until.map(|until| format!("\nuntil = {until}"));
                        return format!("from = {from}{}", until.unwrap_or_default());
                    }
                    let listed = further
                        .iter()
                        .find(|(list, _)| !apart && line.starts_with(list));
                    match listed {
                        Some((_, terms)) => chance.lengthen(line, terms),
                        None => line.to_owned(),
                    }
                });
                let text: Vec<String> = lines.collect();
                files.push(Source {
                    path: format!("notices/{}/{edition}.toml", id(at)),
                    bytes: text.join("\n").into_bytes(),
                });
            }
        }
    }
    Sources::new(files)
}

/// The id of a society.
pub(crate) fn id(at: usize) -> String {
    format!("s{at:04}")
}

/// The same numbers in every run.
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    /// A number below another one.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % bound.max(1)
    }

    fn lengthen(&mut self, line: &str, terms: &[&str]) -> String {
        let at = self.below(terms.len() * 4);
        match terms.get(at) {
            Some(term) if !line.contains(&format!("\"{term}\"")) => {
                line.replacen(']', &format!(", \"{term}\"]"), 1)
            }
            _ => line.to_owned(),
        }
    }
}
