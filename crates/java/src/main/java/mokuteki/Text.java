package mokuteki;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Texts of Java as the library has them. */
final class Text {
    private Text() {}

    /** UTF-8. Half of a surrogate pair is an error, and is not made a question mark. */
    static byte[] of(String what, String text) {
        if (text == null || text.isEmpty()) {
            return new byte[0];
        }
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] exact = new byte[bytes.remaining()];
            bytes.get(exact);
            return exact;
        } catch (CharacterCodingException error) {
            throw new IllegalArgumentException(what + ": half of a surrogate pair", error);
        }
    }

    static String of(byte[] text) {
        return new String(text, StandardCharsets.UTF_8);
    }

    static byte[][] of(Flow flow) {
        byte[][] fields = new byte[Field.ALL.length][];
        for (Field field : Field.ALL) {
            fields[field.ordinal()] = of(field.key(), flow.get(field));
        }
        return fields;
    }
}
