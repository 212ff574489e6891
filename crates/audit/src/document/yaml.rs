//! YAML 1.2 into the tree. Anchors and aliases are refused: with them a small file can hold a huge
//! tree, and a register in which a flow stands elsewhere than it is written cannot be reviewed.

use std::collections::HashSet;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, ScanError, Span as Range, StrInput};

use super::{DEEPEST, Entry, Fault, Node, Span, Value};
use mokuteki_findings::Position;

pub(super) fn parse(text: &str) -> (Node, Vec<Fault>) {
    let mut reader = Reader {
        parser: Parser::new_from_str(text),
        faults: Vec::new(),
    };
    let mut root = None;
    loop {
        match reader.next() {
            Ok(Some((Event::DocumentStart(_), span))) if root.is_some() => {
                reader.fault(&span, "only one document is read");
                break;
            }
            Ok(Some((Event::StreamStart | Event::DocumentStart(_) | Event::DocumentEnd, _))) => {}
            Ok(Some((Event::StreamEnd, _)) | None) => break,
            Ok(Some((event, span))) => match reader.node(event, span, 0) {
                Ok(node) => root = Some(node),
                Err(error) => {
                    reader.stopped(&error);
                    break;
                }
            },
            Err(error) => {
                reader.stopped(&error);
                break;
            }
        }
    }
    let empty = || Node {
        span: Span::Bytes(0, 0),
        value: Value::Null,
    };
    (root.unwrap_or_else(empty), reader.faults)
}

struct Reader<'t> {
    parser: Parser<'t, StrInput<'t>>,
    faults: Vec<Fault>,
}

impl<'t> Reader<'t> {
    fn next(&mut self) -> Result<Option<(Event<'t>, Range)>, ScanError> {
        self.parser.next().transpose()
    }

    fn fault(&mut self, span: &Range, reason: &str) {
        self.faults.push(Fault {
            span: place(span),
            reason: reason.to_owned(),
        });
    }

    fn stopped(&mut self, error: &ScanError) {
        let at = position(error.marker());
        self.faults.push(Fault {
            span: Span::At(at, at),
            reason: error.info().to_owned(),
        });
    }

    fn node(&mut self, event: Event<'t>, span: Range, depth: usize) -> Result<Node, ScanError> {
        if depth > DEEPEST {
            return Err(ScanError::new(
                span.start,
                format!("more than {DEEPEST} levels"),
            ));
        }
        let anchored = match &event {
            Event::Scalar(_, _, anchor, _)
            | Event::SequenceStart(anchor, _)
            | Event::MappingStart(anchor, _) => *anchor != 0,
            Event::Alias(_) => true,
            _ => false,
        };
        if anchored {
            self.fault(&span, "anchors and aliases are not read here");
        }
        let (value, end) = match event {
            Event::Scalar(text, style, _, tag) => {
                let plain = style == ScalarStyle::Plain && tag.is_none();
                (
                    if plain {
                        resolve(&text)
                    } else {
                        Value::Text(text.into_owned())
                    },
                    span.end,
                )
            }
            Event::SequenceStart(..) => {
                let mut items = Vec::new();
                let end = loop {
                    match self.next()? {
                        Some((Event::SequenceEnd, span)) => break span.end,
                        Some((event, span)) => items.push(self.node(event, span, depth + 1)?),
                        None => break span.end,
                    }
                };
                (Value::List(items), end)
            }
            Event::MappingStart(..) => {
                let (entries, end) = self.entries(span, depth)?;
                (Value::Table(entries), end)
            }
            _ => (Value::Null, span.end),
        };
        let span = Span::At(position(&span.start), position(&end));
        Ok(Node { span, value })
    }

    fn entries(&mut self, outer: Range, depth: usize) -> Result<(Vec<Entry>, Marker), ScanError> {
        let mut entries = Vec::new();
        let mut seen = HashSet::new();
        loop {
            let (event, span) = match self.next()? {
                Some((Event::MappingEnd, span)) => return Ok((entries, span.end)),
                None => return Ok((entries, outer.end)),
                Some(event) => event,
            };
            let key = match event {
                Event::Scalar(text, ..) => text.into_owned(),
                event => {
                    self.fault(&span, "a key must be a plain word");
                    self.node(event, span, depth + 1)?;
                    String::new()
                }
            };
            let Some((event, inner)) = self.next()? else {
                return Ok((entries, outer.end));
            };
            let node = self.node(event, inner, depth + 1)?;
            if key.is_empty() {
                continue;
            }
            if seen.insert(key.clone()) {
                let span = place(&span);
                entries.push(Entry { key, span, node });
            } else {
                self.fault(&span, &format!("duplicate key `{key}`"));
            }
        }
    }
}

/// A plain word by the core schema of YAML 1.2: `no` and `2026-04-01` are text.
fn resolve(text: &str) -> Value {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Flag(true),
        "false" | "False" | "FALSE" => Value::Flag(false),
        _ if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            Value::Number(text.to_owned())
        }
        _ if digits.starts_with(|c: char| c.is_ascii_digit() || c == '.')
            && digits.bytes().any(|byte| byte.is_ascii_digit())
            && text.parse::<f64>().is_ok() =>
        {
            Value::Number(text.to_owned())
        }
        _ => Value::Text(text.to_owned()),
    }
}

fn place(span: &Range) -> Span {
    Span::At(position(&span.start), position(&span.end))
}

fn position(marker: &Marker) -> Position {
    let narrow = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Position::new(narrow(marker.line()), narrow(marker.col() + 1))
}
