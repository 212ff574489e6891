//! Classes that stand for tables and messages: entities of JPA in Java and Kotlin, of Entity Framework in C#, and models of Django,
//! SQLAlchemy and pydantic in Python.
//!
//! A class is read line by line: what declares a field is one line in these languages as they are written, and what stands above it
//! (annotations, attributes, comments) belongs to it. Code within methods declares variables in the same words, so only what stands
//! directly in a class counts.

use std::sync::LazyLock;

use regex::Regex;

use super::{Fault, Field, Part, Read, select::line};
use mokuteki_findings::Text;

/// How a language declares classes and fields.
struct Syntax {
    class: Regex,
    field: Regex,
    /// Lines that look like fields and are none.
    not: Regex,
    /// What names the column: an annotation above, or an argument beside.
    column: Regex,
    /// What says in words what the field is.
    said: Regex,
    comment: Regex,
    by_indent: bool,
}

fn syntax(
    class: &str,
    field: &str,
    not: &str,
    column: &str,
    said: &str,
    comment: &str,
    by_indent: bool,
) -> Option<Syntax> {
    let regex = |text: &str| Regex::new(text).ok();
    Some(Syntax {
        class: regex(class)?,
        field: regex(field)?,
        not: regex(not)?,
        column: regex(column)?,
        said: regex(said)?,
        comment: regex(comment)?,
        by_indent,
    })
}

// INVARIANT: a test reads a class of each language, so that no pattern is wrong.
static JAVA: LazyLock<Option<Syntax>> = LazyLock::new(|| {
    syntax(
        r"\b(?:class|record|interface)\s+([\p{L}_][\p{L}\p{N}_]*)",
        r"^(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|protected|private|final|transient|volatile)\s+)*[\p{L}_][\p{L}\p{N}_.<>,?\[\] ]*\s+([\p{L}_][\p{L}\p{N}_]*)\s*(?:=.*)?;",
        r"^(?:return|throw|import|package|new|else|assert|break|continue)\b|\bstatic\b|\babstract\b|^[^=]*\(.*\)\s*(?:throws [^;]*)?;",
        r#"@(?:Column|JoinColumn|Field|JsonProperty|CsvBindByName|SerializedName)\s*\(\s*(?:(?:.*?\b)?(?:name|column|value)\s*=\s*)?"([^"]+)""#,
        r#"@(?:Schema|ApiModelProperty|Comment|ColumnDefault|JsonPropertyDescription|Description|NotBlank|NotNull)\s*\(.*?"([^"]+)""#,
        r"^(?://+|/\*+|\*+)\s*(.*?)\s*(?:\*/)?$",
        false,
    )
});
static KOTLIN: LazyLock<Option<Syntax>> = LazyLock::new(|| {
    syntax(
        r"\b(?:class|object|interface)\s+([\p{L}_][\p{L}\p{N}_]*)",
        r"\b(?:val|var)\s+([\p{L}_][\p{L}\p{N}_]*)\s*:",
        r"^(?:for|return|import|package)\b|\bconst\b",
        r#"@(?:field:|get:|param:)?(?:Column|JoinColumn|ColumnInfo|Json|JsonProperty|SerialName|SerializedName)\s*\(\s*(?:(?:.*?\b)?(?:name|value)\s*=\s*)?"([^"]+)""#,
        r#"@(?:field:|get:)?(?:Schema|ApiModelProperty|Comment)\s*\(.*?"([^"]+)""#,
        r"^(?://+|/\*+|\*+)\s*(.*?)\s*(?:\*/)?$",
        false,
    )
});
static CSHARP: LazyLock<Option<Syntax>> = LazyLock::new(|| {
    syntax(
        r"\b(?:class|record|struct|interface)\s+([\p{L}_][\p{L}\p{N}_]*)",
        r"^(?:(?:public|protected|internal|private|virtual|required|override|readonly|new)\s+)+[\p{L}_][\p{L}\p{N}_.<>,?\[\] ]*\s+@?([\p{L}_][\p{L}\p{N}_]*)\s*(?:\{\s*(?:get|init|set|private|internal|protected)\b|=>|;|=[^>])",
        r"\b(?:static|const|event|delegate)\b|^(?:return|using|namespace)\b",
        r#"\[(?:.*,\s*)?(?:Column|JsonPropertyName|JsonProperty|DataMember|XmlElement|Name)\s*\(\s*(?:Name\s*=\s*)?"([^"]+)""#,
        r#"\[(?:.*,\s*)?(?:Display|DisplayName|Comment|Description)\s*\(.*?"([^"]+)""#,
        r"^(?://+|/\*+|\*+)\s*(?:</?summary>)?\s*(.*?)\s*(?:</summary>)?(?:\*/)?$",
        false,
    )
});
static PYTHON: LazyLock<Option<Syntax>> = LazyLock::new(|| {
    syntax(
        r"^class\s+([\p{L}_][\p{L}\p{N}_]*)",
        r"^([\p{L}_][\p{L}\p{N}_]*)\s*(?::\s*[^=]+(?:=.*)?|=\s*(?:[\p{L}_][\p{L}\p{N}_]*\.)*(?:[\p{L}]*Field|Column|mapped_column|ForeignKey|OneToOneField|relationship|Field|field|Int|String|Str|Date)\s*\(.*)$",
        r"^(?:return|class|def|if|else|elif|for|while|try|except|finally|with|lambda|import|from|async|match|case|pass|raise|yield|assert)\b|^(?:class_config|model_config|objects)\b",
        r#"(?:db_column|alias|serialization_alias)\s*=\s*["']([^"']+)["']|(?:Column|mapped_column)\s*\(\s*["']([^"']+)["']"#,
        r#"(?:verbose_name|help_text|comment|description|title)\s*=\s*_?\(?["']([^"']+)["']|Field\s*\(\s*_?\(?["']([^"']+)["']"#,
        r"^#+\s*(.*?)\s*$",
        true,
    )
});

