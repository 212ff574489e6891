//! Grounds that both sides have and that ask for something else, or from which other duties follow:
//! flows on them keep their verdict and get other conditions.

use serde::Serialize;

use super::{diff::Diff, matching::ClauseChange, side::Side, words::Style};
use mokuteki::{
    grounds::{Ground, Needs},
    law::ProvisionId,
    notice::{Clause, Direction},
    problem::Lang,
    vocabulary::Term,
};

/// What a ground asks for, or what follows from it, on both sides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Facet {
    /// `needs`, `provisions`, `asks`, `alongside`, `with_consent`, `any_basis`, `relation` or `duties`.
    pub field: &'static str,
    /// On the left side: provisions by their lasting ids, duties with all that they turn on.
    pub left: Vec<String>,
    /// On the right side.
    pub right: Vec<String>,
}

/// A ground with other conditions or duties.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct GroundChange {
    /// Its lasting id; `abroad` for what is asked when the recipient is outside Japan.
    pub ground: String,
    /// The labels of the right side's clauses that stand on it.
    pub clauses: Vec<String>,
    /// What is not as it was. Never empty.
    pub changed: Vec<Facet>,
}

type Facets = Vec<(&'static str, Vec<String>)>;

impl Diff<'_> {
    /// The grounds of both sides that ask for something else or from which other duties follow on
    /// the days compared, where clauses stand on them. The verdicts that turn on it are told as
    /// changes of flows; a flow whose verdict stays has other conditions or duties by these alone.
    #[must_use]
    pub fn grounds(&self, lang: Lang) -> Vec<GroundChange> {
        let [left, right] = self.sides();
        if std::ptr::eq(left.engine, right.engine) && left.day() == right.day() {
            return Vec::new();
        }
        let rules = right.engine.grounds();
        let mut always = vec![rules.internal, rules.person, rules.receipt.ground];
        always.extend(&rules.receipt.grounds);
        let mut found = Vec::new();
        for (at, ground) in (0..).zip(rules.iter()) {
            let on =
                |clause: &&&Clause| clause.grounds.contains(&at) || clause.my_number == Some(at);
            let clauses = right.clauses.iter().filter(on);
            let clauses: Vec<String> = clauses.map(|clause| clause.label.clone()).collect();
            if clauses.is_empty() && !always.contains(&at) {
                continue;
            }
            let mut before = left.engine.grounds().iter();
            if let Some(before) = before.find(|other| other.id == ground.id) {
                let both = [left.facets(before, lang), right.facets(ground, lang)];
                found.extend(change(&ground.id, clauses, both));
            }
        }
        let both = [left, right].map(|side| side.abroad(lang));
        found.extend(change("abroad", Vec::new(), both));
        found
    }

    /// The lists of a clause that are not the same on both sides. A flow that leaves one of them open
    /// keeps its verdict and is limited to another list.
    #[must_use]
    pub fn reading(&self, change: &ClauseChange) -> Vec<Facet> {
        let [left, right] = self.sides();
        let this = change.left.and_then(|at| left.clauses.get(at));
        let that = change.right.and_then(|at| right.clauses.get(at));
        let (Some(this), Some(that)) = (this, that) else {
            return Vec::new();
        };
        facets_that_differ([left.lists(this), right.lists(that)])
    }

    /// The grounds for people.
    pub(super) fn other_conditions(&self, style: Style, out: &mut String) {
        let lang = style.lang;
        let found = self.grounds(lang);
        if found.is_empty() {
            return;
        }
        out.push_str(style.end());
        let head = lang.pick(
            "判定は同じで条件・義務が変わる根拠",
            "grounds with other conditions or duties, the same verdict",
        );
        out.push_str(&style.head(3, head));
        for one in &found {
            let name = if one.clauses.is_empty() {
                one.ground.clone()
            } else {
                format!("{} [{}]", one.ground, one.clauses.join(", "))
            };
            out.push_str(&style.item(0, &name));
            for facet in &one.changed {
                out.push_str(&style.item(1, &facet.text(lang)));
            }
        }
    }
}

fn change(ground: &str, clauses: Vec<String>, [left, right]: [Facets; 2]) -> Option<GroundChange> {
    let changed = facets_that_differ([left, right]);
    (!changed.is_empty()).then(|| GroundChange {
        ground: ground.to_owned(),
        clauses,
        changed,
    })
}

fn facets_that_differ([left, right]: [Facets; 2]) -> Vec<Facet> {
    let both = left.into_iter().zip(right);
    both.filter(|((_, left), (_, right))| left != right)
        .map(|((field, left), (_, right))| Facet { field, left, right })
        .collect()
}

