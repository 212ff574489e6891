//! The vectors that the door to each language is held against (`vectors/`), from the engine itself. `MOKUTEKI_BLESS=1`
//! writes them: read the diff, for it is what every program will be told.

#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

use std::{collections::BTreeSet, fmt::Write as _, fs, path::Path};

use mokuteki::{
    Engine, FlowSpec,
    decision::{Accepted, NamedSink, Refused, Token, TokenError},
    flow::{FIELDS, Field, FlowErrors},
    report::{self, Lang},
};
use sha2::{Digest, Sha256};

/// The numbers of the contract: `crates/c` says what each is.
const OK: u8 = 0;
const BAD_FLOW: u8 = 1;
const REFUSED: u8 = 2;
const BAD_TOKEN: u8 = 3;

/// For tests, and known to everyone who reads them.
const KEY: &str = "the key of the vectors: for tests only";

/// A flow as written: a text for each field, several kinds of data separated by `;`.
struct Row {
    id: String,
    fields: Vec<String>,
}

impl Row {
    fn new(id: &str, field: impl Fn(&str) -> String) -> Self {
        Self {
            id: id.to_owned(),
            fields: FIELDS.iter().map(|name| field(name)).collect(),
        }
    }

    /// From `name=value` separated by spaces.
    fn of(id: &str, text: &str) -> Self {
        let pairs = text.split(' ').filter_map(|pair| pair.split_once('='));
        let pairs: Vec<(&str, &str)> = pairs.collect();
        assert!(
            pairs.iter().all(|(name, _)| Field::of(name).is_some()),
            "{text}"
        );
        Self::new(id, |name| {
            let pair = pairs.iter().find(|(named, _)| *named == name);
            pair.map(|(_, value)| (*value).to_owned())
                .unwrap_or_default()
        })
    }

    fn field(&self, field: Field) -> &str {
        let at = Field::ALL.iter().position(|known| *known == field);
        at.and_then(|at| self.fields.get(at))
            .map_or("", String::as_str)
    }

    fn data(&self) -> Vec<&str> {
        self.field(Field::Data).split(';').map(str::trim).collect()
    }

    fn spec<'a>(&'a self, data: &'a [&'a str]) -> FlowSpec<'a> {
        FlowSpec::of_fields(data, |field| self.field(field))
    }
}

/// The rows of a table of flows that has a header.
fn rows_of(table: &str, prefix: &str) -> Vec<Row> {
    let mut lines = table.lines();
    let header: Vec<&str> = lines.next().unwrap().split('\t').collect();
    let rows = lines.enumerate().map(|(at, line)| {
        let cells: Vec<&str> = line.split('\t').collect();
        let cell = |name: &str| {
            let column = header.iter().position(|column| *column == name);
            column
                .and_then(|at| cells.get(at))
                .map(|cell| (*cell).to_owned())
                .unwrap_or_default()
        };
        Row::new(&format!("{prefix}{:03}", at + 1), cell)
    });
    rows.collect()
}

/// Flows that are wrong in each way that a field can be, and some that only look so.
fn edges() -> Vec<Row> {
    let review =
        "society=aeon data=レセプト recipient=点検業者 activity=レセプト点検 as_of=2026-04-01";
    let flows = [
        String::new(),
        "society=aeon".to_owned(),
        review.to_owned(),
        format!("{review} sender=当組合 my_number=false abroad=false"),
        review.replace("レセプト ", "レセプト;氏名;被保険者証記号・番号 "),
        review.replace("data=レセプト", "data=レセプト;レゼプト;個人番号"),
        review.replace("data=レセプト", "data=;"),
        review.replace("data=レセプト", "data=\u{3000}ﾚｾﾌﾟﾄ\u{3000}"),
        review.replace("aeon", "AEON"),
        review.replace("aeon", "イオン健康保険組合"),
        review.replace("aeon", "aeonn"),
        review.replace("点検業者", "当組合") + " abroad=true",
        format!("{review} abroad=maybe"),
        format!("{review} my_number=yes"),
        format!("{review} consent=はい"),
        format!("{review} form=統計情報"),
        format!("{review} form=統計情報 my_number=true"),
        format!("{review} form=仮名加工情報"),
        format!("{review} form=秘密"),
        format!("{review} under=5-3"),
        format!("{review} relation=再委託 under=5-3"),
        format!("{review} relation=再委託 sender=点検業者 under=9-9"),
        format!("{review} relation=レセプト"),
        format!("{review} channel=伝書鳩"),
        format!("{review} basis=個人情報保護法第27条第1項第2号"),
        format!("{review} basis=個人情報保護法第2700条"),
        format!("{review} basis=刑法第百三十四条"),
        format!("{review} basis=なにか"),
        format!("{review} subject=被保険者 consent=refused"),
        review.replace("2026-04-01", "2026-02-30"),
        review.replace("2026-04-01", "2014-01-01"),
        review.replace("2026-04-01", "令和8年4月1日"),
        review.replace("点検業者", &"長".repeat(5000)),
        review.replace("点検業者", "🏥\u{202e}点検業者"),
    ];
    let rows = flows.iter().enumerate();
    rows.map(|(at, flow)| Row::of(&format!("e{:03}", at + 1), flow))
        .collect()
}

