//! Sets of values in the words of the vocabulary: レセプト rather than each kind below it.

use serde::Serialize;

use super::{
    axis::{Axis, Value},
    set::{Product, Set},
    tree::Tree,
    universe::Universe,
};
use mokuteki::problem::Lang;

/// A value, or a term with what lies below it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Item {
    /// The Japanese term, the citation or the word of the flow field; empty for a field left open.
    pub value: String,
    /// The English gloss of a term.
    #[serde(skip)]
    pub en: String,
    /// Whether every term below it is meant, too.
    pub below: bool,
    /// What lies below it and is not meant.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub except: Vec<Item>,
}

/// A set of values along one axis.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Described {
    /// The flow field.
    pub field: &'static str,
    /// Whether everything else than the items is meant.
    pub all_but: bool,
    /// In the order of the vocabulary.
    pub items: Vec<Item>,
    /// Every single value that is meant; empty for a field left open.
    pub values: Vec<String>,
    #[serde(skip)]
    axis: usize,
}

impl Universe<'_> {
    /// A box in words. An axis along which it holds all of `whole` is left out.
    #[must_use]
    pub fn describe(&self, boxed: &Product, whole: &Product) -> Vec<Described> {
        let told = Axis::ALL
            .into_iter()
            .filter(|axis| boxed.set(axis.index()) != whole.set(axis.index()));
        told.map(|axis| self.described(axis, boxed.set(axis.index()), whole.set(axis.index())))
            .collect()
    }

    /// A set of values along one axis, in words; `whole` are the values that are asked about.
    #[must_use]
    pub fn described(&self, axis: Axis, set: &Set, whole: &Set) -> Described {
        let items = self.items(axis, set);
        let others = if *whole == Set::full(self.values(axis).len()) {
            self.items(axis, &whole.minus(set))
        } else {
            Vec::new()
        };
        let all_but = !others.is_empty() && others.len() + 2 < items.len();
        Described {
            field: axis.field(),
            all_but,
            items: if all_but { others } else { items },
            values: set.iter().map(|at| self.label(axis, at)).collect(),
            axis: axis.index(),
        }
    }

    /// The word of a value as a flow has it; empty for a field left open.
    #[must_use]
    pub fn label(&self, axis: Axis, at: usize) -> String {
        match self.value(axis, at) {
            Some(Value::Term([term, _])) => self.left().words().label(*term).to_owned(),
            Some(Value::Open) | None => String::new(),
            Some(other) => other.plain(Lang::En),
        }
    }

    fn item(&self, axis: Axis, at: usize) -> Item {
        let en = match self.value(axis, at) {
            Some(Value::Term([term, _])) => self.left().words().entry(*term).en.clone(),
            _ => String::new(),
        };
        Item {
            value: self.label(axis, at),
            en,
            below: false,
            except: Vec::new(),
        }
    }

    fn items(&self, axis: Axis, set: &Set) -> Vec<Item> {
        let mut items = Vec::new();
        let Some(class) = axis.class() else {
            return set.iter().map(|at| self.item(axis, at)).collect();
        };
        let tree = &self.lexicon.of(class).tree;
        for root in tree.roots() {
            self.walk(axis, tree, set, *root, &mut items);
        }
        let open = self.open(axis).filter(|at| set.contains(*at));
        items.extend(open.map(|at| self.item(axis, at)));
        items
    }

    /// Adds the words for the part of a set at and below a term.
    fn walk(&self, axis: Axis, tree: &Tree, set: &Set, at: usize, items: &mut Vec<Item>) {
        let below = tree.below(at);
        if !below.meets(set) {
            return;
        }
        if !set.contains(at) {
            for child in tree.children(at) {
                self.walk(axis, tree, set, *child, items);
            }
            return;
        }
        let mut item = self.item(axis, at);
        if below.len() == 1 {
            items.push(item);
            return;
        }
        let except = below.minus(set);
        // Naming what is missing must be shorter than naming what is there.
        let mut missing = Vec::new();
        for child in tree.children(at) {
            self.walk(axis, tree, &except, *child, &mut missing);
        }
        let mut named = Vec::new();
        for child in tree.children(at) {
            self.walk(axis, tree, set, *child, &mut named);
        }
        if missing.len() <= named.len() || except.is_empty() {
            item.below = true;
            item.except = missing;
            items.push(item);
        } else {
            items.push(item);
            items.extend(named);
        }
    }

    /// The flow of a point, field by field; fields left open are left out.
    #[must_use]
    pub fn fields(&self, point: &[usize]) -> Vec<(&'static str, String)> {
        let told = Axis::ALL.into_iter().filter_map(|axis| {
            let at = *point.get(axis.index())?;
            let silent = at == self.undeclared(axis)
                && !matches!(axis, Axis::Data | Axis::Recipient | Axis::Sender);
            (!silent).then(|| (axis.field(), self.label(axis, at)))
        });
        told.collect()
    }

    /// A point of a box that reads well: what a flow usually leaves open is left open.
    #[must_use]
    pub fn example(&self, boxed: &Product) -> Vec<usize> {
        let value = |axis: Axis| {
            let set = boxed.set(axis.index());
            let usual = self.undeclared(axis);
            let open_reads_well = !matches!(
                axis,
                Axis::Data | Axis::Recipient | Axis::Relation | Axis::Activity
            );
            let mut values = set.iter();
            if open_reads_well && set.contains(usual) {
                usual
            } else {
                values.next().unwrap_or_default()
            }
        };
        Axis::ALL.map(value).to_vec()
    }
}

