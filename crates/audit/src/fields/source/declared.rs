//! Declarations that stand line by line: migrations and schemas of Rails and Laravel, Prisma, GraphQL, classes and schemas of
//! TypeScript and JavaScript, structs of Go and Rust, case classes of Scala, document types of XML, and logs of changes of tables.
//!
//! These are read by their shape and not by a grammar of each: a field is a name at the place where the language puts it. What stands
//! in code besides (options, local names) may be read as a field, too; it has no kind unless its name says so, and a name that says
//! so is worth a look.

use std::{collections::HashMap, sync::LazyLock};

use regex::Regex;

use super::{Fault, Field, Part, Read, select::line};
use mokuteki_findings::Text;

/// How a language declares parts and fields.
struct Shape {
    /// What begins a part; its first group is the name.
    part: Regex,
    /// Fields of a line, as many as match; the first group that took part is the name.
    field: Regex,
    /// What names the column otherwise, above the field or beside it.
    column: Option<Regex>,
    /// What says in words what the field is, above it or beside it.
    said: Regex,
    /// Lines that belong to what comes below them.
    above: Regex,
    /// Whether fields stand only in a part.
    within: bool,
}

/// The endings of files, each with the shape that it is read by.
type Shapes = HashMap<&'static str, usize>;

const NAME: &str = r"[\p{L}_][\p{L}\p{N}_]*";

// INVARIANT: a test reads a file of each shape, so that no pattern is wrong.
static SHAPES: LazyLock<(Vec<Shape>, Shapes)> = LazyLock::new(|| {
    let mut shapes = Vec::new();
    let mut endings = HashMap::new();
    let regex = |text: &str| Regex::new(&text.replace("NAME", NAME)).ok();
    for (ends, part, field, column, said, above, within) in TABLE {
        let read = || {
            Some(Shape {
                part: regex(part)?,
                field: regex(field)?,
                column: if column.is_empty() {
                    None
                } else {
                    Some(regex(column)?)
                },
                said: regex(said)?,
                above: regex(above)?,
                within,
            })
        };
        if let Some(shape) = read() {
            endings.extend(ends.split(' ').map(|end| (end, shapes.len())));
            shapes.push(shape);
        }
    }
    (shapes, endings)
});

/// Endings, part, field, column, what is said, what stands above, whether fields stand only in a part.
type Row = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    bool,
);

