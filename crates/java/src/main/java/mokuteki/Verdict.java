package mokuteki;

/** The answer to a flow. Only {@link #PERMITTED} is a yes. */
public enum Verdict {
    /** A clause covers it, whatever is left open, and the ground stands. */
    PERMITTED("permitted"),
    /** A clause covers it; something is still to be declared. */
    CONDITIONAL("conditional"),
    /** No clause covers it. */
    OUT_OF_SCOPE("out_of_scope"),
    /** A statute forbids it, whatever the notice says. */
    PROHIBITED("prohibited"),
    /** It is declared as no personal data. */
    EXEMPT("exempt");

    private static final Verdict[] ALL = values();
    private final String word;

    Verdict(String word) {
        this.word = word;
    }

    /** The word of the record. */
    public String word() {
        return word;
    }

    /** Of a number of the contract; null for 0, a flow that was not decided. */
    static Verdict of(byte number) {
        return number < 1 || number > ALL.length ? null : ALL[number - 1];
    }
}
