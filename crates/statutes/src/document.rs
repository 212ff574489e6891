//! A document as a tree of elements, from XML or from the JSON of e-Gov's second API, within bounds.

use std::io::Read;

use flate2::read::GzDecoder;
use quick_xml::{Reader, events::Event};
use serde_json::Value;

use crate::error::{FileError, Reason};

/// The largest act that is read. 所得税法, the longest of the acts that societies meet, has 6 MB.
pub const MOST_BYTES: u64 = 64 * 1024 * 1024;
/// Elements of one document; 所得税法 has some 120,000.
pub const MOST_ELEMENTS: usize = 2_000_000;
/// Elements within elements; e-Gov's schema comes to about 20.
pub const MOST_DEPTH: usize = 64;

/// An element, by its place in the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Element(usize);

#[derive(Debug)]
struct Node {
    name: String,
    attributes: Vec<(String, String)>,
    children: Vec<Child>,
}

#[derive(Debug)]
enum Child {
    Element(Element),
    Text(String),
}

/// A tree of elements. Its root is a nameless element that holds the top ones.
#[derive(Debug)]
pub struct Document {
    nodes: Vec<Node>,
    /// Values of a JSON answer beside the text of the act, by their names.
    facts: Vec<(String, String)>,
}

/// The bytes of a file, unpacked if they are gzipped, within the bound.
///
/// # Errors
///
/// The file cannot be read or unpacked, or it is too large.
pub fn bytes(path: &std::path::Path) -> Result<Vec<u8>, FileError> {
    let shown = path.display().to_string();
    let unreadable =
        |error: std::io::Error| FileError::new(&shown, Reason::Unreadable(error.to_string()));
    let file = std::fs::File::open(path).map_err(unreadable)?;
    let mut raw = Vec::new();
    file.take(MOST_BYTES + 1)
        .read_to_end(&mut raw)
        .map_err(unreadable)?;
    unpacked(&shown, raw)
}

fn unpacked(file: &str, raw: Vec<u8>) -> Result<Vec<u8>, FileError> {
    let bytes = if raw.starts_with(&[0x1F, 0x8B]) {
        let mut out = Vec::new();
        let mut unpacking = GzDecoder::new(raw.as_slice()).take(MOST_BYTES + 1);
        let read = unpacking.read_to_end(&mut out);
        read.map_err(|error| FileError::new(file, Reason::Broken(error.to_string())))?;
        out
    } else {
        raw
    };
    if bytes.len() as u64 > MOST_BYTES {
        let reason = Reason::TooLarge {
            what: "bytes",
            most: MOST_BYTES,
        };
        return Err(FileError::new(file, reason));
    }
    Ok(bytes)
}

impl Document {
    /// Reads XML or JSON, whichever the bytes are.
    ///
    /// # Errors
    ///
    /// They are neither, or go over a bound.
    pub fn read(file: &str, bytes: &[u8]) -> Result<Self, FileError> {
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let start = bytes.iter().find(|byte| !byte.is_ascii_whitespace());
        match start {
            Some(b'<') => Self::xml(file, bytes),
            Some(b'{') => Self::json(file, bytes),
            _ => Err(FileError::new(
                file,
                Reason::NoAct("neither XML nor JSON".to_owned()),
            )),
        }
    }

    fn empty() -> Self {
        Self {
            nodes: vec![Node {
                name: String::new(),
                attributes: Vec::new(),
                children: Vec::new(),
            }],
            facts: Vec::new(),
        }
    }

