package mokuteki;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Whatever the engine refuses: what, where, and the next step. */
public class MokutekiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String json;
    private final ArrayList<String> codes;

    MokutekiException(String json) {
        super(first(json, "code") + ": " + first(json, "message") + ". " + first(json, "help"));
        this.json = json;
        this.codes = all(json, "code");
    }

    /** The code of the first error: kebab-case, and it never changes. */
    public final String code() {
        return codes.isEmpty() ? "" : codes.get(0);
    }

    /** The codes of all errors. */
    public final List<String> codes() {
        return Collections.unmodifiableList(codes);
    }

    /** The record as JSON on one line. */
    public final String json() {
        return json;
    }

    /** The exception of a status; called by {@code glue.c}. */
    static MokutekiException of(int status, byte[] record) {
        String json = Text.of(record);
        switch (status) {
            case 1:
                return new FlowException(json);
            case 2:
                return new RefusedException(json);
            case 3:
                return new TokenException(json);
            case 4:
                return new RulesException(json);
            case 7:
                return new ClosedException(json);
            case 9:
                return new StaleException(json);
            default:
                return new MokutekiException(json);
        }
    }

    private static String first(String json, String key) {
        List<String> all = all(json, key);
        return all.isEmpty() ? "" : all.get(0);
    }

    /** The texts of a key. The library writes JSON without spaces, and quotes in texts behind a backslash. */
    private static ArrayList<String> all(String json, String key) {
        ArrayList<String> found = new ArrayList<>();
        String mark = "\"" + key + "\":\"";
        for (int at = json.indexOf(mark); at >= 0; at = json.indexOf(mark, at)) {
            StringBuilder text = new StringBuilder();
            at += mark.length();
            for (; at < json.length() && json.charAt(at) != '"'; at++) {
                char sign = json.charAt(at);
                if (sign == '\\' && at + 1 < json.length()) {
                    sign = json.charAt(++at);
                    if (sign == 'u' && at + 4 < json.length()) {
                        sign = (char) Integer.parseInt(json.substring(at + 1, at + 5), 16);
                        at += 4;
                    } else if (sign == 'n' || sign == 't' || sign == 'r') {
                        sign = ' ';
                    }
                }
                text.append(sign);
            }
            found.add(text.toString());
        }
        return found;
    }
}
