package mokuteki;

/** The engine or permit was closed. */
public final class ClosedException extends MokutekiException {
    private static final long serialVersionUID = 1L;

    ClosedException(String json) {
        super(json);
    }
}
