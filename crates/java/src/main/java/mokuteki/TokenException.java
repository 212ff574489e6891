package mokuteki;

/** The token proves nothing. */
public final class TokenException extends MokutekiException {
    private static final long serialVersionUID = 1L;

    TokenException(String json) {
        super(json);
    }
}
