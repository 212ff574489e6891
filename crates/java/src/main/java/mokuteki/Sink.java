package mokuteki;

/**
 * A place where data leaves or is used, declared once as a class of its own: a permit is for one, and a method that takes a
 * {@code Permit<ClaimChecker>} does not compile with that of another.
 *
 * <pre>{@code
 * final class ClaimChecker extends Sink {
 *     ClaimChecker() {
 *         super("claim-checker", "点検業者");
 *     }
 * }
 * }</pre>
 */
public abstract class Sink {
    private final String name;
    private final String recipient;

    /**
     * A sink.
     *
     * @param name a lasting name, such as {@code claim-checker}
     * @param recipient the party that receives there: a flow to another, or to a wider one, has no permit for it
     */
    protected Sink(String name, String recipient) {
        this.name = name;
        this.recipient = recipient;
    }

    /** The lasting name. */
    public final String name() {
        return name;
    }

    /** The party that receives there. */
    public final String recipient() {
        return recipient;
    }
}
