//! XML Schema, alone or within WSDL, and documents of XML by the names that they use.

use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};

use super::{Fault, Field, Part, Read};
use crate::codes;
use mokuteki_findings::{Place, Sheet, Text};

/// More levels are refused, so that memory stays bounded.
const DEEPEST: usize = 512;

/// The documents that map classes, queries and reports to columns, and logs of changes of tables, by their first element. What they
/// say about columns stands in attributes.
const MAPPINGS: [&str; 9] = [
    "mapper",
    "sqlMap",
    "hibernate-mapping",
    "entity-mappings",
    "databaseChangeLog",
    "doctrine-mapping",
    "jasperReport",
    "beanio",
    "table",
];
/// The elements of them whose name is that of a column.
const COLUMNS: [&str; 7] = [
    "column",
    "property",
    "field",
    "id",
    "basic",
    "element",
    "attribute",
];

/// An element that is open.
struct Open {
    /// Its local name: `element`, `attribute`, `complexType`.
    local: String,
    /// The name that it gives, if any.
    named: Option<String>,
    /// Where its field is, to be given what the documentation says.
    field: Option<(usize, usize)>,
}

struct Walk<'t> {
    path: &'t str,
    sheet: Sheet<'t>,
    stack: Vec<Open>,
    read: Read,
    /// Within the text of a documentation.
    is_said: bool,
}

/// The elements and attributes of a text.
pub(super) fn read(text: &str, path: &str) -> Read {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let mut walk = Walk {
        path,
        sheet: Sheet::new(text),
        stack: Vec::new(),
        read: Read::default(),
        is_said: false,
    };
    loop {
        let from = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        match reader.read_event() {
            Ok(Event::Start(start)) => walk.start(&start, from),
            Ok(Event::Empty(start)) => {
                walk.start(&start, from);
                walk.end();
            }
            Ok(Event::End(_)) => walk.end(),
            Ok(Event::Text(said)) if walk.is_said => {
                let said = String::from_utf8_lossy(&said).into_owned();
                walk.said(&said);
            }
            Ok(Event::CData(said)) if walk.is_said => {
                let said = String::from_utf8_lossy(&said).into_owned();
                walk.said(&said);
            }
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(error) => {
                let place = walk.place(from, from);
                walk.fault(place, Text::same(error.to_string()));
                break;
            }
        }
        if walk.stack.len() > DEEPEST {
            let place = walk.place(from, from);
            walk.fault(place, Text::new("入れ子が深すぎる", "is nested too deeply"));
            break;
        }
    }
    walk.read.parts.retain(|part| !part.fields.is_empty());
    if walk.read.parts.is_empty() && walk.read.faults.is_empty() {
        let place = Place::file(path);
        walk.fault(
            place,
            Text::new("要素の定義がない", "there is no definition of an element"),
        );
    }
    walk.read
}

