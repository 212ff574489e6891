//! The adjudicated flows of one day, in the forms in which contenders take them.

use mokuteki::{
    Flow, FlowSpec, Verdict,
    vocabulary::{Class, Term},
};

use crate::rules::Rules;

/// A verdict and the id of its primary clause.
pub(crate) type Answer<'a> = (Verdict, Option<&'a str>);

/// The ids of a flow.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ids {
    pub(crate) society: u16,
    pub(crate) data: u16,
    pub(crate) subject: u16,
    pub(crate) sender: u16,
    pub(crate) recipient: u16,
    pub(crate) relation: u16,
    pub(crate) activity: u16,
    pub(crate) channel: u16,
    pub(crate) basis: u16,
    pub(crate) consent: u8,
    pub(crate) abroad: u8,
    pub(crate) my_number: bool,
}

/// A flow as written, in known terms, and its answer by the engine.
pub(crate) struct Case {
    pub(crate) cells: [&'static str; 13],
    pub(crate) flow: Flow,
    pub(crate) ids: Ids,
    /// Canonical names, for peers: the vocabulary and the citations are not theirs to read.
    pub(crate) names: [String; 13],
    pub(crate) answer: (Verdict, Option<String>),
}

impl Case {
    pub(crate) fn answer(&self) -> Answer<'_> {
        (self.answer.0, self.answer.1.as_deref())
    }
}

pub(crate) fn spec<'a>(cells: &[&'a str; 13], data: &'a [&'a str]) -> FlowSpec<'a> {
    let [
        society,
        _,
        subject,
        sender,
        recipient,
        relation,
        activity,
        channel,
        basis,
        consent,
        my_number,
        abroad,
        as_of,
    ] = *cells;
    FlowSpec { form: "", under: "",
        society,
        data,
        subject,
        sender,
        recipient,
        relation,
        activity,
        channel,
        basis,
        consent,
        my_number,
        abroad,
        as_of,
    }
}

/// The flows that can be read, and how many others the table has.
pub(crate) fn cases(rules: &Rules<'_>, day: &str) -> (Vec<Case>, usize) {
    let (mut cases, mut left) = (Vec::new(), 0);
    for line in include_str!("../../../tests/data/flows.tsv")
        .lines()
        .skip(1)
    {
        let mut cells = [""; 13];
        for (cell, text) in cells.iter_mut().zip(line.split('\t').skip(1)) {
            *cell = text;
        }
        let engine = rules.engine;
        let read = (cells[12] == day).then(|| engine.flow(&spec(&cells, &[cells[1]])).ok());
        let Some(flow) = read.flatten() else {
            left += 1;
            continue;
        };
        let code = |term: Option<Term>| term.map_or(0, |term| rules.names[&term]);
        let basis = flow.basis().map(|cited| cited.provision());
        let at =
            |list: &[&str], cell: &str| list.iter().position(|word| *word == cell).unwrap_or(0);
        let ids = Ids {
            society: rules
                .societies
                .iter()
                .position(|id| id == cells[0])
                .expect("a society") as u16,
            data: code(Some(flow.data())),
            subject: code(flow.subject()),
            sender: code(Some(flow.sender())),
            recipient: code(Some(flow.recipient())),
            relation: code(flow.relation()),
            activity: code(flow.activity()),
            channel: code(flow.channel()),
            basis: rules
                .bases
                .iter()
                .position(|other| *other == basis)
                .expect("a provision") as u16,
            consent: at(&["none", "implied", "explicit", "refused"], cells[9]) as u8,
            abroad: at(&["false", "true", "equivalent"], cells[11]) as u8,
            my_number: cells[10] == "true",
        };
        let label = |term: Option<Term>| {
            term.map(|term| engine.vocabulary().label(term).to_owned())
                .unwrap_or_default()
        };
        let named = basis.and_then(|id| engine.law().provision(id));
        let or = |cell: &str, open: &str| if cell.is_empty() { open } else { cell }.to_owned();
        let names = [
            cells[0].to_owned(),
            label(Some(flow.data())),
            label(flow.subject()),
            label(Some(flow.sender())),
            label(Some(flow.recipient())),
            label(flow.relation()),
            label(flow.activity()),
            label(flow.channel()),
            named.map(|named| named.id.clone()).unwrap_or_default(),
            or(cells[9], "none"),
            or(cells[10], "false"),
            or(cells[11], "false"),
            cells[12].to_owned(),
        ];
        let outcome = engine.decide(&flow);
        let clause = outcome.clause().and_then(|id| engine.clause(id));
        let answer = (outcome.verdict(), clause.map(|clause| clause.id.clone()));
        cases.push(Case {
            cells,
            flow,
            ids,
            names,
            answer,
        });
    }
    (cases, left)
}

/// The code of a name in a class, with 0 for none.
pub(crate) fn labels(rules: &Rules<'_>, class: Class) -> Vec<String> {
    let words = rules.engine.vocabulary();
    words
        .terms_of(class)
        .map(|term| words.label(term).to_owned())
        .collect()
}