impl Described {
    /// For people, on one line.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        let axis = Axis::ALL.get(self.axis).copied().unwrap_or(Axis::Data);
        let list = joined(&self.items, lang);
        if self.all_but {
            lang.pick(
                format!("{}={list} 以外", axis.name(lang)),
                format!("{}=all but {list}", axis.name(lang)),
            )
        } else {
            format!("{}={list}", axis.name(lang))
        }
    }
}

fn joined(items: &[Item], lang: Lang) -> String {
    let texts = items.iter().map(|item| item.text(lang));
    texts.collect::<Vec<_>>().join(lang.pick("・", ", "))
}

impl Item {
    fn text(&self, lang: Lang) -> String {
        let name = match (self.value.as_str(), self.en.is_empty(), lang) {
            ("", _, _) => lang.pick("指定なし", "(not given)").to_owned(),
            (value, false, Lang::En) => format!("{value} ({})", self.en),
            (value, _, _) => value.to_owned(),
        };
        if self.except.is_empty() {
            return name;
        }
        let except = joined(&self.except, lang);
        lang.pick(
            format!("{name}〔{except} を除く〕"),
            format!("{name} [except {except}]"),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{BasisBy, Side};
    use mokuteki::Engine;

    /// The values that the words of a set mean.
    fn meant(universe: &Universe<'_>, axis: Axis, items: &[Item]) -> Set {
        let class = axis.class().unwrap();
        let tree = &universe.lexicon.of(class).tree;
        let mut set = Set::default();
        for item in items {
            let at = universe.find(axis, |value| match value {
                Value::Term([term, _]) => universe.left().words().label(*term) == item.value,
                Value::Open => item.value.is_empty(),
                _ => false,
            });
            let at = at.unwrap();
            if item.below {
                set.add(&tree.below(at).minus(&meant(universe, axis, &item.except)));
            } else {
                set.insert(at);
            }
        }
        set
    }

    #[test]
    fn the_words_of_a_set_mean_the_set_and_say_the_wider_term() {
        let engine = Engine::embedded();
        let side = Side::new(engine, "aeon", "2026-04-01").unwrap();
        let universe = Universe::of(side, BasisBy::Citation);
        let axis = Axis::Data;
        let whole = Set::full(universe.values(axis).len());
        for step in 1..60_usize {
            let set: Set = whole
                .iter()
                .filter(|at| (at * at + step) % (2 + step % 7) != 0)
                .collect();
            let described = universe.described(axis, &set, &whole);
            let items = meant(&universe, axis, &described.items);
            let items = if described.all_but {
                whole.minus(&items)
            } else {
                items
            };
            assert_eq!(items, set, "{described:?}");
        }
        let find = |label: &str| {
            universe.find(axis, |value| matches!(value, Value::Term([term, _]) if engine.vocabulary().label(*term) == label)).unwrap()
        };
        let words = engine.vocabulary();
        let claim = words
            .find(mokuteki::vocabulary::Class::Data, "レセプト")
            .unwrap();
        let claims: Set = words
            .terms_of(mokuteki::vocabulary::Class::Data)
            .filter(|term| words.lineage(*term).any(|above| above == claim))
            .map(|term| find(words.label(term)))
            .collect();
        assert_eq!(
            universe.described(axis, &claims, &whole).text(Lang::Ja),
            "データ=レセプト"
        );
        let no_paper = claims.minus(&Set::single(find("紙レセプト")));
        assert_eq!(
            universe.described(axis, &no_paper, &whole).text(Lang::Ja),
            "データ=レセプト〔紙レセプト を除く〕"
        );
    }
}