    fn xml(file: &str, bytes: &[u8]) -> Result<Self, FileError> {
        let mut reader = Reader::from_reader(bytes);
        let line = |at: u64| {
            let before = bytes
                .get(..usize::try_from(at).unwrap_or(bytes.len()))
                .unwrap_or(bytes);
            1 + before.iter().filter(|byte| **byte == b'\n').count() as u64
        };
        let mut tree = Self::empty();
        let mut open = vec![Element(0)];
        loop {
            let at = reader.buffer_position();
            let fail = |reason: Reason| FileError::at(file, line(at), reason);
            let broken = |error: &dyn std::fmt::Display| fail(Reason::Broken(error.to_string()));
            let event = reader.read_event().map_err(|error| broken(&error))?;
            let within = open.last().copied().unwrap_or(Element(0));
            match event {
                Event::Start(ref start) | Event::Empty(ref start) => {
                    let text = |bytes: &[u8]| {
                        std::str::from_utf8(bytes)
                            .map(str::to_owned)
                            .map_err(|error| broken(&error))
                    };
                    let name = text(start.local_name().as_ref())?;
                    let mut attributes = Vec::new();
                    for attribute in start.attributes() {
                        let attribute = attribute.map_err(|error| broken(&error))?;
                        let value = text(&attribute.value)?;
                        let value = quick_xml::escape::unescape(&value)
                            .map_err(|error| broken(&error))?
                            .into_owned();
                        attributes.push((text(attribute.key.local_name().as_ref())?, value));
                    }
                    let element = tree.add(within, name, attributes).map_err(fail)?;
                    if matches!(event, Event::Start(_)) {
                        if open.len() > MOST_DEPTH {
                            return Err(fail(Reason::TooLarge {
                                what: "elements within elements",
                                most: MOST_DEPTH as u64,
                            }));
                        }
                        open.push(element);
                    }
                }
                Event::End(_) => {
                    open.pop();
                }
                Event::Text(text) => {
                    let text = text.decode().map_err(|error| broken(&error))?;
                    tree.say(within, &text);
                }
                Event::CData(text) => {
                    let text = text.decode().map_err(|error| broken(&error))?;
                    tree.say(within, &text);
                }
                Event::GeneralRef(reference) => {
                    let name = reference.decode().map_err(|error| broken(&error))?;
                    let text = quick_xml::escape::unescape(&format!("&{name};"))
                        .map_err(|error| broken(&error))?
                        .into_owned();
                    tree.say(within, &text);
                }
                Event::DocType(_) => return Err(fail(Reason::DocumentType)),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
                Event::Eof if open.len() > 1 => {
                    let name = tree.name(within).to_owned();
                    return Err(fail(Reason::Broken(format!(
                        "the file ends within <{name}>"
                    ))));
                }
                Event::Eof => return Ok(tree),
            }
        }
    }

    /// The answer of the second API: `law_info`, `revision_info`, and the act as `{tag, attr, children}`,
    /// or as XML in Base64, which is refused with what to ask for instead.
    fn json(file: &str, bytes: &[u8]) -> Result<Self, FileError> {
        // serde_json goes no deeper than 128 values within values.
        let value: Value = serde_json::from_slice(bytes).map_err(|error| {
            FileError::at(file, error.line() as u64, Reason::Broken(error.to_string()))
        })?;
        let mut tree = Self::empty();
        for part in ["law_info", "revision_info"] {
            for (key, value) in value
                .get(part)
                .and_then(Value::as_object)
                .into_iter()
                .flatten()
            {
                if let Some(text) = value.as_str() {
                    tree.facts.push((key.clone(), text.to_owned()));
                }
            }
        }
        match value.get("law_full_text") {
            Some(act @ Value::Object(_)) => {
                tree.json_element(Element(0), act, 0)
                    .map_err(|reason| FileError::new(file, reason))?;
                Ok(tree)
            }
            Some(Value::String(_)) => Err(FileError::new(
                file,
                Reason::NoAct(
                    "the text is XML in Base64; ask for law_full_text_format=json".to_owned(),
                ),
            )),
            _ => Err(FileError::new(
                file,
                Reason::NoAct("no `law_full_text`".to_owned()),
            )),
        }
    }

    fn json_element(&mut self, within: Element, value: &Value, depth: usize) -> Result<(), Reason> {
        if depth > MOST_DEPTH {
            return Err(Reason::TooLarge {
                what: "elements within elements",
                most: MOST_DEPTH as u64,
            });
        }
        match value {
            Value::String(text) => {
                self.say(within, text);
                Ok(())
            }
            Value::Object(object) => {
                let tag = object.get("tag").and_then(Value::as_str);
                let tag =
                    tag.ok_or_else(|| Reason::NoAct("an element without `tag`".to_owned()))?;
                let attributes = object
                    .get("attr")
                    .and_then(Value::as_object)
                    .into_iter()
                    .flatten()
                    .filter_map(|(key, value)| Some((key.clone(), value.as_str()?.to_owned())))
                    .collect();
                let element = self.add(within, tag.to_owned(), attributes)?;
                let children = object.get("children").and_then(Value::as_array);
                children
                    .into_iter()
                    .flatten()
                    .try_for_each(|child| self.json_element(element, child, depth + 1))
            }
            _ => Err(Reason::NoAct(
                "a child that is neither an element nor text".to_owned(),
            )),
        }
    }

