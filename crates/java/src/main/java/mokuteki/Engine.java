package mokuteki;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A set of rules. Every method may be called from any thread, at the same time.
 *
 * <pre>{@code
 * try (Engine engine = Engine.embedded()) {
 *     Flow flow = Flow.builder().society("aeon").data("レセプト").recipient("点検業者").activity("レセプト点検")
 *         .asOf(LocalDate.of(2026, 4, 1)).build();
 *     if (engine.check(flow).verdict() == Verdict.PERMITTED) { … }
 * }
 * }</pre>
 */
public final class Engine implements AutoCloseable {
    private final long handle;

    private Engine(long number) {
        this.handle = number;
    }

    /** By the rules that ship with the library. */
    public static Engine embedded() {
        return new Engine(Native.openEmbedded());
    }

    /**
     * By the rules of a directory.
     *
     * @throws RulesException with every problem
     */
    public static Engine fromDirectory(Path directory, Lang lang) {
        return new Engine(Native.openDirectory(Text.of("directory", directory.toString()), lang.ordinal()));
    }

    /**
     * By the rules that ship with the library and files beside them, such as {@code terms/ours.toml}.
     *
     * @throws RulesException with every problem
     */
    public static Engine withFiles(Map<String, byte[]> files, Lang lang) {
        byte[][] pairs = new byte[files.size() * 2][];
        int at = 0;
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            pairs[at++] = Text.of("path", file.getKey());
            pairs[at++] = file.getValue();
        }
        return new Engine(Native.openFiles(pairs, lang.ordinal()));
    }

    /**
     * Decides by the rules of a directory from now on, or by those that ship where it is null. Calls that run go on with the
     * rules they began with.
     *
     * @throws RulesException if they do not check; those of before stay
     */
    public void reload(Path directory, Lang lang) {
        byte[] path = directory == null ? null : Text.of("directory", directory.toString());
        Native.reload(handle, path, lang.ordinal());
    }

    /** The SHA-256 of the rules, in hex. */
    public String digest() {
        return Text.of(Native.digest(handle));
    }

    /** The number of these rules, which ids belong to. */
    public long generation() {
        return Native.generation(handle);
    }

    /** As {@link #check(Flow, Lang)}, with a record in Japanese. */
    public Decision check(Flow flow) {
        return check(flow, Lang.JAPANESE);
    }

    /**
     * Decides a flow and explains it.
     *
     * @throws FlowException with every field that cannot be read
     */
    public Decision check(Flow flow, Lang lang) {
        byte[] verdict = new byte[1];
        byte[] record = Native.check(handle, Text.of(flow), lang.ordinal(), verdict);
        return new Decision(Verdict.of(verdict[0]), Text.of(record));
    }

    /**
     * Gives a permit for a flow of one kind of data to a sink.
     *
     * @param accepted the codes of what rests on the caller's word and is accepted by name, such as {@code assumed}
     * @throws FlowException if the flow cannot be read
     * @throws RefusedException if there is none, with the reason
     */
    public <S extends Sink> Permit<S> permit(Flow flow, S sink, String... accepted) {
        byte[] name = Text.of("sink", sink.name());
        byte[] recipient = Text.of("recipient", sink.recipient());
        byte[] codes = Text.of("accepted", String.join(";", accepted));
        int lang = Lang.JAPANESE.ordinal();
        long permit = Native.permit(handle, Text.of(flow), name, recipient, codes, lang);
        return new Permit<>(permit, sink);
    }

    /**
     * Reads a token that a key has sealed for a sink, and gives what its permit says, as JSON. That the day of the flow is
     * today, and the flow the one at hand, is for the caller to compare.
     *
     * @throws TokenException if it proves nothing
     */
    public static String verify(String token, byte[] key, Sink sink) {
        byte[] name = Text.of("sink", sink.name());
        return Text.of(Native.verify(Text.of("token", token), key, name, Lang.JAPANESE.ordinal()));
    }

    /** Decides many flows. Those that say the same are decided once. */
    public Answers decide(List<Flow> flows) {
        int rows = flows.size();
        byte[][][] names = new byte[Field.ALL.length][][];
        int[][] codes = new int[Field.ALL.length][rows];
        for (Field field : Field.ALL) {
            Map<String, Integer> places = new HashMap<>();
            ArrayList<byte[]> texts = new ArrayList<>();
            int[] column = codes[field.ordinal()];
            int row = 0;
            for (Flow flow : flows) {
                String text = flow.get(field);
                Integer place = text.isEmpty() ? Integer.valueOf(-1) : places.get(text);
                if (place == null) {
                    place = texts.size();
                    places.put(text, place);
                    texts.add(Text.of(field.key(), text));
                }
                column[row++] = place;
            }
            names[field.ordinal()] = texts.toArray(new byte[0][]);
        }
        long generation = generation();
        byte[] verdicts = new byte[rows];
        int[] clauses = new int[rows];
        Native.decideCoded(handle, rows, names, codes, verdicts, clauses);
        return new Answers(this, generation, verdicts, clauses);
    }

    /**
     * The id of a name in a field, for flows of this generation.
     *
     * @param society and the day, as in 20260401, say how a basis is read; 0 elsewhere
     * @throws FlowException if the name is none of the words of the field
     * @throws StaleException if the rules were exchanged
     */
    public int resolve(long generation, Field field, String name, int society, int asOf) {
        byte[] text = Text.of(field.key(), name);
        return Native.resolve(handle, generation, field.ordinal(), text, society, asOf);
    }

    /**
     * Decides columns of ids. 0 is open; the ids of {@link Field#AS_OF} are days such as 20260401.
     *
     * @throws StaleException if the rules were exchanged since the ids were resolved
     */
    public Answers decideIds(long generation, EnumMap<Field, int[]> columns) {
        int[][] all = new int[Field.ALL.length][];
        int rows = -1;
        for (Map.Entry<Field, int[]> column : columns.entrySet()) {
            if (rows >= 0 && rows != column.getValue().length) {
                throw new IllegalArgumentException("columns of different lengths");
            }
            rows = column.getValue().length;
            all[column.getKey().ordinal()] = column.getValue();
        }
        rows = Math.max(rows, 0);
        byte[] verdicts = new byte[rows];
        int[] clauses = new int[rows];
        Native.decideIds(handle, generation, rows, all, verdicts, clauses);
        return new Answers(this, generation, verdicts, clauses);
    }

    String clause(long generation, int number) {
        return Text.of(Native.clause(handle, generation, number));
    }

    /** Lets the rules go. What is called after it throws {@link ClosedException}; permits stay. */
    @Override
    public void close() {
        // What was freed already stays so: no number is used again.
        Native.free(handle);
    }
}
