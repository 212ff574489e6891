import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import mokuteki.Engine;
import mokuteki.Flow;
import mokuteki.Permit;
import mokuteki.RefusedException;
import mokuteki.Sink;
import mokuteki.TokenException;

/** A claims program: it sends claims to the contractor that checks them, and to nobody without a permit. */
public final class Claims {
    private static final byte[] KEY = "a key that only this system has".getBytes(StandardCharsets.UTF_8);

    /** The server of the contractor that checks claims. */
    static final class ClaimChecker extends Sink {
        ClaimChecker() {
            super("claim-checker", "点検業者");
        }
    }

    /** Sends claims. It takes a permit for this sink: that of another does not compile, and a flag is none. */
    static void sendToChecker(Permit<ClaimChecker> permit, LocalDate today, byte[] claims) {
        if (!permit.isFor(today)) {
            throw new IllegalStateException("not sent: the permit is for another day");
        }
        System.out.println("sent " + claims.length + " bytes by " + permit);
    }

    /** The same in another process, which is given the token of a permit. */
    static void worker(String token, LocalDate today, byte[] claims) {
        String said = Engine.verify(token, KEY, new ClaimChecker());
        if (!said.contains("\"as_of\":\"" + today + "\"")) {
            throw new IllegalStateException("not sent: the permit is for another day");
        }
        System.out.println("sent " + claims.length + " bytes by a token");
    }

    static Flow.Builder review(LocalDate today) {
        return Flow.builder()
                .society("aeon")
                .data("レセプト")
                .sender("当組合")
                .activity("レセプト点検")
                .myNumber(false)
                .abroad(false)
                .asOf(today);
    }

    public static void main(String[] arguments) {
        LocalDate today = LocalDate.of(2026, 4, 1);
        byte[] claims = "レセプト".getBytes(Charset.forName("windows-31j"));
        try (Engine engine = Engine.embedded()) {
            Flow flow = review(today).recipient("点検業者").build();
            try (Permit<ClaimChecker> permit = engine.permit(flow, new ClaimChecker())) {
                sendToChecker(permit, today, claims);
                worker(permit.token(KEY), today, claims);
            }
            try (Permit<ClaimChecker> none =
                    engine.permit(review(today).recipient("製薬会社").build(), new ClaimChecker())) {
                throw new IllegalStateException("a drug maker was given " + none);
            } catch (RefusedException refused) {
                System.out.println(refused.getMessage());
            }
            try {
                worker("true", today, claims);
                throw new IllegalStateException("a word was taken for a token");
            } catch (TokenException none) {
                System.out.println(none.getMessage());
            }
        }
    }
}
