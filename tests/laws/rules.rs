//! What the laws need to know of the rule files, read as plain TOML: not by the engine, and not by
//! the evaluator that it is tested against.

use std::{
    collections::{HashMap, HashSet},
    fs,
    path::{Path, PathBuf},
};

use mokuteki::{
    Day,
    rules::{Source, Sources},
};
use toml::{Table, Value};

/// The vocabulary as a reader sees it, by class and label.
pub(crate) struct Words {
    parent: HashMap<(String, String), String>,
    roles: HashMap<String, String>,
    /// (party, subject, means)
    identities: Vec<(String, String, String)>,
    /// Terms that a succession is about: the old ones, those below them, and the new ones.
    touched: HashSet<(String, String)>,
}

impl Words {
    pub(crate) fn read() -> Words {
        let mut words = Words {
            parent: HashMap::new(),
            roles: HashMap::new(),
            identities: Vec::new(),
            touched: HashSet::new(),
        };
        let mut old = HashSet::new();
        for file in tables("vocabulary") {
            let class = text(&file["class"]);
            for (role, label) in file
                .get("roles")
                .and_then(Value::as_table)
                .into_iter()
                .flatten()
            {
                words.roles.insert(role.clone(), text(label));
            }
            for identity in list(&file, "identity") {
                let part = |name: &str| text(&identity[name]);
                words
                    .identities
                    .push((part("party"), part("subject"), part("means")));
            }
            for term in list(&file, "term") {
                let key = (class.clone(), text(&term["label"]));
                if let Some(parent) = term.get("parent") {
                    words.parent.insert(key.clone(), text(parent));
                }
                if let Some(succeeds) = term.get("succeeds") {
                    words.touched.insert(key);
                    for label in succeeds["terms"].as_array().unwrap() {
                        old.insert((class.clone(), text(label)));
                    }
                }
            }
            for term in list(&file, "term") {
                let label = text(&term["label"]);
                let above = words.lineage(&class, &label);
                if above
                    .iter()
                    .any(|label| old.contains(&(class.clone(), label.clone())))
                {
                    words.touched.insert((class.clone(), label));
                }
            }
        }
        words
    }

    /// The term and every wider one.
    pub(crate) fn lineage(&self, class: &str, label: &str) -> Vec<String> {
        let mut above = vec![label.to_owned()];
        while let Some(parent) = self
            .parent
            .get(&(class.to_owned(), above[above.len() - 1].clone()))
        {
            above.push(parent.clone());
        }
        above
    }

    pub(crate) fn role(&self, role: &str) -> &str {
        &self.roles[role]
    }

    pub(crate) fn is_touched(&self, class: &str, label: &str) -> bool {
        self.touched.contains(&(class.to_owned(), label.to_owned()))
    }

    /// Parties that no other party can be equal to: those of a role and those of an identity.
    pub(crate) fn is_singular(&self, party: &str) -> bool {
        [self.role("society"), self.role("person")].contains(&party)
            || self
                .identities
                .iter()
                .any(|(one, _, means)| one == party || means == party)
    }

    /// For each identity: is this its subject?
    pub(crate) fn meets(&self, subject: &str) -> Vec<bool> {
        let above = self.lineage("subject", subject);
        self.identities
            .iter()
            .map(|(_, subject, _)| above.contains(subject))
            .collect()
    }

    /// Who a party is where the data is about a subject.
    pub(crate) fn effective<'a>(&'a self, party: &'a str, subject: Option<&str>) -> &'a str {
        let above = subject
            .map(|subject| self.lineage("subject", subject))
            .unwrap_or_default();
        let mut identities = self.identities.iter();
        let found = identities.find(|(one, subject, _)| one == party && above.contains(subject));
        found.map_or(party, |(_, _, means)| means)
    }
}

/// The days on which what fits or what counts changes, sorted.
pub(crate) fn boundaries() -> Vec<Day> {
    let mut found = Vec::new();
    for file in tables("vocabulary").into_iter().chain(tables("notices")) {
        dates(&Value::Table(file), &mut found);
    }
    let grounds = list(&read(&dir().join("grounds.toml")), "ground");
    for ground in &grounds {
        dates(ground, &mut found);
    }
    found.sort_unstable();
    found.dedup();
    found
}

fn dates(value: &Value, found: &mut Vec<Day>) {
    match value {
        Value::Table(table) => {
            for (key, value) in table {
                if let (true, Value::Datetime(day)) =
                    (["from", "until"].contains(&key.as_str()), value)
                {
                    found.push(day.to_string().parse().unwrap());
                } else {
                    dates(value, found);
                }
            }
        }
        Value::Array(values) => values.iter().for_each(|value| dates(value, found)),
        _ => {}
    }
}