fn sha256(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").unwrap();
        hex
    })
}

fn codes(errors: &FlowErrors) -> String {
    let codes: Vec<&str> = errors.iter().map(mokuteki::FlowError::code).collect();
    codes.join(";")
}

/// Status, verdict, clause, codes and the digests of the record in English and in Japanese.
fn flow_line(engine: &Engine, row: &Row) -> String {
    let data = row.data();
    let (status, verdict, clause, codes, json) = match engine.flows(&row.spec(&data)) {
        Ok(flows) => {
            let decisions: Vec<_> = flows.iter().map(|flow| engine.explain(flow)).collect();
            let record = |lang| report::record(None, &decisions, lang).unwrap();
            let english = record(Lang::En);
            let society = &english.rules.notice;
            let clause = english.clause.as_ref();
            let clause = clause.map(|clause| format!("{society} {}", clause.label));
            let json =
                [Lang::En, Lang::Ja].map(|lang| serde_json::to_string(&record(lang)).unwrap());
            (
                OK,
                english.verdict,
                clause.unwrap_or_default(),
                String::new(),
                json,
            )
        }
        Err(errors) => {
            let json = [Lang::En, Lang::Ja]
                .map(|lang| serde_json::to_string(&report::rejected(None, &errors, lang)).unwrap());
            (BAD_FLOW, "", String::new(), codes(&errors), json)
        }
    };
    let [english, japanese] = json.map(|json| sha256(&json));
    let fields = row.fields.join("\t");
    format!(
        "{}\t{fields}\t{status}\t{verdict}\t{clause}\t{codes}\t{english}\t{japanese}\n",
        row.id
    )
}

/// A sink of the vectors: its name, its recipient, what is accepted.
struct Asked {
    row: Row,
    sink: &'static str,
    recipient: String,
    accepted: &'static str,
}

fn asked(flows: Vec<Row>) -> Vec<Asked> {
    let every = "assumed;consent-unseen;facts-unseen;implied-unseen;joint-use-unseen;mandate-unseen;objection-unseen;\
                 request-unseen;undated-before";
    let checker = |row, accepted| Asked {
        row,
        sink: "claim-checker",
        recipient: "点検業者".to_owned(),
        accepted,
    };
    let mut all: Vec<Asked> = Vec::new();
    for (at, row) in flows.into_iter().enumerate() {
        let again = Row::new(&row.id, |name| {
            row.field(Field::of(name).unwrap()).to_owned()
        });
        // What goes where claims are checked is asked for as it is, and with the defaults accepted; of the other flows a
        // third, each for a desk of its own recipient.
        if row.field(Field::Recipient) == "点検業者" {
            all.push(checker(again, ""));
            all.push(checker(row, "assumed"));
        } else if at % 3 == 0 {
            all.push(Asked {
                recipient: row.field(Field::Recipient).to_owned(),
                row,
                sink: "desk",
                accepted: every,
            });
        } else if at % 30 == 1 {
            all.push(checker(row, every));
        }
    }
    all
}

/// Status, codes and the token.
fn permit_line(engine: &Engine, asked: &Asked) -> (String, Option<String>) {
    let data = asked.row.data();
    let sink = NamedSink {
        name: asked.sink,
        recipient: &asked.recipient,
    };
    let accepted: Vec<&str> = asked
        .accepted
        .split(';')
        .filter(|code| !code.is_empty())
        .collect();
    let accepted = Accepted::of(&accepted).unwrap();
    let (status, codes, token) = match engine.flow(&asked.row.spec(&data)) {
        Err(errors) => (BAD_FLOW, codes(&errors), None),
        Ok(flow) => match engine.named_permit(sink, &flow, &accepted, None) {
            Ok(permit) => (OK, String::new(), Some(permit.token(KEY.as_bytes()))),
            Err(Refused::Unaccepted(codes)) => (REFUSED, codes.join(";"), None),
            Err(Refused::Sink { .. }) => (REFUSED, "other-recipient".to_owned(), None),
            Err(_) => (REFUSED, "not-permitted".to_owned(), None),
        },
    };
    let line = format!(
        "{}\t{}\t{}\t{}\t{}\t{status}\t{codes}\t{}\n",
        asked.row.id,
        asked.row.fields.join("\t"),
        asked.sink,
        asked.recipient,
        asked.accepted,
        token.as_deref().unwrap_or_default(),
    );
    (line, token)
}

