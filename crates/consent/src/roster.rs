//! The roster: who is a member, and when. Who is not on it is unknown, and never consents in silence.

use mokuteki::Day;

use crate::key::PersonKey;

/// One span of membership, as it was recorded on a day. A later record with the same first day takes the
/// place of an earlier one, so that what an earlier question saw does not change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(
    clippy::exhaustive_structs,
    reason = "the columns of the roster are a contract; callers write literals"
)]
pub struct Membership {
    /// The member.
    pub person: PersonKey,
    /// The first day.
    pub from: Day,
    /// The day on which it was recorded.
    pub recorded_on: Day,
    /// The first day after it, if it has ended. The first day itself strikes the span out.
    pub until: Option<Day>,
}

/// The span that holds the day, as known on another: its first day. The spans are of one person, sorted.
#[inline]
pub(crate) fn member_from(spans: &[Membership], day: Day, known: Day) -> Option<Day> {
    let mut rest = spans;
    while let Some(first) = rest.first() {
        if first.from > day {
            return None;
        }
        let same = rest.iter().take_while(|span| span.from == first.from);
        let mut count = 0;
        // Sorted by the day of the record, so that the last one known counts.
        let last = same
            .inspect(|_| count += 1)
            .filter(|span| span.recorded_on <= known)
            .last();
        if let Some(span) = last
            && span.until.is_none_or(|until| day < until)
        {
            return Some(span.from);
        }
        rest = rest.get(count..).unwrap_or_default();
    }
    None
}