impl Facet {
    pub(super) fn text(&self, lang: Lang) -> String {
        let list = |values: &[String]| match values {
            [] => lang.pick("(なし)", "(nothing)").to_owned(),
            values => values.join(lang.pick("・", ", ")),
        };
        let (left, right) = (list(&self.left), list(&self.right));
        format!("{}: {left} → {right}", self.field)
    }
}

impl Side<'_> {
    fn lists(&self, clause: &Clause) -> Facets {
        let grounds = self.engine.grounds();
        let ids = |places: &[u16]| -> Vec<String> {
            let found = places.iter().filter_map(|at| grounds.get(*at));
            found.map(|ground| ground.id.clone()).collect()
        };
        let relation = |direction: Direction| {
            let listed = clause.relation.get(direction.index());
            self.labels(listed.map(Vec::as_slice).unwrap_or_default())
        };
        let objection = clause.objection.then(|| "true".to_owned());
        vec![
            ("data", self.labels(&clause.data)),
            ("subject", self.labels(&clause.subject)),
            ("sender", self.labels(&clause.sender)),
            ("recipient", self.labels(&clause.recipient)),
            ("relation", relation(Direction::Outward)),
            ("relation (received)", relation(Direction::Inward)),
            ("activity", self.labels(&clause.activity)),
            ("channel", self.labels(&clause.channel)),
            ("ground", ids(&clause.grounds)),
            ("my_number", ids(clause.my_number.as_slice())),
            (
                "needs_number",
                clause
                    .needs_number
                    .then(|| "true".to_owned())
                    .into_iter()
                    .collect(),
            ),
            ("objection", objection.into_iter().collect()),
        ]
    }

    fn facets(&self, ground: &Ground, lang: Lang) -> Facets {
        let needs = match ground.needs {
            Needs::Nothing => Vec::new(),
            Needs::Basis => vec!["basis".to_owned()],
            Needs::Consent(asked) => vec![format!("consent={}", asked.word())],
        };
        let any_basis = ground.any_basis.then(|| "true".to_owned());
        vec![
            ("needs", needs),
            ("provisions", self.provisions(&ground.provisions)),
            ("asks", self.provisions(ground.asks.as_slice())),
            ("alongside", self.provisions(&ground.alongside)),
            ("with_consent", self.provisions(&ground.with_consent)),
            ("any_basis", any_basis.into_iter().collect()),
            ("relation", self.labels(ground.relation.as_slice())),
            ("duties", self.duties(&ground.duties, lang)),
        ]
    }

    fn abroad(&self, lang: Lang) -> Facets {
        let grounds = self.engine.grounds();
        let rule = &grounds.abroad;
        vec![
            ("needs", vec![format!("consent={}", rule.consent.word())]),
            ("asks", self.provisions(&[rule.provision])),
            ("with_consent", self.provisions(&rule.with_consent)),
            ("exempt_basis", self.provisions(&rule.exempt_basis)),
            ("duties", self.duties(&rule.duties, lang)),
            (
                "equivalent_duties",
                self.duties(&rule.equivalent_duties, lang),
            ),
        ]
    }

    fn provisions(&self, ids: &[ProvisionId]) -> Vec<String> {
        let law = self.engine.law();
        let found = ids.iter().filter_map(|id| law.provision(*id));
        found.map(|provision| provision.id.clone()).collect()
    }

    fn labels(&self, terms: &[Term]) -> Vec<String> {
        let words = self.words();
        let terms = terms.iter();
        terms.map(|term| words.label(*term).to_owned()).collect()
    }

    /// The duties that arise on the day, each with all that it turns on.
    fn duties(&self, places: &[u16], lang: Lang) -> Vec<String> {
        let (grounds, law) = (self.engine.grounds(), self.engine.law());
        let duties = places.iter().filter_map(|at| grounds.duty(*at));
        // What a statute imposes arises only while the statute says so.
        let arising = duties.filter(|duty| {
            let mut imposing = duty.provisions.iter();
            duty.provisions.is_empty() || imposing.any(|id| law.number(*id, self.day()).is_some())
        });
        let told = arising.map(|duty| {
            let mut turns_on = vec![duty.id.clone()];
            turns_on.extend(self.provisions(&duty.provisions));
            let except = [&duty.not_for, &duty.not_as].map(|terms| self.labels(terms));
            turns_on.extend(
                except
                    .into_iter()
                    .flatten()
                    .map(|label| lang.pick(format!("{label} を除く"), format!("except {label}"))),
            );
            let text = lang.pick(&duty.text, &duty.en);
            format!("{text} ({})", turns_on.join(", "))
        });
        told.collect()
    }
}
