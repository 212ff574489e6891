//! A claims module: it reads claims, asks the persons' consent, asks for permits, records, and only then sends.

use mokuteki::{
    Day, Engine, Flow, FlowSpec,
    decision::{Accepted, Sink},
    flow::FlowErrors,
};
use mokuteki_consent::{KeySecret, Register};
use mokuteki_ledger::{Account, Counterpart, Disclosure, Ledger, Receipt, Subject};

/// What the module gives, or why it does not.
type Answer<T> = Result<T, Box<dyn std::error::Error>>;

/// One claim of the レセプト電算 records: of whom, for which month, how many points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Claim {
    pub(crate) member: String,
    pub(crate) month: String,
    pub(crate) points: u32,
}

/// Reads the records of a file in cp932: `RE` opens a claim (number, kind, month of care, name …), `HO` tells the
/// insurer, 記号, 番号, days and points. A line that cannot be read is an error: a claim that is lost in silence
/// would be missing from the ledger, too.
pub(crate) fn read(bytes: &[u8]) -> Result<Vec<Claim>, String> {
    let (text, _, broken) = encoding_rs::SHIFT_JIS.decode(bytes);
    if broken {
        return Err("the file is not cp932".to_owned());
    }
    let mut claims = Vec::new();
    let mut month = None;
    for (number, line) in (1..).zip(text.lines()) {
        let fields: Vec<&str> = line.split(',').collect();
        match *fields.as_slice() {
            ["RE", _, _, care, ..] => month = Some(care.to_owned()),
            ["HO", _, symbol, insured, _, points, ..] => claims.push(Claim {
                member: format!("{symbol}-{insured}"),
                month: month
                    .take()
                    .ok_or(format!("line {number}: HO without RE"))?,
                points: points
                    .parse()
                    .map_err(|_| format!("line {number}: no points: {points}"))?,
            }),
            ["RE" | "HO", ..] => return Err(format!("line {number}: too few fields")),
            _ => {}
        }
    }
    Ok(claims)
}

/// What became of the claims of a run.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Outcome {
    pub(crate) sent: Vec<(Claim, String)>,
    pub(crate) kept: usize,
}

/// The module: what it decides by, and where it writes.
pub(crate) struct Claims<'e> {
    pub(crate) engine: &'e Engine,
    pub(crate) register: Register<'e>,
    pub(crate) ledger: Ledger<'e>,
    pub(crate) secret: KeySecret,
    pub(crate) insurer: Counterpart,
}

impl Claims<'_> {
    /// The flow of a claim to the insurer of who caused the injury.
    fn flow(&self, day: &str) -> Result<Flow, FlowErrors> {
        self.engine.flow(&FlowSpec {
            society: "aeon",
            data: &["レセプト"],
            sender: "当組合",
            my_number: "false",
            abroad: "false",
            recipient: "損保会社",
            relation: "第三者提供",
            activity: "求償",
            as_of: day,
            ..FlowSpec::default()
        })
    }

    /// Sends the claims of those who have agreed, and keeps the others. Each group is durable in the ledger
    /// before the first claim of it leaves.
    pub(crate) fn send(&mut self, claims: Vec<Claim>, day: &str) -> Answer<Outcome> {
        let flow = self.flow(day)?;
        let query = self.register.query(&flow, flow.day());
        let mut outcome = Outcome::default();
        let (mut due, mut group) = (Vec::new(), Vec::new());
        for claim in claims {
            let Some(person) = self.secret.key("aeon", &claim.member) else {
                outcome.kept += 1;
                continue;
            };
            let proof = query.prove(&[person]);
            // Only `permitted` gives a permit: without consent, or with an objection, there is none.
            let permit =
                self.engine
                    .permit::<Insurer>(&proof.flow(), &Accepted::default(), Some(&proof));
            let Ok(permit) = permit else {
                outcome.kept += 1;
                continue;
            };
            let (key, member) = (person, claim.member.clone());
            let persons = vec![Subject { key, member }];
            let (flow, insurer) = (proof.flow(), self.insurer.clone());
            group.push(Disclosure::permitted(&permit, flow, insurer, persons));
            due.push((claim, proof));
        }
        for (claims, group) in due.chunks(1_000).zip(group.chunks(1_000)) {
            // Asked again at the sending: a withdrawal in between stops it.
            let now = |(_, proof): &(Claim, mokuteki_consent::Proof)| {
                self.register.recheck(proof, &flow, flow.day())
            };
            claims.iter().try_for_each(now)?;
            let receipts = self.ledger.record(flow.day(), group)?;
            for ((claim, _), receipt) in claims.iter().zip(receipts) {
                outcome.sent.push((claim.clone(), to_insurer(&receipt)));
            }
        }
        Ok(outcome)
    }

    /// Answers a request under 個人情報保護法33条5項.
    pub(crate) fn answer(&mut self, member: &str, on: Day) -> Answer<Account> {
        let person = self.secret.key("aeon", member).ok_or("no member id")?;
        Ok(self.ledger.account(person, on, "開示請求の窓口")?)
    }
}

/// Where the claims go. A permit for another sink does not compile here.
struct Insurer;

impl Sink for Insurer {
    const NAME: &'static str = "insurer";
    const RECIPIENT: &'static str = "損害保険会社";
}

/// The wire to the insurer. It asks for the receipt: what is not recorded cannot be sent.
fn to_insurer(receipt: &Receipt) -> String {
    format!("{}/{}", receipt.segment(), receipt.place())
}
