package mokuteki;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/** The vectors through the jar, and what a program may get wrong. {@code crates/java/test} runs it. */
public final class Vectors {
    private static Path folder;
    private static int passed;
    private static int failed;

    private Vectors() {}

    private static void expect(boolean right, String what) {
        if (right) {
            passed++;
        } else {
            failed++;
            System.err.println("java: " + what);
        }
    }

    private static void raises(Class<? extends Throwable> error, Callable<?> call, String what) {
        try {
            call.call();
            expect(false, what + ": nothing is thrown");
        } catch (Throwable thrown) {
            expect(error.isInstance(thrown), what + ": " + thrown);
        }
    }

    private static List<Map<String, String>> rows(String name) throws Exception {
        List<String> lines = Files.readAllLines(folder.resolve(name), StandardCharsets.UTF_8);
        String[] header = lines.get(0).split("\t", -1);
        List<Map<String, String>> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split("\t", -1);
            Map<String, String> row = new HashMap<>();
            for (int at = 0; at < header.length; at++) {
                row.put(header[at], cells[at]);
            }
            rows.add(row);
        }
        return rows;
    }

    private static String sha256(String text) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        StringBuilder hex = new StringBuilder();
        for (byte one : digest) {
            hex.append(String.format("%02x", one));
        }
        return hex.toString();
    }

    private static Flow flow(Map<String, String> row) {
        Flow.Builder flow = Flow.builder();
        for (Field field : Field.values()) {
            flow.set(field, row.get(field.key()));
        }
        return flow.build();
    }

    private static boolean answers(Engine engine, Map<String, String> row) throws Exception {
        for (Lang lang : Lang.values()) {
            String json;
            boolean right;
            try {
                Decision decision = engine.check(flow(row), lang);
                json = decision.json();
                right = row.get("status").equals("0") && decision.verdict().word().equals(row.get("verdict"));
            } catch (FlowException error) {
                json = error.json();
                right = row.get("status").equals("1") && String.join(";", error.codes()).equals(row.get("codes"));
            }
            if (!right || !sha256(json).equals(row.get(lang == Lang.ENGLISH ? "sha256_en" : "sha256_ja"))) {
                return false;
            }
        }
        return true;
    }

    /** A sink of which the vectors say what it is. */
    private static final class Named extends Sink {
        Named(String name, String recipient) {
            super(name, recipient);
        }
    }

    private static String[] accepted(Map<String, String> row) {
        return row.get("accepted").isEmpty() ? new String[0] : row.get("accepted").split(";");
    }

    private static void permits(Engine engine, byte[] key) throws Exception {
        for (Map<String, String> row : rows("permits.tsv")) {
            Named sink = new Named(row.get("sink"), row.get("sink_recipient"));
            try (Permit<Named> permit = engine.permit(flow(row), sink, accepted(row))) {
                boolean right = row.get("status").equals("0") && permit.token(key).equals(row.get("token"));
                expect(right && permit.sink() == sink, "another permit: " + row.get("id"));
            } catch (FlowException | RefusedException error) {
                String status = error instanceof FlowException ? "1" : "2";
                boolean right = status.equals(row.get("status"));
                right &= String.join(";", error.codes()).equals(row.get("codes"));
                expect(right, "another refusal: " + row.get("id"));
            }
        }
    }

    private static void tokens() throws Exception {
        for (Map<String, String> row : rows("tokens.tsv")) {
            byte[] key = row.get("key").getBytes(StandardCharsets.UTF_8);
            try {
                String said = Engine.verify(row.get("token"), key, new Named(row.get("sink"), ""));
                boolean right = row.get("status").equals("0") && sha256(said).equals(row.get("sha256"));
                expect(right, "another token: " + row.get("id"));
            } catch (TokenException error) {
                boolean right = row.get("status").equals("3") && error.code().equals(row.get("code"));
                expect(right, "another reason: " + row.get("id"));
            }
        }
    }

    private static boolean isOf(Map<String, String> row, Answers answers, int at) {
        Verdict verdict = answers.verdict(at);
        String clause = answers.clause(at);
        return row.get("verdict").equals(verdict == null ? "" : verdict.word())
                && row.get("clause").equals(clause == null ? "" : clause);
    }

    private static void columns(Engine engine, List<Map<String, String>> rows) throws Exception {
        List<Flow> flows = new ArrayList<>();
        for (Map<String, String> row : rows) {
            flows.add(flow(row));
        }
        Answers found = engine.decide(flows);
        for (int at = 0; at < rows.size(); at++) {
            expect(isOf(rows.get(at), found, at), "other texts: " + rows.get(at).get("id"));
        }
        long generation = engine.generation();
        List<int[]> ids = new ArrayList<>();
        List<Map<String, String>> kept = new ArrayList<>();
        for (Map<String, String> row : rows) {
            int[] id = new int[Field.values().length];
            try {
                LocalDate day = LocalDate.parse(row.get("as_of"));
                int asOf = day.getYear() * 10000 + day.getMonthValue() * 100 + day.getDayOfMonth();
                for (Field field : Field.values()) {
                    String text = row.get(field.key());
                    if (field == Field.AS_OF) {
                        id[field.ordinal()] = asOf;
                    } else if (!text.isEmpty()) {
                        id[field.ordinal()] = engine.resolve(generation, field, text, id[0], asOf);
                    }
                }
            } catch (MokutekiException | java.time.DateTimeException error) {
                continue;
            }
            ids.add(id);
            kept.add(row);
        }
        expect(kept.size() > 400, "hardly any row has ids");
        EnumMap<Field, int[]> columns = new EnumMap<>(Field.class);
        for (Field field : Field.values()) {
            int[] column = new int[kept.size()];
            for (int at = 0; at < column.length; at++) {
                column[at] = ids.get(at)[field.ordinal()];
            }
            if (field != Field.UNDER) {
                columns.put(field, column);
            }
        }
        found = engine.decideIds(generation, columns);
        for (int at = 0; at < kept.size(); at++) {
            expect(isOf(kept.get(at), found, at), "other ids: " + kept.get(at).get("id"));
        }
        engine.reload(null, Lang.ENGLISH);
        raises(StaleException.class, () -> engine.decideIds(generation, columns), "ids of before a reload");
    }

    private static Flow.Builder review() {
        return Flow.builder()
                .society("aeon")
                .data("レセプト")
                .sender("当組合")
                .recipient("点検業者")
                .activity("レセプト点検")
                .myNumber(false)
                .abroad(false)
                .asOf(LocalDate.of(2026, 4, 1));
    }

    private static void wrong(Engine engine) {
        Named sink = new Named("claim-checker", "点検業者");
        byte[] key = "a key for tests only".getBytes(StandardCharsets.UTF_8);
        Permit<Named> permit = engine.permit(review().build(), sink);
        expect(Engine.verify(permit.token(key), key, sink).equals(permit.json()), "the token says otherwise");
        expect(permit.isFor(LocalDate.of(2026, 4, 1)) && !permit.isFor(LocalDate.of(2026, 4, 2)), "another day");
        raises(MokutekiException.class, () -> permit.token(new byte[3]), "a short key");
        permit.close();
        permit.close();
        raises(ClosedException.class, () -> permit.token(key), "a closed permit");
        // What a program that reads Shift_JIS as ISO 8859-1, or half of a character, hands over.
        String mistaken = new String(new byte[] {(byte) 0x83, (byte) 0x8c}, StandardCharsets.ISO_8859_1);
        raises(FlowException.class, () -> engine.check(review().data(mistaken).build()), "Shift_JIS as Latin");
        raises(IllegalArgumentException.class, () -> engine.check(review().data("レ\ud83c").build()), "half a pair");
        expect(engine.check(review().data("レセプト").build()).verdict() == Verdict.PERMITTED, "after that");
        raises(FlowException.class, () -> engine.check(review().data("レセ\u0000プト").build()), "a zero");
        raises(MokutekiException.class, () -> engine.permit(review().build(), sink, "asumed"), "a code that is none");
        raises(RulesException.class, () -> Engine.fromDirectory(Paths.get("no/such"), Lang.JAPANESE), "no rules");
        Map<String, byte[]> files = Collections.singletonMap("terms/a.toml", new byte[] {(byte) 0x83, (byte) 0x8c});
        raises(RulesException.class, () -> Engine.withFiles(files, Lang.ENGLISH), "rules in Shift_JIS");
        Engine other = Engine.embedded();
        Permit<Named> held = other.permit(review().build(), sink);
        other.close();
        other.close();
        raises(ClosedException.class, other::digest, "a closed engine");
        raises(ClosedException.class, () -> other.check(review().build()), "a closed engine");
        expect(!held.token(key).isEmpty(), "a permit does not outlive its engine");
        held.close();
        raises(MokutekiException.class, () -> { Native.probePanic(); return null; }, "a panic");
        expect(engine.check(review().build()).verdict() == Verdict.PERMITTED, "after a panic");
    }

    private static void threads(Engine engine, List<Map<String, String>> rows) throws Exception {
        AtomicInteger right = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int at = 0; at < 4; at++) {
            Thread thread = new Thread(() -> {
                try {
                    boolean all = true;
                    for (Map<String, String> row : rows) {
                        all &= answers(engine, row);
                    }
                    right.addAndGet(all ? 1 : 0);
                } catch (Exception error) {
                    error.printStackTrace();
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (int round = 0; round < 5; round++) {
            engine.reload(null, Lang.ENGLISH);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        expect(right.get() == 4, "threads answer otherwise");
    }

    /** The resident memory in KB, with a heap of a fixed size that was touched at the start. */
    private static long resident() throws Exception {
        for (String line : Files.readAllLines(Paths.get("/proc/self/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", ""));
            }
        }
        return 0;
    }

    private static void memory(Engine engine) throws Exception {
        Named sink = new Named("claim-checker", "点検業者");
        byte[] key = "a key for tests only".getBytes(StandardCharsets.UTF_8);
        long before = 0;
        for (int round = 0; round < 20_000; round++) {
            if (round == 10_000) {
                before = resident();
            }
            try (Permit<Named> permit = engine.permit(review().build(), sink)) {
                Engine.verify(permit.token(key), key, sink);
            }
            engine.check(review().build());
            try {
                engine.check(Flow.builder().society("aeon").build());
            } catch (FlowException error) {
                // What is asked for.
            }
        }
        long grown = resident() - before;
        System.err.println("java: " + grown + " KB more after 50,000 calls");
        expect(grown <= 32 << 10, "memory grows");
    }

    public static void main(String[] arguments) throws Exception {
        folder = Paths.get(arguments[0]);
        List<Map<String, String>> flows = rows("flows.tsv");
        try (Engine engine = Engine.embedded()) {
            for (Map<String, String> row : flows) {
                expect(answers(engine, row), "another answer: " + row.get("id"));
            }
            permits(engine, rows("tokens.tsv").get(0).get("key").getBytes(StandardCharsets.UTF_8));
            tokens();
            columns(engine, flows);
            wrong(engine);
            threads(engine, flows);
            memory(engine);
        }
        System.out.println("java: " + passed + " passed, " + failed + " failed");
        System.exit(failed == 0 && passed > 0 ? 0 : 1);
    }
}
