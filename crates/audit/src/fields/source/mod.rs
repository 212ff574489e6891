//! Files that have fields: headers of tables, SQL, records of COBOL, schemas, classes and interface files. A file is read once,
//! and what is wrong with it is told once.

mod avro;
mod cobol;
mod declared;
mod header;
mod interface;
mod model;
mod proto;
mod schema;
mod select;
#[cfg(feature = "sheets")]
mod sheets;
mod sql;
mod xml;

use std::{
    collections::{BTreeMap, HashSet},
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
use mokuteki_findings::{Code, Diagnostic, Place, Text};

/// A field of a file.
#[derive(Clone, Debug)]
pub(super) struct Field {
    /// Its name; within objects with the names above it, divided by dots.
    pub(super) name: String,
    /// What the file says beside the name: a title or a comment.
    pub(super) label: Option<String>,
    pub(super) place: Place,
}

/// A named part of a file: a table, a record, a message, a class, a sheet.
#[derive(Clone, Debug)]
struct Part {
    name: String,
    place: Place,
    fields: Vec<Field>,
    /// The type of each field that may be another part of the file.
    types: Vec<(String, String)>,
}

impl Part {
    fn new(name: String, place: Place, fields: Vec<Field>) -> Self {
        Self {
            name,
            place,
            fields,
            types: Vec::new(),
        }
    }

    /// Whether a name, with or without what stands before it, means this part.
    fn is_called(&self, wanted: &str) -> bool {
        let bare = |name: &str| text::normalize(name).to_lowercase();
        let (name, wanted) = (bare(&self.name), bare(wanted));
        let last = |name: &str| name.rsplit('.').next().unwrap_or_default().to_owned();
        name == wanted
            || last(&name) == last(&wanted)
                && (!name.contains('.') || !wanted.contains('.') || {
                    // `db.dbo.t` is `dbo.t`.
                    name.ends_with(&format!(".{wanted}")) || wanted.ends_with(&format!(".{name}"))
                })
    }
}

/// What a reader made of a file.
#[derive(Debug, Default)]
struct Read {
    parts: Vec<Part>,
    faults: Vec<Fault>,
}

impl From<Fault> for Read {
    fn from(fault: Fault) -> Self {
        Self {
            parts: Vec::new(),
            faults: vec![fault],
        }
    }
}

enum Content {
    /// A header, which has no parts.
    Header(Rc<Vec<Field>>),
    Parts(Vec<Part>),
    Tree(Rc<Document>),
    /// What is wrong with it has been told.
    Broken,
}

/// What is wrong with a file of fields, and the next step.
#[derive(Debug)]
struct Fault {
    code: &'static Code,
    place: Place,
    reason: Text,
    help: Text,
}

impl Fault {
    fn new(place: Place, reason: Text, help: Text) -> Self {
        Self {
            code: &codes::BAD_FIELD_FILE,
            place,
            reason,
            help,
        }
    }
}

/// The files that were read, and what is wrong with them.
pub(super) struct Sources<'r> {
    root: &'r Path,
    /// The root, opened when the first file is read.
    folder: Option<Result<Folder, mokuteki_files::Fault>>,
    files: BTreeMap<String, Rc<Content>>,
    parts: BTreeMap<(String, Option<String>), Rc<Vec<Field>>>,
    told: HashSet<(Place, String)>,
    pub(super) found: Vec<Diagnostic>,
}

impl<'r> Sources<'r> {
    pub(super) fn new(root: &'r Path) -> Self {
        Self {
            root,
            folder: None,
            files: BTreeMap::new(),
            parts: BTreeMap::new(),
            told: HashSet::new(),
            found: Vec::new(),
        }
    }