/// The classes of a text.
pub(super) fn read(text: &str, path: &str, extension: &str) -> Read {
    let syntax = match extension {
        "kt" => &KOTLIN,
        "cs" => &CSHARP,
        "py" => &PYTHON,
        _ => &JAVA,
    };
    let mut read = Read::default();
    if let Some(syntax) = syntax.as_ref() {
        classes(text, path, syntax, &mut read);
    }
    read.parts.retain(|part| !part.fields.is_empty());
    if read.parts.is_empty() {
        return Fault::new(
            line(path, 0),
            Text::new("項目のあるクラスがない", "there is no class with fields"),
            Text::new(
                "エンティティやモデルのファイルを指す",
                "name a file with an entity or a model",
            ),
        )
        .into();
    }
    read
}

/// A class that is open: its part, and the depth of what stands directly in it.
struct Class {
    part: usize,
    depth: usize,
    /// Its brace may stand in a line below.
    is_begun: bool,
}

fn classes(text: &str, path: &str, syntax: &Syntax, read: &mut Read) {
    let mut open: Vec<Class> = Vec::new();
    let mut depth = 0_usize;
    // Annotations and comments above what comes next.
    let mut above: Vec<&str> = Vec::new();
    let mut lines = text.lines().enumerate().peekable();
    while let Some((at, whole)) = lines.next() {
        let trimmed = whole.trim();
        if trimmed.is_empty() {
            above.clear();
            continue;
        }
        if syntax.by_indent {
            depth = whole.len() - whole.trim_start().len();
            open.retain(|class| class.depth == usize::MAX || depth >= class.depth);
            if let Some(class) = open.last_mut().filter(|class| class.depth == usize::MAX) {
                class.depth = depth;
            }
        }
        let (code, remark) = split(trimmed, syntax.by_indent);
        if code.is_empty()
            || code.starts_with('@') && !code.contains(" val ") && !code.ends_with(';')
            || code.starts_with('[') && code.ends_with(']')
        {
            above.push(trimmed);
            depth = after(depth, code, syntax.by_indent);
            continue;
        }
        let class = syntax.class.captures(code).and_then(|found| found.get(1));
        if let Some(name) = class {
            let place = line(path, at + 1);
            read.parts
                .push(Part::new(name.as_str().to_owned(), place, Vec::new()));
            // Parameters of a class in its head are its fields, and so is what stands in its body.
            let class = Class {
                part: read.parts.len() - 1,
                depth: if syntax.by_indent {
                    usize::MAX
                } else {
                    depth + 1
                },
                is_begun: syntax.by_indent,
            };
            open.push(class);
            let mut head = code.get(name.end()..).unwrap_or_default().to_owned();
            // The components of a record of Java stand in its head, which may go on in the lines below.
            if code.contains("record ") && !syntax.by_indent {
                let mut balance = level(&head);
                while balance > 0 && !head.contains('{') {
                    let Some((_, more)) = lines.next() else { break };
                    head.push(' ');
                    head.push_str(more.trim());
                    balance += level(more);
                }
            }
            parameters(&head, syntax, open.last(), path, at + 1, read);
            above.clear();
        } else if let Some(class) = open.last().filter(|class| class.depth == depth) {
            let is_field = !syntax.not.is_match(code);
            let name = syntax.field.captures(code).filter(|_| is_field);
            if let Some(name) = name.and_then(|found| found.get(1)) {
                let mut beside = code.to_owned();
                // The arguments of a field may go on in the lines below.
                let mut balance = level(code);
                while balance > 0 && syntax.by_indent {
                    let Some((_, more)) = lines.next() else { break };
                    beside.push(' ');
                    beside.push_str(more.trim());
                    balance += level(more);
                }
                let field = named(name.as_str(), &beside, remark, &above, syntax);
                if let Some(part) = read.parts.get_mut(class.part) {
                    part.fields.push(Field {
                        place: line(path, at + 1),
                        ..field
                    });
                }
            }
            above.clear();
        } else {
            above.clear();
        }
        depth = after(depth, code, syntax.by_indent);
        if !syntax.by_indent {
            for class in &mut open {
                class.is_begun |= depth >= class.depth;
            }
            open.retain(|class| !class.is_begun || depth >= class.depth);
        }
    }
}

