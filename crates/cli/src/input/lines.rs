//! The lines of an input, none of which takes more memory than a row may.

use std::{
    collections::VecDeque,
    io::{self, BufRead},
};

use memchr::{memchr, memchr2};

use super::LONGEST_ROW;

/// A line without its end.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    /// Its number, from 1.
    pub(super) number: u64,
    /// What is kept of it: at most [`LONGEST_ROW`] bytes.
    pub(super) bytes: Vec<u8>,
    /// How many bytes it has.
    pub(super) whole: usize,
}

impl Line {
    /// Whether it has more bytes than a row may have.
    pub(super) fn is_cut(&self) -> bool {
        self.whole > self.bytes.len()
    }
}

/// Which bytes end a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ends {
    /// A line feed.
    Feed,
    /// A line feed, a carriage return, or both.
    FeedOrReturn,
}

/// The lines of an input.
#[derive(Debug)]
pub(super) struct Lines<R> {
    reader: R,
    ends: Ends,
    /// How many lines were read.
    count: u64,
    /// The last line ended by a return, which may be half of its end.
    returned: bool,
    /// Lines that were read ahead and given back.
    waiting: VecDeque<Line>,
}

impl<R: BufRead> Lines<R> {
    pub(super) fn new(reader: R, ends: Ends) -> Self {
        Self {
            reader,
            ends,
            count: 0,
            returned: false,
            waiting: VecDeque::new(),
        }
    }

    /// Reads the next line into one whose memory serves again; whether there is one.
    pub(super) fn next(&mut self, line: &mut Line) -> io::Result<bool> {
        if let Some(waiting) = self.waiting.pop_front() {
            *line = waiting;
            return Ok(true);
        }
        line.bytes.clear();
        line.whole = 0;
        let mut begun = false;
        loop {
            let buffer = self.reader.fill_buf()?;
            let Some(first) = buffer.first() else {
                break;
            };
            if std::mem::take(&mut self.returned) && *first == b'\n' {
                self.reader.consume(1);
                continue;
            }
            begun = true;
            let end = match self.ends {
                Ends::Feed => memchr(b'\n', buffer),
                Ends::FeedOrReturn => memchr2(b'\n', b'\r', buffer),
            };
            let part = buffer
                .get(..end.unwrap_or(buffer.len()))
                .unwrap_or_default();
            let room = LONGEST_ROW.saturating_sub(line.bytes.len()).min(part.len());
            line.bytes
                .extend_from_slice(part.get(..room).unwrap_or_default());
            line.whole += part.len();
            self.returned = end.and_then(|end| buffer.get(end)) == Some(&b'\r');
            // An empty line still counts as one.
            let used = part.len() + usize::from(end.is_some());
            self.reader.consume(used);
            if end.is_some() {
                break;
            }
        }
        self.count += u64::from(begun);
        line.number = self.count;
        Ok(begun)
    }

    /// Gives lines back, which come again in their order.
    pub(super) fn give_back(&mut self, lines: Vec<Line>) {
        for line in lines.into_iter().rev() {
            self.waiting.push_front(line);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    fn all(text: &[u8], ends: Ends, buffer: usize) -> Vec<(u64, Vec<u8>)> {
        let mut lines = Lines::new(BufReader::with_capacity(buffer, text), ends);
        let (mut line, mut all) = (Line::default(), Vec::new());
        while lines.next(&mut line).unwrap() {
            all.push((line.number, line.bytes.clone()));
        }
        all
    }

    #[test]
    fn lines_are_the_same_in_buffers_of_any_size() {
        let text = b"a\r\nbc\n\n\rd\re";
        for buffer in 1..12 {
            let feeds = all(text, Ends::Feed, buffer);
            let feeds: Vec<&[u8]> = feeds.iter().map(|(_, line)| line.as_slice()).collect();
            assert_eq!(feeds, [&b"a\r"[..], b"bc", b"", b"\rd\re"]);
            let both = all(text, Ends::FeedOrReturn, buffer);
            let numbered: [(u64, &[u8]); 6] = [
                (1, b"a"),
                (2, b"bc"),
                (3, b""),
                (4, b""),
                (5, b"d"),
                (6, b"e"),
            ];
            assert_eq!(both, numbered.map(|(at, line)| (at, line.to_vec())));
        }
        assert!(all(b"", Ends::Feed, 4).is_empty());
    }

    #[test]
    fn a_line_is_kept_up_to_its_limit_and_counted_to_its_end() {
        let mut text = vec![b'x'; LONGEST_ROW + 5];
        text.extend_from_slice(b"\nnext");
        let mut lines = Lines::new(text.as_slice(), Ends::Feed);
        let mut line = Line::default();
        assert!(lines.next(&mut line).unwrap());
        assert_eq!(
            (line.bytes.len(), line.whole, line.is_cut()),
            (LONGEST_ROW, LONGEST_ROW + 5, true)
        );
        assert!(lines.next(&mut line).unwrap());
        assert_eq!(
            (line.number, line.bytes.as_slice(), line.is_cut()),
            (2, &b"next"[..], false)
        );
        let again = line.clone();
        lines.give_back(vec![again]);
        assert!(lines.next(&mut line).unwrap() && line.bytes == b"next");
        assert!(!lines.next(&mut line).unwrap());
    }
}
