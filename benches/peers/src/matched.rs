//! `match` code that `build.rs` writes from the rules: what a team would get from a generator of code.

use mokuteki::Verdict;

use crate::{conditions::Named, flows::Answer};

/// Decides a flow of one society.
macro_rules! society {
    ($named:ident, $data:ident, $subject:ident, $recipient:ident, $activity:ident, $channel:ident, $ordinary:ident, $special:ident, $way:ident, $release:ident, $refused:ident, $ids:ident) => {{
        let [
            data,
            subject,
            recipient,
            activity,
            channel,
            sender,
            relation,
            basis,
            direction,
            declared,
        ] = $named.fields.each_ref().map(|(_, text)| text.as_str());
        let [admits, permits] = $release(declared, basis);
        let sender = if $named.my_number {
            $special(sender)
        } else {
            $ordinary(sender)
        };
        let covers = $data(data)
            & $subject(subject)
            & $recipient(recipient)
            & $activity(activity)
            & $channel(channel)
            & sender
            & $way(direction, relation)
            & admits;
        let refused = covers & $refused(declared, basis, relation);
        let (verdict, bits) = if covers & permits != 0 {
            (Verdict::Permitted, covers & permits)
        } else if refused != 0 {
            (Verdict::Prohibited, refused)
        } else if covers != 0 {
            (Verdict::Conditional, covers)
        } else if $named.my_number && !opens(basis) {
            (Verdict::Prohibited, 0)
        } else {
            (Verdict::OutOfScope, 0)
        };
        (verdict, $ids.get(bits.trailing_zeros() as usize).copied())
    }};
}

include!(concat!(env!("OUT_DIR"), "/matched.rs"));
