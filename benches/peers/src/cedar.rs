//! Cedar: a policy for each clause and level; those that hold are the reasons of the answer.

use std::collections::{HashMap, HashSet};

use cedar_policy::{
    Authorizer, Context, Entities, Entity, EntityId, EntityUid, Policy, PolicyId, PolicySet,
    Request, RestrictedExpression,
};

use mokuteki::vocabulary::Class;

use crate::{
    conditions::{self, Condition, Named},
    flows::Answer,
    rules::Rules,
};

pub(crate) struct Cedar<'c> {
    policies: PolicySet,
    by_id: HashMap<PolicyId, &'c Condition>,
    authorizer: Authorizer,
    entities: Entities,
}

/// The wider term of each term of a field.
pub(crate) type Wider = HashMap<(&'static str, String), String>;

/// The fields that hold a term, with their classes.
const TERMS: [(&str, Class); 7] = [
    ("data", Class::Data),
    ("subject", Class::Subject),
    ("recipient", Class::Party),
    ("activity", Class::Activity),
    ("channel", Class::Channel),
    ("sender", Class::Party),
    ("relation", Class::Relation),
];

/// The hierarchy of the vocabulary.
pub(crate) fn wider(rules: &Rules<'_>) -> Wider {
    let words = rules.engine.vocabulary();
    let each = TERMS.iter().flat_map(|(field, class)| {
        let terms = words.terms_of(*class);
        terms.filter_map(|term| {
            let parent = words.entry(term).parent?;
            let names = [term, parent].map(|term| words.label(term).to_owned());
            let [name, parent] = names;
            Some(((*field, name), parent))
        })
    });
    each.collect()
}

fn is_term(field: &str) -> bool {
    TERMS.iter().any(|(term, _)| *term == field)
}

fn uid(field: &str, name: &str) -> EntityUid {
    let kind = format!("Field::{field}").parse().expect("a type");
    EntityUid::from_type_name_and_id(kind, EntityId::new(name))
}

/// The policies as text, each with its id.
pub(crate) fn policies(
    conditions: &[Condition],
    opening: &[String],
    wider: &Wider,
) -> Vec<(String, String)> {
    let mut policies: Vec<(String, String)> = conditions
        .iter()
        .map(|condition| {
            let id = format!(
                "{}/{}#{:?}",
                condition.society, condition.clause, condition.level
            );
            (id, policy(condition, wider))
        })
        .collect();
    let closed = format!(
        "permit(principal, action, resource) when {{ context.my_number && !{opening:?}.contains(context.basis) }};"
    );
    policies.push(("closed".to_owned(), closed));
    policies
}

/// That a field is one of the values, or below one. It is written as alternatives, which Cedar decides
/// much faster than a set that it would build for every request.
fn one_of(field: &'static str, values: &[String], wider: &Wider) -> String {
    let top = |value: &&String| {
        let parent = wider.get(&(field, (*value).clone()));
        parent.is_none_or(|parent| !values.contains(parent))
    };
    // The data is the resource itself.
    let asked = if field == "data" {
        "resource".to_owned()
    } else {
        format!("context.{field}")
    };
    let each: Vec<String> = if is_term(field) {
        let top = values.iter().filter(top);
        top.map(|value| format!("{asked} in Field::{field}::{value:?}"))
            .collect()
    } else {
        let each = values.iter();
        each.map(|value| format!("{asked} == {value:?}")).collect()
    };
    format!("({})", each.join(" || "))
}

fn policy(condition: &Condition, wider: &Wider) -> String {
    let mut parts: Vec<String> = condition
        .fields
        .iter()
        .map(|(field, values)| one_of(field, values, wider))
        .collect();
    let [ordinary, my_number] = condition
        .senders
        .each_ref()
        .map(|senders| one_of("sender", senders, wider));
    parts.push(format!(
        "(if context.my_number then {my_number} else {ordinary})"
    ));
    let ways = condition.ways.iter().map(|(way, relations)| {
        let relation = one_of("relation", relations, wider);
        format!("(context.direction == {way:?} && {relation})")
    });
    parts.push(format!("({})", ways.collect::<Vec<_>>().join(" || ")));
    let releases = condition.releases.iter().map(|release| {
        let mut parts = vec![one_of("declared", &release.declared, wider)];
        for (field, values) in [("basis", &release.bases), ("relation", &release.relations)] {
            parts.extend(values.iter().map(|values| one_of(field, values, wider)));
        }
        format!("({})", parts.join(" && "))
    });
    parts.push(format!("({})", releases.collect::<Vec<_>>().join(" || ")));
    format!(
        "permit(principal == Society::{:?}, action == Action::\"decide\", resource) when {{ {} }};",
        condition.society,
        parts.join(" && ")
    )
}

/// Every term with the next wider one.
fn entities(wider: &Wider) -> Entities {
    let mut parents: HashMap<EntityUid, HashSet<EntityUid>> = HashMap::new();
    for ((field, name), parent) in wider {
        parents.entry(uid(field, parent)).or_default();
        let own = parents.entry(uid(field, name)).or_default();
        own.insert(uid(field, parent));
    }
    let each = parents.into_iter();
    let each = each.map(|(name, parents)| Entity::new_no_attrs(name, parents));
    Entities::from_entities(each, None).expect("a hierarchy")
}

impl<'c> Cedar<'c> {
    pub(crate) fn new(
        conditions: &'c [Condition],
        policies: &[(String, String)],
        wider: &Wider,
    ) -> Self {
        let mut set = PolicySet::new();
        let mut by_id = HashMap::new();
        for (at, (id, text)) in policies.iter().enumerate() {
            let id = PolicyId::new(id);
            if let Some(condition) = conditions.get(at) {
                by_id.insert(id.clone(), condition);
            }
            set.add(Policy::parse(Some(id), text).expect("a policy"))
                .expect("an id of its own");
        }
        Self {
            policies: set,
            by_id,
            authorizer: Authorizer::new(),
            entities: entities(wider),
        }
    }

    pub(crate) fn request(named: &Named) -> Request {
        let whole = |kind: &str, id: &str| {
            EntityUid::from_type_name_and_id(kind.parse().expect("a type"), EntityId::new(id))
        };
        let value = |(field, text): &(&str, String)| {
            let value = if is_term(field) {
                RestrictedExpression::new_entity_uid(uid(field, text))
            } else {
                RestrictedExpression::new_string(text.clone())
            };
            ((*field).to_owned(), value)
        };
        let my_number = (
            "my_number".to_owned(),
            RestrictedExpression::new_bool(named.my_number),
        );
        let context =
            Context::from_pairs(named.fields.iter().skip(1).map(value).chain([my_number]));
        Request::new(
            whole("Society", &named.society),
            whole("Action", "decide"),
            uid("data", &named.fields[0].1),
            context.expect("a context"),
            None,
        )
        .expect("a request")
    }

    pub(crate) fn decide(&self, request: &Request) -> Answer<'c> {
        let response = self
            .authorizer
            .is_authorized(request, &self.policies, &self.entities);
        assert!(
            response.diagnostics().errors().next().is_none(),
            "no policy fails"
        );
        let (mut closed, mut held) = (false, Vec::new());
        for id in response.diagnostics().reason() {
            match self.by_id.get(id) {
                Some(condition) => held.push(*condition),
                None => closed = true,
            }
        }
        conditions::answer(held.into_iter(), closed)
    }
}
