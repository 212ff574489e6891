package mokuteki;

/** The ids are those of other rules. */
public final class StaleException extends MokutekiException {
    private static final long serialVersionUID = 1L;

    StaleException(String json) {
        super(json);
    }
}