/// The fields in the head of a class of Kotlin or of a record of Java.
fn parameters(
    head: &str,
    syntax: &Syntax,
    class: Option<&Class>,
    path: &str,
    at: usize,
    read: &mut Read,
) {
    let Some(part) = class.and_then(|class| read.parts.get_mut(class.part)) else {
        return;
    };
    let Some((_, inner)) = head
        .split_once('(')
        .filter(|(before, _)| before.trim().is_empty())
    else {
        return;
    };
    for one in inner.split([',', ')']) {
        let named_here = syntax
            .field
            .captures(one)
            .and_then(|found| found.get(1))
            .map(|found| found.as_str());
        let last = one.split_whitespace().collect::<Vec<_>>();
        let name = named_here.or_else(|| {
            if last.len() > 1 && !one.contains(':') {
                last.last().copied()
            } else {
                None
            }
        });
        if let Some(name) =
            name.filter(|name| name.chars().all(|c| c.is_alphanumeric() || c == '_'))
        {
            part.fields.push(Field {
                name: name.to_owned(),
                label: None,
                place: line(path, at),
            });
        }
    }
}

/// A field by the name of its column, with its own name and what is said about it as its label.
fn named(name: &str, beside: &str, remark: Option<&str>, above: &[&str], syntax: &Syntax) -> Field {
    let first = |regex: &Regex, text: &str| {
        let found = regex.captures(text)?;
        let found = found.iter().skip(1).flatten().next()?;
        Some(found.as_str().to_owned())
    };
    let all = || above.iter().copied().chain([beside]);
    let column = all().find_map(|text| first(&syntax.column, text));
    let mut labels: Vec<String> = Vec::new();
    if column.as_ref().is_some_and(|column| column != name) {
        labels.push(name.to_owned());
    }
    labels.extend(all().filter_map(|text| first(&syntax.said, text)));
    labels.extend(above.iter().filter_map(|text| first(&syntax.comment, text)));
    labels.extend(remark.map(str::to_owned));
    labels.retain(|label| !label.is_empty());
    Field {
        name: column.unwrap_or_else(|| name.to_owned()),
        label: (!labels.is_empty()).then(|| labels.join(" ")),
        place: line("", 0),
    }
}

