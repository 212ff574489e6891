//! The codes of documents that cannot be read. Each has a page under `docs/codes`.

mokuteki_findings::codes! {
    BINARY = "document-binary", Error;
    BROKEN = "document-broken", Error;
    EMPTY = "document-empty", Error;
    ENCRYPTED = "document-encrypted", Error;
    NOT_IN_THIS_BUILD = "document-not-in-this-build", Error;
    SCANNED = "document-scanned", Error;
    TOO_DEEP = "document-too-deep", Error;
    TOO_LARGE = "document-too-large", Error;
    UNDECODABLE = "document-undecodable", Error;
}
