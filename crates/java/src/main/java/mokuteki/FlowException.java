package mokuteki;

/** Fields of the flow cannot be read. */
public final class FlowException extends MokutekiException {
    private static final long serialVersionUID = 1L;

    FlowException(String json) {
        super(json);
    }
}
