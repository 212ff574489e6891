package mokuteki;

/** The rules do not check. */
public final class RulesException extends MokutekiException {
    private static final long serialVersionUID = 1L;

    RulesException(String json) {
        super(json);
    }
}
