//! Exact questions over the flow space, against enumerations that know nothing of how they are
//! answered: classes are made here from the lists of the clauses, and each flow is decided.

mod ask_law;
mod brute;
mod decision_table;
mod diff_law;
mod edits;
mod loading;
mod matrix_law;
mod registries;
mod standing_law;
