//! Files that have fields: the header of CSV, the tables of SQL DDL, and JSON Schema and OpenAPI in JSON
//! or YAML. A file is read once, and what is wrong with it is told once.

mod header;
mod schema;
#[cfg(feature = "sql")]
mod table;
#[cfg(feature = "sql")]
mod words;

use std::{
    collections::{HashMap, HashSet},
    path::Path,
    rc::Rc,
};

use crate::{
    codes,
    document::{Document, unread},
    register::FieldSource,
};
use mokuteki::text;
use mokuteki_encoding::decode;
use mokuteki_files::{Folder, limits};
use mokuteki_findings::{Diagnostic, Place, Text};

/// A field of a file.
#[derive(Debug)]
pub(super) struct Field {
    /// Its name; within objects with the names above it, divided by dots.
    pub(super) name: String,
    /// What the file says beside the name: a title or a comment.
    pub(super) label: Option<String>,
    pub(super) place: Place,
}

/// A named part of a file: a table.
#[cfg(feature = "sql")]
#[derive(Debug)]
struct Part {
    name: String,
    place: Place,
    fields: Vec<Field>,
}

enum Content {
    Header(Rc<Vec<Field>>),
    #[cfg(feature = "sql")]
    Tables(Vec<Part>),
    Tree(Rc<Document>),
    /// What is wrong with it has been told.
    Broken,
}

/// What is wrong with a file of fields, and the next step.
struct Fault {
    place: Place,
    reason: Text,
    help: Text,
}

/// The files that were read, and what is wrong with them.
pub(super) struct Sources<'r> {
    root: &'r Path,
    /// The root, opened when the first file is read.
    folder: Option<Result<Folder, mokuteki_files::Fault>>,
    files: HashMap<String, Rc<Content>>,
    parts: HashMap<(String, Option<String>), Rc<Vec<Field>>>,
    told: HashSet<(Place, String)>,
    pub(super) found: Vec<Diagnostic>,
}

impl<'r> Sources<'r> {
    pub(super) fn new(root: &'r Path) -> Self {
        Self {
            root,
            folder: None,
            files: HashMap::new(),
            parts: HashMap::new(),
            told: HashSet::new(),
            found: Vec::new(),
        }
    }

    /// How many files were read.
    pub(super) fn count(&self) -> usize {
        self.files.len()
    }

    /// The fields of a file or of a part of it; none where that is wrong, which is told.
    pub(super) fn of(&mut self, source: &FieldSource, flow: &str) -> Rc<Vec<Field>> {
        let key = (source.path.clone(), source.part.clone());
        if let Some(fields) = self.parts.get(&key) {
            return Rc::clone(fields);
        }
        let content = self.file(&source.path, &source.place, flow);
        let part = source.part.as_deref();
        let taken = match (content.as_ref(), part) {
            (Content::Broken, _) => Ok(Rc::default()),
            (Content::Header(fields), None) => Ok(Rc::clone(fields)),
            (Content::Header(_), Some(_)) => Err(Fault {
                place: source.place.clone(),
                reason: Text::new("見出し行に部分はない", "a header has no parts"),
                help: Text::new("# とその後を消す", "remove the # and what is behind it"),
            }),
            #[cfg(feature = "sql")]
            (Content::Tables(tables), part) => of_tables(tables, part, source).map(Rc::new),
            (Content::Tree(document), part) => {
                let document = Rc::clone(document);
                schema::fields(self, &document, part, source, flow).map(Rc::new)
            }
        };
        let fields = match taken {
            Ok(fields) => fields,
            Err(fault) => {
                self.tell(fault, &source.place, flow);
                Rc::default()
            }
        };
        self.parts.insert(key, Rc::clone(&fields));
        fields
    }

    fn file(&mut self, path: &str, asked: &Place, flow: &str) -> Rc<Content> {
        if let Some(content) = self.files.get(path) {
            return Rc::clone(content);
        }
        let content = match self.read(path, asked, flow) {
            Ok(content) => content,
            Err(fault) => {
                self.tell(fault, asked, flow);
                Content::Broken
            }
        };
        let content = Rc::new(content);
        self.files.insert(path.to_owned(), Rc::clone(&content));
        content
    }

