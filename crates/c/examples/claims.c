/* A claims program: it sends claims to the contractor that checks them, and to nobody without a token.
 *
 *   cc -Icrates/c/include crates/c/examples/claims.c -Ltarget/release -lmokuteki_c -o claims
 */
#include "mokuteki.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char KEY[] = "a key that only this system has";
static const char SINK[] = "claim-checker";

static mokuteki_text text(const char *of)
{
    mokuteki_text text = {of, strlen(of)};
    return text;
}

/* What the library says of the last fault of this thread. */
static void tell(const char *what)
{
    char error[8192];
    size_t length = 0;
    if (mokuteki_last_error(error, sizeof error, &length) != MOKUTEKI_OK)
        length = 0;
    printf("%s: %.*s\n", what, (int)length, error);
}

/* Sends claims to the checker. It takes the token of a permit and no flag: whoever calls it must have asked, and a token for
 * another sink or another day opens nothing. */
static int send_to_checker(const mokuteki_text *token, const char *today, const char *claims)
{
    char said[8192], day[64];
    size_t length = 0;
    mokuteki_text sink = text(SINK);
    if (mokuteki_verify(token, (const uint8_t *)KEY, strlen(KEY), &sink, MOKUTEKI_JAPANESE, said, sizeof said - 1,
                        &length) != MOKUTEKI_OK) {
        tell("not sent");
        return 0;
    }
    said[length] = '\0';
    snprintf(day, sizeof day, "\"as_of\":\"%s\"", today);
    if (strstr(said, day) == NULL) {
        printf("not sent: the permit is for another day\n");
        return 0;
    }
    printf("sent %zu bytes by %s\n", strlen(claims), said);
    return 1;
}

int main(void)
{
    uint64_t engine, permit;
    const char *today = "2026-04-01";
    if (mokuteki_abi() < MOKUTEKI_ABI || mokuteki_open_embedded(&engine) != MOKUTEKI_OK) {
        tell("no engine");
        return 1;
    }

    mokuteki_flow flow = {0};
    flow.field[MOKUTEKI_FIELD_SOCIETY] = text("aeon");
    flow.field[MOKUTEKI_FIELD_DATA] = text("レセプト");
    flow.field[MOKUTEKI_FIELD_SENDER] = text("当組合");
    flow.field[MOKUTEKI_FIELD_RECIPIENT] = text("点検業者");
    flow.field[MOKUTEKI_FIELD_ACTIVITY] = text("レセプト点検");
    flow.field[MOKUTEKI_FIELD_MY_NUMBER] = text("false");
    flow.field[MOKUTEKI_FIELD_ABROAD] = text("false");
    flow.field[MOKUTEKI_FIELD_AS_OF] = text(today);

    mokuteki_text sink = text(SINK), recipient = text("点検業者");
    char sealed[8192];
    size_t length = 0;
    if (mokuteki_permit(engine, &flow, &sink, &recipient, NULL, MOKUTEKI_JAPANESE, &permit) != MOKUTEKI_OK) {
        tell("no permit");
        return 1;
    }
    if (mokuteki_token(permit, (const uint8_t *)KEY, strlen(KEY), sealed, sizeof sealed, &length) != MOKUTEKI_OK) {
        tell("no token");
        return 1;
    }
    mokuteki_text token = {sealed, length};
    int sent = send_to_checker(&token, today, "claims");

    /* The token of yesterday opens nothing, and neither does a word. */
    mokuteki_text yes = text("true");
    int wrongly = send_to_checker(&token, "2026-04-02", "claims") + send_to_checker(&yes, today, "claims");

    /* To a drug maker no clause permits it: there is no permit, and the reason. */
    flow.field[MOKUTEKI_FIELD_RECIPIENT] = text("製薬会社");
    recipient = text("製薬会社");
    uint64_t none;
    int refused =
        mokuteki_permit(engine, &flow, &sink, &recipient, NULL, MOKUTEKI_JAPANESE, &none) == MOKUTEKI_REFUSED;
    tell("no permit");

    mokuteki_free(permit);
    mokuteki_free(engine);
    return sent && !wrongly && refused ? EXIT_SUCCESS : EXIT_FAILURE;
}
