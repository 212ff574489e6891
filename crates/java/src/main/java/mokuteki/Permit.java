package mokuteki;

import java.time.LocalDate;

/**
 * Proof that one closed flow to one sink was decided and permitted. Only {@link Engine#permit} makes one.
 *
 * <p>It outlives a reload of the rules and its engine. It lies outside the heap of Java (about a kilobyte) until it is closed:
 * use it in {@code try (…)}.
 *
 * @param <S> the sink that it is for
 */
public final class Permit<S extends Sink> implements AutoCloseable {
    private final long handle;
    private final S sink;
    private final String json;

    Permit(long handle, S sink) {
        this.handle = handle;
        this.sink = sink;
        this.json = Text.of(Native.permitRecord(handle));
    }

    /** The sink that it is for. */
    public S sink() {
        return sink;
    }

    /** What it says, as JSON: sink, flow, clause_id, clause, digest, accepted, persons, events. */
    public String json() {
        return json;
    }

    /** Whether it is for this day, as in 2026-04-01. */
    public boolean isFor(LocalDate day) {
        return json.contains("\"as_of\":\"" + day + "\"");
    }

    /**
     * A token that another process or language verifies.
     *
     * @param key of 16 bytes or more: whoever has it can make a token
     * @throws ClosedException if the permit was closed
     */
    public String token(byte[] key) {
        return Text.of(Native.token(handle, key));
    }

    @Override
    public void close() {
        // What was freed already stays so: no number is used again.
        Native.free(handle);
    }

    @Override
    public String toString() {
        return json;
    }
}