    /// How many files were read, and how many tables and columns they have. A schema that is read by what a flow takes of it
    /// counts as one.
    pub(super) fn counts(&self) -> (usize, usize, usize) {
        let mut tables = 0;
        let mut columns = 0;
        let mut trees = HashSet::new();
        for (path, content) in &self.files {
            match content.as_ref() {
                Content::Header(fields) => {
                    tables += 1;
                    columns += fields.len();
                }
                Content::Parts(parts) => {
                    tables += parts.len();
                    columns += parts.iter().map(|part| part.fields.len()).sum::<usize>();
                }
                Content::Tree(_) => {
                    tables += 1;
                    trees.insert(path.as_str());
                }
                Content::Broken => {}
            }
        }
        let of_trees = self
            .parts
            .iter()
            .filter(|((path, _), _)| trees.contains(path.as_str()));
        columns += of_trees.map(|(_, fields)| fields.len()).sum::<usize>();
        (self.files.len(), tables, columns)
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
            (Content::Header(_), Some(_)) => Err(Fault::new(
                source.place.clone(),
                Text::new("見出し行に部分はない", "a header has no parts"),
                Text::new("# とその後を消す", "remove the # and what is behind it"),
            )),
            (Content::Parts(parts), part) => select::fields(parts, part, source).map(Rc::new),
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
        let extension = path
            .rsplit_once('.')
            .map(|(_, end)| end.to_ascii_lowercase());
        let extension = extension.unwrap_or_default();
        match extension.as_str() {
            "xlsx" | "xlsm" | "xlsb" | "xls" | "ods" => {
                return Ok(self.parts_of(workbook(&bytes, path), asked, flow));
            }
            "zip" => {
                return interface::archive(&bytes, path).map(|all| Content::Header(Rc::new(all)));
            }
            _ => {}
        }
        let Some(decoded) = decode(&bytes) else {
            return Err(Fault::new(
                Place::file(path),
                Text::new("文章ではない", "it is no text"),
                Text::new(
                    "CSV、JSON、YAML、SQL のファイルを指す",
                    "name a file of CSV, JSON, YAML or SQL",
                ),
            ));
        };
        let text = decoded.text.as_ref();
        if let Some(kind) = interface::kind(text, path) {
            return Ok(Content::Header(Rc::new(interface::fields(
                kind, text, path,
            ))));
        }
        let parts = match extension.as_str() {
            "csv" => {
                return header::fields(text, path, None).map(|all| Content::Header(Rc::new(all)));
            }
            "tsv" | "tab" => {
                return header::fields(text, path, Some(b'\t'))
                    .map(|all| Content::Header(Rc::new(all)));
            }
            "json" | "yaml" | "yml" | "avsc" | "avpr" => return tree(text, path),
            "sql" | "ddl" | "hql" | "plsql" | "pls" | "pks" | "tsql" | "psql" | "dcl" => {
                sql::read(text, path)
            }
            "cpy" | "cbl" | "cob" | "copy" | "cobol" | "pco" => cobol::read(text, path),
            "xsd" | "wsdl" | "xml" => xml::read(text, path),
            "proto" => proto::read(text, path),
            "java" | "kt" | "cs" | "py" => model::read(text, path, &extension),
            _ if declared::is_known(&extension) => declared::read(text, path, &extension),
            _ => {
                return Err(Fault::new(
                    Place::file(path),
                    Text::new(
                        "名前から種類が分からない",
                        "its name does not tell what kind of file it is",
                    ),
                    Text::new(
                        "拡張子を csv、tsv、xlsx、sql、ddl、json、yaml、yml、avsc、proto、xsd、wsdl、xml、dtd、cpy、cbl、java、kt、scala、cs、py、rb、php、ts、js、go、rs、prisma、graphql、uke のどれかにする",
                        "let it end in csv, tsv, xlsx, sql, ddl, json, yaml, yml, avsc, proto, xsd, wsdl, xml, dtd, cpy, cbl, java, kt, scala, cs, py, rb, php, ts, js, go, rs, prisma, graphql or uke",
                    ),
                ));
            }
        };
        Ok(self.parts_of(parts, asked, flow))
    }

    /// What could be read; what could not is told.
    fn parts_of(&mut self, read: Read, asked: &Place, flow: &str) -> Content {
        let is_empty = read.parts.is_empty();
        for fault in read.faults {
            self.tell(fault, asked, flow);
        }
        if is_empty {
            Content::Broken
        } else {
            Content::Parts(read.parts)
        }
    }

    /// Tells what is wrong with a file, once.
    fn tell(&mut self, fault: Fault, asked: &Place, flow: &str) {
        let Fault {
            code,
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
        let mut problem = Diagnostic::new(code, place, flow, message, help);
        if !is_asked {
            problem = problem.with_related(asked.clone(), named());
        }
        self.found.push(problem.with_detail(reason.en));
    }
}

fn tree(text: &str, path: &str) -> Result<Content, Fault> {
    if let Some(parts) = declared::change_log(text, path) {
        return Ok(Content::Parts(parts));
    }
    let (document, faults) = Document::read(text.to_owned(), path);
    match faults.into_iter().next() {
        None => Ok(Content::Tree(Rc::new(document))),
        Some((place, reason)) => Err(Fault::new(
            place,
            Text::same(reason),
            Text::new("この箇所の書き方を直す", "correct the syntax at this place"),
        )),
    }
}

#[cfg(feature = "sheets")]
fn workbook(bytes: &[u8], path: &str) -> Read {
    sheets::read(bytes, path)
}

#[cfg(not(feature = "sheets"))]
fn workbook(_: &[u8], path: &str) -> Read {
    Fault::new(
        Place::file(path),
        Text::new(
            "このプログラムは表計算のファイルを読まずに作られている",
            "this program was built without its reader of workbooks",
        ),
        Text::new(
            "`--features full` を付けて作り直す (cargo build --release --features full)",
            "build it with `--features full` (cargo build --release --features full)",
        ),
    )
    .into()
}

fn named() -> Text {
    Text::new("この流れの fields_from", "the fields_from of this flow")
}