impl Walk<'_> {
    fn place(&self, from: usize, to: usize) -> Place {
        let start = self.sheet.position(from);
        Place::range(self.path, start, self.sheet.position(to))
    }

    fn fault(&mut self, place: Place, reason: Text) {
        let help = Text::new("この箇所の書き方を直す", "correct the syntax at this place");
        self.read.faults.push(Fault::new(place, reason, help));
    }

    fn start(&mut self, start: &BytesStart<'_>, from: usize) {
        let local = String::from_utf8_lossy(start.local_name().as_ref()).into_owned();
        let attribute = |wanted: &str| {
            let all = start.attributes().flatten();
            let found = all
                .into_iter()
                .find(|one| one.key.as_ref() == wanted.as_bytes())?;
            Some(String::from_utf8_lossy(&found.value).into_owned())
        };
        let is_schema = local == "schema" || self.stack.iter().any(|open| open.local == "schema");
        let is_wsdl = self
            .stack
            .first()
            .map_or(local.as_str(), |open| &open.local)
            == "definitions";
        let place = self.place(from, from + start.len() + 2);
        let mut open = Open {
            named: None,
            field: None,
            local,
        };
        if is_schema {
            open.named = attribute("name");
            self.declared(&mut open, &place, attribute("type"));
            if matches!(open.local.as_str(), "import" | "include" | "redefine")
                && let Some(other) = attribute("schemaLocation")
            {
                self.elsewhere(place, &other);
            }
        } else if is_wsdl {
            // `<part name="kojinBango" type="xs:string"/>` of a message is a field, too.
            if open.local == "part" && attribute("type").is_some() {
                open.named = attribute("name");
                self.declared(&mut open, &place, attribute("type"));
            }
        } else if self.is_mapping(&open.local) {
            let name = attribute("newColumnName").or_else(|| attribute("column"));
            let named = attribute("name").or_else(|| attribute("property"));
            let is_named = COLUMNS.contains(&open.local.as_str());
            if let Some(name) = name.or_else(|| named.clone().filter(|_| is_named)) {
                let said = ["remarks", "comment", "description", "title"];
                let labels = said.into_iter().filter_map(attribute);
                let labels: Vec<String> = named.into_iter().chain(labels).collect();
                self.mapped(name, labels.join(" "), place);
            }
        } else {
            self.used(&open.local, &place);
            for one in start.attributes().flatten() {
                let key = String::from_utf8_lossy(one.key.local_name().as_ref()).into_owned();
                if one.key.as_ref().starts_with(b"xmlns") {
                    continue;
                }
                let value = String::from_utf8_lossy(&one.value).into_owned();
                self.used(&key, &place);
                // The items of a checkup are told by their codes.
                if key == "code" {
                    self.used(&value, &place);
                }
            }
        }
        self.is_said = open.local == "documentation";
        self.stack.push(open);
    }

    /// What a schema declares.
    fn declared(&mut self, open: &mut Open, place: &Place, type_name: Option<String>) {
        let Some(name) = open.named.clone() else {
            return;
        };
        let is_top = !self.stack.iter().any(|one| one.named.is_some());
        let is_field = matches!(open.local.as_str(), "element" | "attribute" | "part");
        let is_type = matches!(
            open.local.as_str(),
            "complexType" | "group" | "attributeGroup"
        );
        if is_top && (is_field || is_type) {
            self.read
                .parts
                .push(Part::new(name.clone(), place.clone(), Vec::new()));
        }
        if !is_field {
            return;
        }
        let at = self.read.parts.len().saturating_sub(1);
        let above = self
            .stack
            .iter()
            .filter(|one| matches!(one.local.as_str(), "element"))
            .filter_map(|one| one.named.as_deref());
        let whole: Vec<&str> = above.chain([name.as_str()]).collect();
        let Some(part) = self.read.parts.last_mut() else {
            return;
        };
        let whole = whole.join(".");
        if let Some(type_name) = type_name {
            let bare = type_name.rsplit(':').next().unwrap_or_default().to_owned();
            part.types.push((whole.clone(), bare));
        }
        open.field = Some((at, part.fields.len()));
        part.fields.push(Field {
            name: whole,
            label: None,
            place: place.clone(),
        });
    }

    /// Whether it stands in a document that maps columns.
    fn is_mapping(&self, local: &str) -> bool {
        let first = self.stack.first().map_or(local, |open| &open.local);
        MAPPINGS.contains(&first)
    }

    /// A column of a mapping, with its other name and what is said about it.
    fn mapped(&mut self, name: String, label: String, place: Place) {
        if self.read.parts.is_empty() {
            let part = Part::new(String::new(), place.clone(), Vec::new());
            self.read.parts.push(part);
        }
        if let Some(part) = self.read.parts.first_mut() {
            let label = Some(label).filter(|label| !label.is_empty() && *label != name);
            part.fields.push(Field { name, label, place });
        }
    }

    /// A name that a document uses, once.
    fn used(&mut self, name: &str, place: &Place) {
        if self.read.parts.is_empty() {
            self.read
                .parts
                .push(Part::new(name.to_owned(), place.clone(), Vec::new()));
        }
        let Some(part) = self.read.parts.first_mut() else {
            return;
        };
        if !name.is_empty() && !part.fields.iter().any(|field| field.name == name) {
            part.fields.push(Field {
                name: name.to_owned(),
                label: None,
                place: place.clone(),
            });
        }
    }

    fn elsewhere(&mut self, place: Place, other: &str) {
        self.read.faults.push(Fault {
            code: &codes::UNREAD_STATEMENT,
            ..Fault::new(
                place,
                Text::new(
                    format!("「{other}」を取り込む宣言で、その先は読まない"),
                    format!("takes in `{other}`, which is not read from here"),
                ),
                Text::new(
                    "その先のファイルも fields_from に書く",
                    "name that file in fields_from, too",
                ),
            )
        });
    }

    fn said(&mut self, said: &str) {
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
        let field = self.stack.iter().rev().find_map(|open| open.field);
        let Some((part, at)) = field.filter(|_| !said.is_empty()) else {
            return;
        };
        let field = self
            .read
            .parts
            .get_mut(part)
            .and_then(|part| part.fields.get_mut(at));
        if let Some(field) = field {
            let label = field.label.get_or_insert_default();
            if !label.is_empty() {
                label.push(' ');
            }
            label.push_str(&said);
        }
    }

    fn end(&mut self) {
        self.stack.pop();
        self.is_said = self
            .stack
            .last()
            .is_some_and(|open| open.local == "documentation");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> (String, usize) {
        let read = read(text, "a.xsd");
        let fields = read.parts.iter().flat_map(|part| &part.fields);
        let fields = fields.map(|field| match &field.label {
            Some(label) => format!("{}={label}", field.name),
            None => field.name.clone(),
        });
        (fields.collect::<Vec<_>>().join(" "), read.faults.len())
    }

    #[test]
    fn a_schema_gives_elements_and_attributes_with_their_documentation() {
        let text = r#"<xs:schema xmlns:xs="x"><xs:include schemaLocation="b.xsd"/>
<xs:element name="a"><xs:complexType><xs:sequence>
<xs:element name="K1" type="xs:string"><xs:annotation><xs:documentation>傷病名
 の一</xs:documentation></xs:annotation></xs:element></xs:sequence><xs:attribute name="v"/></xs:complexType></xs:element>
<xs:simpleType name="T"><xs:enumeration value="my_number"/></xs:simpleType></xs:schema>"#;
        assert_eq!(told(text), ("a a.K1=傷病名 の一 a.v".to_owned(), 1));
    }

    #[test]
    fn a_mapping_gives_its_columns() {
        let text = "<mapper><resultMap id='m'><id property='id' column='ID'/><result property='no' column='KOZA_BANGO'/></resultMap></mapper>";
        assert_eq!(told(text), ("ID=id KOZA_BANGO=no".to_owned(), 0));
        let text = "<databaseChangeLog><createTable tableName='a'><column name='c1' remarks='個人番号'/></createTable><renameColumn oldColumnName='x' newColumnName='tel'/></databaseChangeLog>";
        assert_eq!(told(text), ("c1=c1 個人番号 tel".to_owned(), 0));
    }

    #[test]
    fn a_document_gives_the_names_that_it_uses_and_what_is_broken_is_told() {
        let (fields, faults) = told("<a xmlns='x'><b code='9N001000000000001' v='1'/><b/></a>");
        assert_eq!(
            (fields.as_str(), faults),
            ("a b code 9N001000000000001 v", 0)
        );
        assert_eq!(told("<a><b></a>").1, 1);
        assert_eq!(told("").1, 1);
    }
}