const TABLE: [Row; 8] = [
    (
        "rb",
        r#"\b(?:create_table|change_table)\s*\(?\s*["':]?(NAME)|^class\s+(NAME)"#,
        r#"\bt\.(?:string|text|integer|bigint|decimal|numeric|float|date|datetime|timestamp|timestamptz|time|binary|boolean|json|jsonb|uuid|virtual|citext|char|enum|column)\b\s*\(?\s*[:"'](NAME)|^(?:add_column|change_column)\s*\(?\s*[:"'][\w.]+["']?\s*,\s*[:"'](NAME)|^rename_column\s*\(?\s*[:"'][\w.]+["']?\s*,\s*[:"'][\w.]+["']?\s*,\s*[:"'](NAME)|^(?:attribute|field|property)\s*\(?\s*[:"'](NAME)"#,
        "",
        r#"\bcomment(?::|\s*=>)\s*["']([^"']+)["']"#,
        r"^#\s*(.*)$",
        false,
    ),
    (
        "php",
        r#"\bSchema::(?:create|table)\s*\(\s*["'](NAME)|\bclass\s+(NAME)"#,
        r#"\$table->(?:long|medium|tiny|small|big|unsigned|unsignedBig|unsignedTiny|foreign)?(?i:string|text|integer|increments|decimal|float|double|date|datetime|datetimetz|timestamp|char|boolean|binary|json|jsonb|uuid|enum|id|year|time)\s*\(\s*["'](NAME)|\$table->renameColumn\s*\(\s*["'][^"']+["']\s*,\s*["'](NAME)|^(?:(?:public|protected|private|readonly|static)\s+)+(?:\??[\p{L}_\\|]+\s+)?\$(NAME)\s*[=;,)]"#,
        r#"Column\s*\((?:.*?\b)?name\s*[:=]\s*["'](NAME)"#,
        r#"(?:->comment\s*\(\s*|["']comment["']\s*=>\s*)["']([^"']+)["']"#,
        r"^(?://+|#\[?|/\*+|\*+)\s*(.*?)\s*(?:\*/)?$",
        false,
    ),
    (
        "prisma",
        r"^(?:model|type|view)\s+(NAME)\s*\{",
        r"^(NAME)\s+[A-Z]\w*(?:\[\])?\??",
        r#"@map\(\s*(?:name:\s*)?"([^"]+)""#,
        r"//+\s*(.*)$",
        r"^//+\s*(.*)$",
        true,
    ),
    (
        "graphql graphqls gql",
        r"^(?:extend\s+)?(?:type|input|interface)\s+(NAME)",
        r"\b(NAME)\s*(?::\s*\[?\s*[\p{L}_]|\()",
        "",
        r#"^"*\s*([^":{}()#]+?)\s*"*$|#\s*(.*)$"#,
        r#"^(?:"+|#|[^:{}()]+$)\s*(.*)$"#,
        true,
    ),
    (
        "ts tsx mts js mjs cjs",
        r"\b(?:class|interface|type)\s+(NAME)|(NAME)\s*=\s*(?:new\s+)?(?:[\p{L}_.]*Schema|z\.object|[\p{L}_.]*define|[\p{L}_]*[tT]able)\s*[(<]",
        r#"(?:^|[{,(])\s*(?:(?:public|private|protected|readonly|declare|static)\s+)*["']?(NAME)["']?[?!]?\s*:"#,
        r#"\b(?:name|field|columnName|fieldName)\s*:\s*["']([^"']+)["']|:\s*(?:varchar|text|char|integer|bigint|serial|date|timestamp|numeric|decimal|boolean|int|uuid)\s*\(\s*["']([^"']+)["']"#,
        r#"\b(?:comment|description|title|label)\s*:\s*["'`]([^"'`]+)["'`]|\.describe\(\s*["'`]([^"'`]+)["'`]|//+\s*(.*)$"#,
        r"^(?:@.*|//+.*|/\*+.*|\*.*)$",
        false,
    ),
    (
        "go",
        r"\btype\s+(NAME)\s+struct\b",
        r#"^\p{Lu}[\p{L}\p{N}_]*\s+\S.*`[^`]*\bcolumn:(NAME)|^\p{Lu}[\p{L}\p{N}_]*\s+\S.*`[^`]*\b(?:db|bun|pg):"(NAME)|^\p{Lu}[\p{L}\p{N}_]*\s+\S.*`[^`]*\b(?:json|xml|csv|bson|yaml|parquet|avro):"(NAME)|^(\p{Lu}[\p{L}\p{N}_]*)\s+[\w.*\[\]]+\s*(?://.*)?$"#,
        "",
        r"//+\s*(.*)$",
        r"^//+\s*(.*)$",
        true,
    ),
    (
        "rs scala",
        r"\b(?:struct|class)\s+(NAME)",
        r"(?:^|[(,])\s*(?:pub(?:\([^)]*\))?\s+)?(?:va[lr]\s+)?(NAME)\s*:\s*[\p{Lu}&\p{Ll}]",
        r#"\brename\s*=\s*"([^"]+)""#,
        r"//+!?\s*(.*)$",
        r"^(?:#\[.*|//+.*|@.*)$",
        true,
    ),
    (
        "dtd",
        r"<!ELEMENT\s+([\p{L}_][\p{L}\p{N}_.-]*)\s+\(\s*[^#)\s]",
        r"<!ELEMENT\s+([\p{L}_][\p{L}\p{N}_.-]*)|<!ATTLIST\s+[^\s>]+\s+([\p{L}_][\p{L}\p{N}_.-]*)|^([\p{L}_][\p{L}\p{N}_.-]*)\s+(?:CDATA|ID|IDREF|NMTOKENS?)\b",
        "",
        r"<!--\s*(.*?)\s*-->",
        r"^<!--\s*(.*?)\s*-->$",
        false,
    ),
];

/// Whether files of an ending are read here.
pub(super) fn is_known(extension: &str) -> bool {
    SHAPES.1.contains_key(extension)
}

/// The parts of a text with their fields.
pub(super) fn read(text: &str, path: &str, extension: &str) -> Read {
    let (shapes, endings) = &*SHAPES;
    let shape = endings.get(extension).and_then(|at| shapes.get(*at));
    let mut read = Read::default();
    if let Some(shape) = shape {
        lines(text, path, shape, &mut read);
    }
    read.parts.retain(|part| !part.fields.is_empty());
    if read.parts.is_empty() {
        return Fault::new(
            line(path, 0),
            Text::new("項目の宣言がない", "there is no declaration of a field"),
            Text::new(
                "テーブルやクラスを宣言するファイルを指す",
                "name a file that declares a table or a type",
            ),
        )
        .into();
    }
    read
}