/// Status, code and the digest of what the permit says.
fn token_line(id: &str, token: &str, key: &str, sink: &str) -> String {
    let (status, code, digest) = match Token::verify(token, key.as_bytes(), sink) {
        Ok(said) => (
            OK,
            "",
            sha256(&serde_json::to_string(&said.record()).unwrap()),
        ),
        Err(TokenError::Form) => (BAD_TOKEN, "token-form", String::new()),
        Err(TokenError::Seal) => (BAD_TOKEN, "token-seal", String::new()),
        Err(_) => (BAD_TOKEN, "token-sink", String::new()),
    };
    format!("{id}\t{token}\t{key}\t{sink}\t{status}\t{code}\t{digest}\n")
}

#[test]
fn the_vectors_are_what_the_engine_says() {
    let engine = Engine::embedded();
    let mut flows = rows_of(include_str!("../data/flows.tsv"), "g");
    flows.extend(rows_of(include_str!("../data/cases.tsv"), "c"));
    flows.extend(edges());
    let fields = FIELDS.join("\t");
    let mut table = format!("id\t{fields}\tstatus\tverdict\tclause\tcodes\tsha256_en\tsha256_ja\n");
    for row in &flows {
        table.push_str(&flow_line(engine, row));
    }

    let mut permits =
        format!("id\t{fields}\tsink\tsink_recipient\taccepted\tstatus\tcodes\ttoken\n");
    let mut tokens = "id\ttoken\tkey\tsink\tstatus\tcode\tsha256\n".to_owned();
    let mut given = Vec::new();
    for asked in asked(flows) {
        let (line, token) = permit_line(engine, &asked);
        permits.push_str(&line);
        given.extend(token.map(|token| (asked.sink, token)));
    }
    let (sink, token) = given.first().cloned().unwrap();
    let payload = token.rsplit_once('.').unwrap().0;
    let other = given
        .iter()
        .rev()
        .find(|(other, _)| *other != sink)
        .cloned()
        .unwrap();
    let seal_of_other = other.1.rsplit_once('.').unwrap().1;
    for (id, token, key, sink) in [
        ("t01", token.clone(), KEY, sink),
        ("t02", other.1.clone(), KEY, other.0),
        ("t03", token.clone(), KEY, "another-sink"),
        ("t04", token.clone(), "another key: for tests only", sink),
        ("t05", String::new(), KEY, sink),
        ("t06", payload.to_owned(), KEY, sink),
        ("t07", format!("{payload}."), KEY, sink),
        ("t08", format!("{payload}.{seal_of_other}"), KEY, sink),
        ("t09", token.replacen('a', "b", 1), KEY, sink),
        ("t10", format!("{token}00"), KEY, sink),
        ("t11", "true".to_owned(), KEY, sink),
        ("t12", "許可".to_owned(), KEY, sink),
    ] {
        tokens.push_str(&token_line(id, &token, key, sink));
    }

    // What no vector covers no door is held against.
    let of = |table: &str, name: &str| -> BTreeSet<String> {
        let mut lines = table.lines();
        let at = lines
            .next()
            .unwrap()
            .split('\t')
            .position(|column| column == name)
            .unwrap();
        lines
            .filter_map(|line| line.split('\t').nth(at))
            .map(str::to_owned)
            .collect()
    };
    assert_eq!(
        of(&table, "verdict").len(),
        6,
        "{:?}",
        of(&table, "verdict")
    );
    assert_eq!(
        of(&permits, "status").len(),
        3,
        "{:?}",
        of(&permits, "codes")
    );
    assert!(of(&permits, "codes").contains("other-recipient"));
    assert_eq!(of(&tokens, "code").len(), 4);

    for (name, text) in [
        ("flows.tsv", table),
        ("permits.tsv", permits),
        ("tokens.tsv", tokens),
    ] {
        let file = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("vectors")
            .join(name);
        if std::env::var_os("MOKUTEKI_BLESS").is_some() {
            fs::write(&file, &text).unwrap();
        }
        let found = fs::read_to_string(&file).unwrap_or_default();
        let differs = found
            .lines()
            .zip(text.lines())
            .find(|(found, made)| found != made);
        assert!(
            found == text,
            "vectors/{name} is old: MOKUTEKI_BLESS=1 writes it. First difference: {differs:?}"
        );
    }
}
