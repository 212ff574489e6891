package mokuteki;

import java.time.LocalDate;
import java.util.Arrays;

/** A flow as written: what someone proposes to do with data. A field that is not given is open. */
public final class Flow {
    private final String[] fields;

    private Flow(String[] fields) {
        this.fields = fields;
    }

    /** Begins a flow. */
    public static Builder builder() {
        return new Builder();
    }

    /** What is written in a field; empty where it is open. */
    public String get(Field field) {
        String text = fields[field.ordinal()];
        return text == null ? "" : text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Flow && Arrays.equals(fields, ((Flow) other).fields);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(fields);
    }

    /** Takes the fields one by one. */
    public static final class Builder {
        private final String[] fields = new String[Field.ALL.length];

        private Builder() {}

        /** A field by its name; null or empty leaves it open. */
        public Builder set(Field field, String text) {
            fields[field.ordinal()] = text;
            return this;
        }

        /** The id of the society, or its 保険者番号. */
        public Builder society(String text) {
            return set(Field.SOCIETY, text);
        }

        /** The kinds of data; each is decided alone. */
        public Builder data(String... kinds) {
            return set(Field.DATA, String.join(";", kinds));
        }

        /** What was done to the data. */
        public Builder form(String text) {
            return set(Field.FORM, text);
        }

        /** Whose data. */
        public Builder subject(String text) {
            return set(Field.SUBJECT, text);
        }

        /** Who hands it over. */
        public Builder sender(String text) {
            return set(Field.SENDER, text);
        }

        /** Who receives it; 当組合 for internal use and for data received. */
        public Builder recipient(String text) {
            return set(Field.RECIPIENT, text);
        }

        /** The relation. */
        public Builder relation(String text) {
            return set(Field.RELATION, text);
        }

        /** The work it is for. */
        public Builder activity(String text) {
            return set(Field.ACTIVITY, text);
        }

        /** For 再委託, the entrustment above it. */
        public Builder under(String text) {
            return set(Field.UNDER, text);
        }

        /** How it travels. */
        public Builder channel(String text) {
            return set(Field.CHANNEL, text);
        }

        /** The citation that the flow claims. */
        public Builder basis(String text) {
            return set(Field.BASIS, text);
        }

        /** none, implied, explicit or refused. */
        public Builder consent(String text) {
            return set(Field.CONSENT, text);
        }

        /** Whether it carries 個人番号. */
        public Builder myNumber(boolean carries) {
            return set(Field.MY_NUMBER, Boolean.toString(carries));
        }

        /** Whether the recipient is outside Japan. */
        public Builder abroad(boolean outside) {
            return set(Field.ABROAD, Boolean.toString(outside));
        }

        /** The day. There is no default: the engine reads no clock. */
        public Builder asOf(LocalDate day) {
            return set(Field.AS_OF, day.toString());
        }

        /** The flow. */
        public Flow build() {
            return new Flow(fields.clone());
        }
    }
}