fn lines(text: &str, path: &str, shape: &Shape, read: &mut Read) {
    // Annotations and comments above what comes next.
    let mut above: Vec<String> = Vec::new();
    let mut all = text.lines().enumerate();
    while let Some((at, whole)) = all.next() {
        let mut said = whole.trim().to_owned();
        // An annotation may go on in the lines below.
        while said.starts_with('@') && depth(&said) > 0 {
            let Some((_, more)) = all.next() else { break };
            said.push(' ');
            said.push_str(more.trim());
        }
        let code = behind_annotations(&said);
        if said.is_empty() {
            above.clear();
            continue;
        }
        if code.is_empty() || shape.above.is_match(code) && !shape.field.is_match(code) {
            above.push(said);
            continue;
        }
        let place = line(path, at + 1);
        let mut rest = code;
        if let Some(found) = shape.part.captures(code) {
            let name = taken(&found).map_or(String::new(), |name| name.as_str().to_owned());
            read.parts.push(Part::new(name, place.clone(), Vec::new()));
            // What stands behind the name of the part may be its fields; the head of a class of TypeScript names none.
            let end = taken(&found).map_or(0, |name| name.end());
            rest = code.get(end..).unwrap_or_default();
        } else if read.parts.is_empty() && !shape.within {
            read.parts
                .push(Part::new(String::new(), place.clone(), Vec::new()));
        }
        let Some(part) = read.parts.last_mut() else {
            above.clear();
            continue;
        };
        let sources = || above.iter().map(String::as_str).chain([said.as_str()]);
        let names: Vec<_> = shape.field.captures_iter(rest).collect();
        let is_alone = names.len() == 1 || !said.contains('{') || shape.column.is_some();
        for (nth, found) in names.iter().enumerate() {
            let Some(name) = taken(found) else { continue };
            let name = name.as_str().to_owned();
            let own = nth == 0 && is_alone;
            let column = shape.column.as_ref().filter(|_| own);
            let column = column.and_then(|column| {
                let mut found = sources().filter_map(|text| column.captures(text));
                found.find_map(|found| taken(&found).map(|one| one.as_str().to_owned()))
            });
            let mut labels: Vec<String> = Vec::new();
            if own {
                labels.extend(sources().filter_map(|text| {
                    let found = shape.said.captures(text)?;
                    let one = taken(&found)?.as_str().trim().to_owned();
                    (!one.is_empty()).then_some(one)
                }));
            }
            let field = match column {
                Some(column) if column != name => {
                    labels.insert(0, name);
                    column
                }
                _ => name,
            };
            let is_known = part.fields.iter().any(|one| one.name == field);
            if !is_known || !labels.is_empty() {
                part.fields.push(Field {
                    name: field,
                    label: (!labels.is_empty()).then(|| labels.join(" ")),
                    place: place.clone(),
                });
            }
        }
        above.clear();
    }
}

/// The group of a match that took part.
fn taken<'t>(found: &regex::Captures<'t>) -> Option<regex::Match<'t>> {
    found.iter().skip(1).flatten().next()
}

/// How many brackets a line leaves open.
fn depth(text: &str) -> i32 {
    let count = |c: char| match c {
        '(' => 1,
        ')' => -1,
        _ => 0,
    };
    text.chars().map(count).sum()
}

/// What stands behind the annotations at the beginning of a line.
fn behind_annotations(said: &str) -> &str {
    let mut rest = said;
    while let Some(name) = rest.strip_prefix('@') {
        let word = name.trim_start_matches(|c: char| c.is_alphanumeric() || matches!(c, '_' | '.'));
        rest = word.trim_start();
        if !rest.starts_with('(') {
            continue;
        }
        let mut open = 0_i32;
        let close = rest.char_indices().find(|(_, c)| {
            open += depth(c.encode_utf8(&mut [0; 4]));
            open == 0
        });
        let Some((close, _)) = close else { return "" };
        rest = rest.get(close + 1..).unwrap_or_default().trim_start();
    }
    rest
}