/// The lasting ids of all provisions, and whether each bears a number on a day.
pub(crate) fn provisions(on: Day) -> Vec<(String, bool)> {
    let mut found = Vec::new();
    for file in tables("statutes") {
        for provision in list(&file, "provision") {
            let in_force = list(provision.as_table().unwrap(), "citation")
                .iter()
                .any(|citation| {
                    let day = |key: &str| -> Option<Day> {
                        citation
                            .get(key)
                            .map(|day| day.to_string().parse().unwrap())
                    };
                    day("from").is_none_or(|from| from <= on)
                        && day("until").is_none_or(|until| on < until)
                });
            found.push((text(&provision["id"]), in_force));
        }
    }
    found
}

/// The ids of the clauses of a society that name a `my_number` ground.
pub(crate) fn opened(society: &str) -> HashSet<String> {
    let file = notice(society).1;
    let clauses = sections(&file)
        .into_iter()
        .flat_map(|section| list(&section, "clause"));
    let opened = clauses.filter(|clause| clause.get("my_number").is_some());
    opened.map(|clause| text(&clause["id"])).collect()
}

/// The rules with the notice of one society edited.
pub(crate) fn edited(society: &str, edit: impl FnOnce(&mut Table)) -> Sources {
    let (path, mut file) = notice(society);
    edit(&mut file);
    let bytes = toml::to_string(&file).unwrap().into_bytes();
    let sources = Sources::embedded();
    let files = sources.iter().map(|source| Source {
        path: source.path.clone(),
        bytes: if source.path == path {
            bytes.clone()
        } else {
            source.bytes.clone()
        },
    });
    Sources::new(files.collect())
}

/// The rules without some clauses; the lines that no other clause has are left out.
pub(crate) fn without(society: &str, gone: impl Fn(&str) -> bool) -> Sources {
    edited(society, |file| {
        let mut left = Vec::new();
        let mut kept = Vec::new();
        for section in sections_mut(file) {
            let Some(Value::Array(mut clauses)) = section.remove("clause") else {
                continue;
            };
            clauses.retain(|clause| {
                let goes = gone(&text(&clause["id"]));
                let list = if goes { &mut left } else { &mut kept };
                list.push(clause["lines"].clone());
                !goes
            });
            // An empty list is an error; a section without clauses is none.
            if !clauses.is_empty() {
                section.insert("clause".to_owned(), Value::Array(clauses));
            }
        }
        left.dedup();
        left.retain(|lines| !kept.contains(lines));
        if left.is_empty() {
            return;
        }
        let left_out = file
            .entry("left_out")
            .or_insert_with(|| Value::Array(Vec::new()));
        for lines in left {
            let mut entry = Table::new();
            entry.insert("lines".to_owned(), lines);
            entry.insert("reason".to_owned(), Value::String("taken out".to_owned()));
            left_out.as_array_mut().unwrap().push(Value::Table(entry));
        }
    })
}

/// The rules with the clauses of each section in reverse.
pub(crate) fn reversed(society: &str) -> Sources {
    edited(society, |file| {
        for section in sections_mut(file) {
            if let Some(clauses) = section.get_mut("clause").and_then(Value::as_array_mut) {
                clauses.reverse();
            }
        }
    })
}

fn sections(file: &Table) -> Vec<Table> {
    let purposes = list(file, "purpose");
    let sections = purposes
        .iter()
        .flat_map(|purpose| list(purpose.as_table().unwrap(), "section"));
    sections
        .map(|section| section.as_table().unwrap().clone())
        .collect()
}

fn sections_mut(file: &mut Table) -> impl Iterator<Item = &mut Table> {
    let purposes = file["purpose"].as_array_mut().unwrap().iter_mut();
    let lists = purposes.filter_map(|purpose| purpose.get_mut("section")?.as_array_mut());
    lists
        .flatten()
        .map(|section| section.as_table_mut().unwrap())
}

/// The path of the notice of a society, as in [`Sources`], and the file.
fn notice(society: &str) -> (String, Table) {
    let sources = Sources::embedded();
    let files = sources
        .iter()
        .filter(|source| source.path.starts_with("notices/"));
    let mut parsed = files.map(|source| {
        let text = std::str::from_utf8(&source.bytes).unwrap();
        (source.path.clone(), toml::from_str::<Table>(text).unwrap())
    });
    parsed
        .find(|(_, file)| text(&file["notice"]["society"]) == society)
        .unwrap()
}

pub(crate) fn dir() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("rules")
}

fn tables(folder: &str) -> Vec<Table> {
    let entries = fs::read_dir(dir().join(folder)).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| read(path)).collect()
}

fn read(path: &Path) -> Table {
    toml::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

fn list(table: &Table, key: &str) -> Vec<Value> {
    table
        .get(key)
        .and_then(Value::as_array)
        .cloned()
        .unwrap_or_default()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}