/// The code of a line, and the remark behind it.
fn split(line: &str, by_indent: bool) -> (&str, Option<&str>) {
    let mark = if by_indent { "#" } else { "//" };
    if line.starts_with(mark) || !by_indent && (line.starts_with("/*") || line.starts_with('*')) {
        return ("", None);
    }
    let mut quote = None;
    for (at, c) in line.char_indices() {
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), _) if open == c => quote = None,
            (None, _) if line.get(at..).is_some_and(|rest| rest.starts_with(mark)) => {
                let remark = line
                    .get(at..)
                    .unwrap_or_default()
                    .trim_start_matches(['/', '#'])
                    .trim();
                return (line.get(..at).unwrap_or_default().trim(), Some(remark));
            }
            _ => {}
        }
    }
    (line, None)
}

/// How much deeper a line ends than it begins.
fn level(code: &str) -> i32 {
    let count = |c: char| match c {
        '{' | '(' => 1,
        '}' | ')' => -1,
        _ => 0,
    };
    let mut quote = None;
    let mut sum = 0;
    for c in code.chars() {
        match quote {
            None if c == '"' => quote = Some(c),
            Some(open) if open == c => quote = None,
            None => sum += count(c),
            Some(_) => {}
        }
    }
    sum
}

fn after(depth: usize, code: &str, by_indent: bool) -> usize {
    if by_indent {
        return depth;
    }
    let change = level(code);
    let by = usize::try_from(change.unsigned_abs()).unwrap_or_default();
    if change < 0 {
        depth.saturating_sub(by)
    } else {
        depth + by
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str, extension: &str) -> Vec<String> {
        let read = read(text, "a", extension);
        let said = read.parts.iter().map(|part| {
            let names = part.fields.iter().map(|field| match &field.label {
                Some(label) => format!("{}={label}", field.name),
                None => field.name.clone(),
            });
            format!("{}({})", part.name, names.collect::<Vec<_>>().join(" "))
        });
        said.collect()
    }

    #[test]
    fn entities_of_each_language_give_the_names_of_their_columns() {
        let java = "package a;\n@Entity\npublic class Honnin {\n  private static final long serialVersionUID = 1L;\n  @Id private Long id;\n  /** 個人番号 */\n  @Column(name = \"KJNBNG\", length = 12)\n  private String no;\n  private List<String> byomei = new ArrayList<>(); // 傷病名\n  public String getNo() {\n    String local = no;\n    return no;\n  }\n}\n";
        assert_eq!(
            told(java, "java"),
            ["Honnin(id KJNBNG=no 個人番号 byomei=傷病名)"]
        );
        let kotlin = "data class Saki(val tel: String, val mail: String)\n@Entity\nclass B(\n  @Column(name = \"K1\")\n  val kozaBango: String,\n  var seq: Int = 0,\n)\n";
        assert_eq!(
            told(kotlin, "kt"),
            ["Saki(tel mail)", "B(K1=kozaBango seq)"]
        );
        let csharp = "namespace A;\npublic class Honnin\n{\n    [Key]\n    public int Id { get; set; }\n    [Column(\"K1\")]\n    [Display(Name = \"口座番号\")]\n    public string? No { get; set; }\n    public string Go() {\n        var x = 1;\n        return \"a\";\n    }\n}\n";
        assert_eq!(told(csharp, "cs"), ["Honnin(Id K1=No 口座番号)"]);
        let python = "from django.db import models\n\nclass Honnin(models.Model):\n    \"\"\"x\"\"\"\n    my_number = models.CharField(max_length=12)\n    k1 = models.CharField(\n        \"傷病名\",\n        max_length=9,\n    )\n    k2 = models.CharField(verbose_name='口座', db_column='KZ')\n    class Meta:\n        db_table = 'h'\n    def f(self):\n        x = 1\nclass P(BaseModel):\n    tel: str = Field(description=\"電話番号\")\n    n: int\n";
        assert_eq!(
            told(python, "py"),
            [
                "Honnin(my_number k1=傷病名 KZ=k2 口座)",
                "P(tel=電話番号 n)"
            ]
        );
        assert_eq!(read("x = 1\n", "a.py", "py").faults.len(), 1);
    }
}