/// The columns of a log of changes of tables in YAML or JSON; `None` where the text is no such log.
pub(super) fn change_log(text: &str, path: &str) -> Option<Vec<Part>> {
    static LOG: LazyLock<Option<[Regex; 4]>> = LazyLock::new(|| {
        let regex = |text: &str| Regex::new(text).ok();
        Some([
            regex(r#"(?m)^\s*\{?\s*"?databaseChangeLog"?\s*:"#)?,
            regex(r#"["\s]column"?\s*:|\bnewColumnName"?\s*:\s*"?([\p{L}_][\p{L}\p{N}_]*)"#)?,
            regex(r#"\bname"?\s*:\s*["']?([\p{L}_][\p{L}\p{N}_]*)"#)?,
            regex(r#"\bremarks"?\s*:\s*["']?([^"'\n,}]+)"#)?,
        ])
    });
    let [is_log, column, name, remarks] = LOG.as_ref()?;
    if !is_log.is_match(text) {
        return None;
    }
    let starts: Vec<_> = column.captures_iter(text).collect();
    let mut part = Part::new(String::new(), line(path, 1), Vec::new());
    for (nth, start) in starts.iter().enumerate() {
        let from = start.get(0)?.start();
        let until = starts.get(nth + 1).and_then(|next| next.get(0));
        let until = until.map_or(text.len(), |next| next.start());
        let said = text.get(from..until).unwrap_or_default();
        let first = |regex: &Regex| {
            let found = regex.captures(said)?;
            taken(&found).map(|one| one.as_str().trim().to_owned())
        };
        let renamed = start.get(1).map(|one| one.as_str().to_owned());
        if let Some(name) = renamed.or_else(|| first(name)) {
            let number = text.get(..from).unwrap_or_default().matches('\n').count();
            part.fields.push(Field {
                name,
                label: first(remarks),
                place: line(path, number + 1),
            });
        }
    }
    (!part.fields.is_empty()).then(|| vec![part])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(fields: &[Field]) -> String {
        let names = fields.iter().map(|field| match &field.label {
            Some(label) => format!("{}={label}", field.name),
            None => field.name.clone(),
        });
        names.collect::<Vec<_>>().join(" ")
    }

    fn told(extension: &str, text: &str) -> String {
        let read = read(text, "a", extension);
        let all = read
            .parts
            .iter()
            .map(|part| format!("{}({})", part.name, said(&part.fields)));
        all.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn declarations_of_each_language_give_their_fields() {
        assert_eq!(SHAPES.0.len(), TABLE.len());
        let rails = "class A < ActiveRecord::Migration[7.1]\n  create_table :koza do |t|\n    t.string :koza_bango, null: false, comment: \"口座\"\n    t.index [\"a\"]\n  end\n  add_column :members, :tel_no, :string\n  rename_column :members, :c1, :mail\n";
        assert_eq!(told("rb", rails), "koza(koza_bango=口座 tel_no mail)");
        let laravel = "Schema::create('koza', function (Blueprint $table) {\n  $table->string('koza_bango', 7);\n  $table->unsignedInteger('c2')->comment('住所');\n  $table->index('c2');\n});";
        assert_eq!(told("php", laravel), "koza(koza_bango c2=住所)");
        let prisma = "model Member {\n  id Int @id\n  myNumber String? @map(\"my_number\")\n  /// 電話番号\n  f1 String\n  @@index([f1])\n}";
        assert_eq!(
            told("prisma", prisma),
            "Member(id my_number=myNumber f1=電話番号)"
        );
        let graphql = "type Member {\n  id: ID!\n  \"\"\"\n  電話番号\n  \"\"\"\n  c1: String\n  list(kigo: String!): [B] # 一覧\n}\ninput B { shobyoMei: String!, seq: Int }";
        assert_eq!(
            told("graphql", graphql),
            "Member(id c1=電話番号 list=一覧 kigo) B(shobyoMei seq)"
        );
        let orm = "@Entity(\"koza\")\nexport class Koza {\n  @PrimaryGeneratedColumn() id: number;\n  @Column({ name: \"koza_meigi\", length: 40 }) kozaMeigi: string;\n  @Column({\n    comment: \"個人番号\",\n  })\n  c2?: string;\n}";
        assert_eq!(told("ts", orm), "Koza(id koza_meigi=kozaMeigi c2=個人番号)");
        let go = "type Member struct {\n\tID int64 `json:\"id\" db:\"id\"`\n\tTel string `json:\"denwa_bango,omitempty\"`\n\tMail string // 連絡先\n\tinternal int\n}";
        assert_eq!(told("go", go), "Member(id denwa_bango Mail=連絡先)");
        let rust = "struct Member {\n    #[serde(rename = \"myNumber\")]\n    pub my_number: String,\n    tel: Option<String>,\n}";
        assert_eq!(told("rs", rust), "Member(myNumber=my_number tel)");
        assert_eq!(
            told("scala", "case class A(tel: String, mail: String)"),
            "A(tel mail)"
        );
        let dtd = "<!ELEMENT kekka (shobyoMei, memo)>\n<!ELEMENT shobyoMei (#PCDATA)>\n<!ATTLIST kekka ver CDATA #IMPLIED>";
        assert_eq!(told("dtd", dtd), "kekka(shobyoMei ver)");
        assert_eq!(read("x = 1\n", "a.prisma", "prisma").faults.len(), 1);
    }

    #[test]
    fn a_log_of_changes_gives_its_columns() {
        let log = "databaseChangeLog:\n  - changeSet:\n      id: 1\n      changes:\n        - createTable:\n            tableName: koza\n            columns:\n              - column: {name: denwa_bango, type: varchar}\n              - column:\n                  name: c2\n                  remarks: 個人番号\n        - renameColumn:\n            newColumnName: mail\n";
        let parts = change_log(log, "a.yaml").unwrap();
        assert_eq!(said(&parts[0].fields), "denwa_bango c2=個人番号 mail");
        assert!(change_log("openapi: 3.0.0\n", "a.yaml").is_none());
    }
}