    fn read(&mut self, path: &str, asked: &Place, flow: &str) -> Result<Content, Fault> {
        let root = self.root;
        let folder = self.folder.get_or_insert_with(|| Folder::open(root));
        let read = match folder {
            Ok(folder) => folder.bytes(Path::new(path), &limits::FIELDS),
            Err(fault) => Err(fault.clone()),
        };
        let bytes = match read {
            Ok(bytes) => bytes,
            Err(fault) => {
                let mut problem = unread(&fault, path);
                flow.clone_into(&mut problem.subject);
                self.found
                    .push(problem.with_related(asked.clone(), named()));
                return Ok(Content::Broken);
            }
        };
        let Some(decoded) = decode(&bytes) else {
            return Err(Fault {
                place: Place::file(path),
                reason: Text::new("文章ではない", "it is no text"),
                help: Text::new(
                    "CSV、JSON、YAML、SQL のファイルを指す",
                    "name a file of CSV, JSON, YAML or SQL",
                ),
            });
        };
        let text = decoded.text.as_ref();
        let extension = path
            .rsplit_once('.')
            .map(|(_, end)| end.to_ascii_lowercase());
        match extension.as_deref() {
            Some("csv") => {
                header::fields(text, path, b',').map(|all| Content::Header(Rc::new(all)))
            }
            Some("tsv" | "tab") => {
                header::fields(text, path, b'\t').map(|all| Content::Header(Rc::new(all)))
            }
            #[cfg(not(feature = "sql"))]
            Some("sql" | "ddl") => Err(Fault {
                place: Place::file(path),
                reason: Text::new(
                    "このプログラムは SQL を読まずに作られている",
                    "this program was built without its reader of SQL",
                ),
                help: Text::new(
                    "`--features full` を付けて作り直す (cargo build --release --features full)",
                    "build it with `--features full` (cargo build --release --features full)",
                ),
            }),
            #[cfg(feature = "sql")]
            Some("sql" | "ddl") => {
                let (tables, fault) = table::tables(text, path);
                if let Some(fault) = fault {
                    self.tell(fault, asked, flow);
                }
                Ok(Content::Tables(tables))
            }
            Some("json" | "yaml" | "yml") => {
                let (document, faults) = Document::read(text.to_owned(), path);
                match faults.into_iter().next() {
                    None => Ok(Content::Tree(Rc::new(document))),
                    Some((place, reason)) => Err(Fault {
                        place,
                        reason: Text::same(reason),
                        help: Text::new(
                            "この箇所の書き方を直す",
                            "correct the syntax at this place",
                        ),
                    }),
                }
            }
            _ => Err(Fault {
                place: Place::file(path),
                reason: Text::new(
                    "名前から種類が分からない",
                    "its name does not tell what kind of file it is",
                ),
                help: Text::new(
                    "拡張子を csv、tsv、sql、ddl、json、yaml、yml のどれかにする",
                    "let it end in csv, tsv, sql, ddl, json, yaml or yml",
                ),
            }),
        }
    }

    /// Tells what is wrong with a file, once.
    fn tell(&mut self, fault: Fault, asked: &Place, flow: &str) {
        let Fault {
            place,
            reason,
            help,
        } = fault;
        if !self.told.insert((place.clone(), reason.en.clone())) {
            return;
        }
        let message = Text::new(
            format!("項目を読めない: {}", reason.ja),
            format!("its fields cannot be read: {}", reason.en),
        );
        let is_asked = place == *asked;
        let mut problem = Diagnostic::new(&codes::BAD_FIELD_FILE, place, flow, message, help);
        if !is_asked {
            problem = problem.with_related(asked.clone(), named());
        }
        self.found.push(problem.with_detail(reason.en));
    }
}

fn named() -> Text {
    Text::new("この流れの fields_from", "the fields_from of this flow")
}

/// The fields of one table, or of all.
#[cfg(feature = "sql")]
fn of_tables(
    tables: &[Part],
    part: Option<&str>,
    source: &FieldSource,
) -> Result<Vec<Field>, Fault> {
    let bare = |name: &str| text::normalize(name).to_lowercase();
    let is_it = |table: &&Part, wanted: &str| {
        let (name, wanted) = (bare(&table.name), bare(wanted));
        name == wanted || name.rsplit('.').next() == Some(&wanted)
    };
    let chosen: Vec<&Part> = match part {
        None => tables.iter().collect(),
        Some(wanted) => tables.iter().filter(|one| is_it(one, wanted)).collect(),
    };
    let fields = chosen.iter().flat_map(|table| &table.fields);
    let fields: Vec<Field> = fields
        .map(|field| Field {
            name: field.name.clone(),
            label: field.label.clone(),
            place: field.place.clone(),
        })
        .collect();
    if !fields.is_empty() {
        return Ok(fields);
    }
    if let Some(table) = chosen.first() {
        return Err(Fault {
            place: table.place.clone(),
            reason: Text::new(
                format!("表「{}」に列の一覧がない", table.name),
                format!("table `{}` has no list of columns", table.name),
            ),
            help: Text::new(
                "列を書いた CREATE TABLE を指すか、fields に項目を書く",
                "name a CREATE TABLE with columns, or write the fields in `fields`",
            ),
        });
    }
    let Some(wanted) = part else {
        return Err(Fault {
            place: Place::file(source.path.as_str()),
            reason: Text::new("CREATE TABLE がない", "there is no CREATE TABLE"),
            help: Text::new(
                "表の定義のファイルを指す",
                "name a file with the definition of a table",
            ),
        });
    };
    let names = tables.iter().map(|table| table.name.as_str());
    Err(no_part(source, wanted, names))
}

/// How many names of parts a message lists.
const LISTED: usize = 10;

fn no_part<'n>(
    source: &FieldSource,
    wanted: &str,
    names: impl Iterator<Item = &'n str> + Clone,
) -> Fault {
    let path = &source.path;
    let near = text::nearest(wanted, names.clone(), 1);
    let list = names.take(LISTED).collect::<Vec<_>>().join(", ");
    let help = match near.first() {
        Some(near) => Text::new(
            format!("「{path}#{near}」のことか"),
            format!("did you mean `{path}#{near}`?"),
        ),
        None => Text::new(format!("あるのは: {list}"), format!("there are: {list}")),
    };
    Fault {
        place: source.place.clone(),
        reason: Text::new(
            format!("{path} に「{wanted}」はない"),
            format!("{path} has no `{wanted}`"),
        ),
        help,
    }
}
