package mokuteki;

/** Answers for rows. */
public final class Answers {
    private final Engine engine;
    private final long generation;
    private final byte[] verdicts;
    private final int[] clauses;

    Answers(Engine engine, long generation, byte[] verdicts, int[] clauses) {
        this.engine = engine;
        this.generation = generation;
        this.verdicts = verdicts;
        this.clauses = clauses;
    }

    /** How many rows. */
    public int size() {
        return verdicts.length;
    }

    /** The verdict of a row; null for one that cannot be read, which {@link Engine#check} explains. */
    public Verdict verdict(int row) {
        return Verdict.of(verdicts[row]);
    }

    /**
     * The primary clause of a row, as in {@code aeon 5-3}; null where no clause covers it.
     *
     * @throws StaleException if the rules were exchanged since
     */
    public String clause(int row) {
        return clauses[row] == 0 ? null : engine.clause(generation, clauses[row]);
    }
}
