package mokuteki;

/** A decided flow with its record. */
public final class Decision {
    private final Verdict verdict;
    private final String json;

    Decision(Verdict verdict, String json) {
        this.verdict = verdict;
        this.json = json;
    }

    /** The verdict: that of the worst kind of data. */
    public Verdict verdict() {
        return verdict;
    }

    /** The record (docs/record.md) as JSON on one line: what to keep. */
    public String json() {
        return json;
    }

    @Override
    public String toString() {
        return json;
    }
}
