//! The Merkle tree of RFC 6962, kept as the roots of its full subtrees, so that a leaf is added in a few
//! hashes. The hashes are those of `tlog_tiles`.

use tlog_tiles::tlog::{Hash, node_hash, record_hash};

/// The roots of the full subtrees of a tree, widest first: one for each bit of its size.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tree {
    size: u64,
    roots: Vec<[u8; 32]>,
}

impl Tree {
    pub(crate) fn size(&self) -> u64 {
        self.size
    }

    /// Adds a leaf hash. Two subtrees of one width become one, as often as the number carries.
    pub(crate) fn push(&mut self, leaf: [u8; 32]) {
        let mut node = Hash(leaf);
        let mut carry = self.size;
        while carry & 1 == 1 {
            let Some(left) = self.roots.pop() else { break };
            node = node_hash(Hash(left), node);
            carry >>= 1;
        }
        self.roots.push(node.0);
        self.size += 1;
    }

    /// The root; that of an empty tree is the hash of nothing (RFC 6962 section 2.1).
    pub(crate) fn root(&self) -> [u8; 32] {
        use sha2::{Digest, Sha256};
        let mut roots = self.roots.iter().rev().map(|root| Hash(*root));
        match roots.next() {
            None => Sha256::digest([]).into(),
            Some(last) => roots.fold(last, |right, left| node_hash(left, right)).0,
        }
    }
}

/// The hash of a leaf: of its salt and its bytes, so that whoever sees a leaf cannot guess the record.
pub(crate) fn leaf(salt: &[u8], bytes: &[u8]) -> [u8; 32] {
    let mut salted = Vec::with_capacity(salt.len() + bytes.len());
    salted.extend_from_slice(salt);
    salted.extend_from_slice(bytes);
    record_hash(&salted).0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The root by the recursion of RFC 6962 section 2.1.
    fn recursive(leaves: &[[u8; 32]]) -> [u8; 32] {
        use sha2::{Digest, Sha256};
        match leaves {
            [] => Sha256::digest([]).into(),
            [one] => *one,
            _ => {
                let split = 1 << (usize::BITS - 1 - (leaves.len() - 1).leading_zeros());
                let (left, right) = leaves.split_at(split);
                let bytes = [&[1][..], &recursive(left), &recursive(right)].concat();
                Sha256::digest(bytes).into()
            }
        }
    }

    #[test]
    fn the_root_is_that_of_the_rfc_at_every_size() {
        let mut tree = Tree::default();
        let mut leaves = Vec::new();
        for number in 0..130_u8 {
            assert_eq!(tree.root(), recursive(&leaves), "{number}");
            let hash = leaf(&[number], b"record");
            leaves.push(hash);
            tree.push(hash);
            assert_eq!(tree.size(), leaves.len() as u64);
        }
    }
}