    fn add(
        &mut self,
        within: Element,
        name: String,
        attributes: Vec<(String, String)>,
    ) -> Result<Element, Reason> {
        let element = Element(self.nodes.len());
        if self.nodes.len() >= MOST_ELEMENTS {
            return Err(Reason::TooLarge {
                what: "elements",
                most: MOST_ELEMENTS as u64,
            });
        }
        self.nodes.push(Node {
            name,
            attributes,
            children: Vec::new(),
        });
        if let Some(node) = self.nodes.get_mut(within.0) {
            node.children.push(Child::Element(element));
        }
        Ok(element)
    }

    fn say(&mut self, within: Element, text: &str) {
        if let Some(node) = self.nodes.get_mut(within.0) {
            node.children.push(Child::Text(text.to_owned()));
        }
    }

    /// The top of the tree.
    #[must_use]
    pub fn root(&self) -> Element {
        Element(0)
    }

    /// A value of a JSON answer beside the act.
    #[must_use]
    pub fn fact(&self, name: &str) -> Option<&str> {
        let found = self.facts.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The name of an element.
    #[must_use]
    pub fn name(&self, element: Element) -> &str {
        self.nodes.get(element.0).map_or("", |node| &node.name)
    }

    /// An attribute of an element.
    #[must_use]
    pub fn attribute(&self, element: Element, name: &str) -> Option<&str> {
        let attributes = self.nodes.get(element.0).map(|node| &node.attributes)?;
        let found = attributes.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The elements directly within one.
    pub fn children(&self, element: Element) -> impl Iterator<Item = Element> {
        let children = self
            .nodes
            .get(element.0)
            .map(|node| node.children.as_slice());
        children
            .unwrap_or_default()
            .iter()
            .filter_map(|child| match child {
                Child::Element(element) => Some(*element),
                Child::Text(_) => None,
            })
    }

    /// The elements of a name directly within one.
    pub fn named<'d>(
        &'d self,
        element: Element,
        name: &'d str,
    ) -> impl Iterator<Item = Element> + 'd {
        self.children(element)
            .filter(move |child| self.name(*child) == name)
    }

    /// The elements of a name anywhere within one, in document order, not looking into those that are
    /// found, nor into those of the names to stay out of.
    #[must_use]
    pub fn within(&self, element: Element, name: &str, out_of: &[&str]) -> Vec<Element> {
        let mut found = Vec::new();
        let mut left: Vec<Element> = self.children(element).collect();
        left.reverse();
        while let Some(next) = left.pop() {
            let own = self.name(next);
            if own == name {
                found.push(next);
            } else if !out_of.contains(&own) {
                let children: Vec<Element> = self.children(next).collect();
                left.extend(children.into_iter().rev());
            }
        }
        found
    }

    /// The text of an element without white space and readings (ruby), leaving out the elements of some
    /// names.
    #[must_use]
    pub fn text(&self, element: Element, without: &[&str]) -> String {
        let mut text = String::new();
        let mut left: Vec<&Child> = Vec::new();
        let children = |element: Element| {
            self.nodes
                .get(element.0)
                .map(|node| node.children.as_slice())
                .unwrap_or_default()
                .iter()
                .rev()
        };
        left.extend(children(element));
        while let Some(child) = left.pop() {
            match child {
                Child::Text(said) => text.extend(said.chars().filter(|c| !c.is_whitespace())),
                Child::Element(inner) => {
                    let name = self.name(*inner);
                    if name != "Rt" && !without.contains(&name) {
                        left.extend(children(*inner));
                    }
                }
            }
        }
        text
    }
}
