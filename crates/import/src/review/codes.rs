//! The codes of an import. Each has a page under `docs/codes`.

mokuteki_findings::codes! {
    CLAUSE_GONE = "clause-gone", Warning;
    CLAUSE_LEFT_OUT = "clause-left-out", Note;
    CLAUSE_NEW = "clause-new", Warning;
    DOCUMENT_DOUBT = "document-doubt", Warning;
    SOCIETY_NAME = "society-name", Note;
    UNPLACED = "unplaced", Error;
    UNREAD = "unread", Error;
    UNREADABLE_CHARACTER = "unreadable-character", Warning;
}
