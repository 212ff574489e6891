package mokuteki;

/** There is no permit: the flow is not permitted, goes elsewhere, or rests on a word that was not accepted. */
public final class RefusedException extends MokutekiException {
    private static final long serialVersionUID = 1L;

    RefusedException(String json) {
        super(json);
    }
}
