/* The vectors through the C library, and what a program may get wrong: closed handles, wrong encodings, threads, memory,
 * panics. `crates/c/test` builds and runs it. */
#include "mokuteki.h"

#include <openssl/sha.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Only in a library that is built for tests. */
extern int32_t mokuteki_probe_panic(void);

enum { MOST_ROWS = 2000, MOST_CELLS = 40, ROOM = 1 << 20 };

typedef struct {
    char *text;
    char *cell[MOST_ROWS][MOST_CELLS];
    size_t rows; /* without the header */
} table;

static long passed, failed;

static void expect(int right, const char *what, const char *of)
{
    if (right) {
        passed++;
    } else {
        failed++;
        fprintf(stderr, "c: %s: %s\n", of, what);
    }
}

static void *room(size_t size)
{
    void *at = calloc(1, size);
    if (at == NULL) {
        perror("c");
        exit(1);
    }
    return at;
}

static table *load(const char *folder, const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        perror(path);
        exit(1);
    }
    table *read = room(sizeof *read);
    read->text = room(ROOM + 1);
    size_t length = fread(read->text, 1, ROOM, file);
    fclose(file);
    char *at = strchr(read->text, '\n');
    if (length == ROOM || at == NULL) {
        fprintf(stderr, "c: %s: not a table of vectors\n", path);
        exit(1);
    }
    for (at++; *at != '\0' && read->rows < MOST_ROWS; read->rows++) {
        size_t cell = 0;
        read->cell[read->rows][cell++] = at;
        for (; *at != '\n'; at++) {
            if (*at == '\t') {
                *at = '\0';
                read->cell[read->rows][cell++] = at + 1;
            }
        }
        *at++ = '\0';
    }
    return read;
}

static mokuteki_text text(const char *of)
{
    mokuteki_text text = {of, strlen(of)};
    return text;
}

/* The fields of a row stand behind its id. */
static mokuteki_flow flow_of(char **cell)
{
    mokuteki_flow flow;
    for (size_t at = 0; at < MOKUTEKI_FIELDS; at++)
        flow.field[at] = text(cell[1 + at]);
    return flow;
}

static const char *hex(const char *of, size_t length, char digest[65])
{
    unsigned char bytes[SHA256_DIGEST_LENGTH];
    SHA256((const unsigned char *)of, length, bytes);
    for (size_t at = 0; at < sizeof bytes; at++)
        snprintf(digest + 2 * at, 3, "%02x", bytes[at]);
    return digest;
}

static const char *const words[] = {"", "permitted", "conditional", "out_of_scope", "prohibited", "exempt"};

/* The codes of the last error, as the vectors write them. */
static const char *codes(char *json, size_t length, char *found)
{
    *found = '\0';
    json[length] = '\0';
    for (char *at = json; (at = strstr(at, "\"code\":\"")) != NULL;) {
        at += strlen("\"code\":\"");
        strncat(strcat(found, *found ? ";" : ""), at, strcspn(at, "\""));
    }
    return found;
}

enum { STATUS = 16, VERDICT, CLAUSE, CODES, ENGLISH, JAPANESE };
enum { SINK = 16, SINK_RECIPIENT, ACCEPTED, PERMIT_STATUS, PERMIT_CODES, TOKEN };

/* Whether a row is answered as the vectors say; callable from any thread. */
static int answers(uint64_t engine, char **cell, char *buffer)
{
    mokuteki_flow flow = flow_of(cell);
    char digest[65], found[1000];
    for (uint32_t language = MOKUTEKI_ENGLISH; language <= MOKUTEKI_JAPANESE; language++) {
        uint8_t verdict;
        size_t length;
        int32_t status = mokuteki_check(engine, &flow, language, &verdict, buffer, ROOM, &length);
        if (status != atoi(cell[STATUS]) || strcmp(words[verdict], cell[VERDICT]) != 0)
            return 0;
        if (status != MOKUTEKI_OK) {
            if (mokuteki_last_error(buffer, ROOM - 1, &length) != MOKUTEKI_OK)
                return 0;
        }
        if (strcmp(hex(buffer, length, digest), cell[ENGLISH + language]) != 0)
            return 0;
        if (status != MOKUTEKI_OK && strcmp(codes(buffer, length, found), cell[CODES]) != 0)
            return 0;
    }
    return 1;
}

static void flows(uint64_t engine, table *rows, char *buffer)
{
    for (size_t row = 0; row < rows->rows; row++)
        expect(answers(engine, rows->cell[row], buffer), "another answer", rows->cell[row][0]);
}

static void permits(uint64_t engine, table *rows, const char *key, char *buffer)
{
    char found[1000];
    for (size_t row = 0; row < rows->rows; row++) {
        char **cell = rows->cell[row];
        mokuteki_flow flow = flow_of(cell);
        mokuteki_text sink = text(cell[SINK]), to = text(cell[SINK_RECIPIENT]), accepted = text(cell[ACCEPTED]);
        uint64_t permit;
        size_t length = 0;
        int32_t status = mokuteki_permit(engine, &flow, &sink, &to, &accepted, MOKUTEKI_ENGLISH, &permit);
        int right = status == atoi(cell[PERMIT_STATUS]) && (permit != 0) == (status == MOKUTEKI_OK);
        if (status == MOKUTEKI_OK) {
            right &= mokuteki_token(permit, (const uint8_t *)key, strlen(key), buffer, ROOM, &length) == MOKUTEKI_OK;
            right &= length == strlen(cell[TOKEN]) && memcmp(buffer, cell[TOKEN], length) == 0;
            right &= mokuteki_free(permit) == MOKUTEKI_OK && mokuteki_free(permit) == MOKUTEKI_CLOSED;
        } else {
            right &= mokuteki_last_error(buffer, ROOM - 1, &length) == MOKUTEKI_OK;
            right &= strcmp(codes(buffer, length, found), cell[PERMIT_CODES]) == 0;
        }
        expect(right, "another permit", cell[0]);
    }
}

static void tokens(table *rows, char *buffer)
{
    char digest[65], found[1000];
    for (size_t row = 0; row < rows->rows; row++) {
        char **cell = rows->cell[row];
        mokuteki_text token = text(cell[1]), sink = text(cell[3]);
        size_t length = 0;
        int32_t status = mokuteki_verify(&token, (const uint8_t *)cell[2], strlen(cell[2]), &sink, MOKUTEKI_ENGLISH,
                                         buffer, ROOM, &length);
        int right = status == atoi(cell[4]);
        if (status == MOKUTEKI_OK) {
            right &= strcmp(hex(buffer, length, digest), cell[6]) == 0;
        } else {
            right &= mokuteki_last_error(buffer, ROOM - 1, &length) == MOKUTEKI_OK;
            right &= strcmp(codes(buffer, length, found), cell[5]) == 0;
        }
        expect(right, "another token", cell[0]);
    }
}

/* Whether a verdict and the number of its clause are those of the row. */
static int is_of(uint64_t engine, uint64_t generation, char **cell, uint8_t verdict, uint32_t clause)
{
    char label[100] = "";
    size_t length = 0;
    if (strcmp(words[verdict], cell[VERDICT]) != 0)
        return 0;
    if (clause == 0)
        return *cell[CLAUSE] == '\0';
    return mokuteki_clause(engine, generation, clause, label, sizeof label - 1, &length) == MOKUTEKI_OK &&
           strcmp(label, cell[CLAUSE]) == 0;
}

/* All rows at once, as texts with a dictionary and, where each of their words has an id, as ids. */
static void columns(uint64_t engine, table *rows)
{
    uint64_t generation;
    size_t count = rows->rows, with_ids = 0;
    mokuteki_coded coded[MOKUTEKI_FIELDS];
    mokuteki_ids ids = {0};
    uint8_t *verdicts = room(count);
    uint32_t *clauses = room(count * sizeof *clauses);
    size_t *row_of = room(count * sizeof *row_of);
    uint32_t *column[MOKUTEKI_FIELDS];
    expect(mokuteki_generation(engine, &generation) == MOKUTEKI_OK, "no generation", "columns");
    for (size_t field = 0; field < MOKUTEKI_FIELDS; field++) {
        mokuteki_text *names = room(count * sizeof *names);
        int32_t *codes = room(count * sizeof *codes);
        for (size_t row = 0; row < count; row++) {
            names[row] = text(rows->cell[row][1 + field]);
            codes[row] = names[row].length == 0 ? -1 : (int32_t)row;
        }
        coded[field] = (mokuteki_coded){names, count, codes};
        column[field] = room(count * sizeof **column);
        ids.column[field] = field == MOKUTEKI_FIELD_UNDER ? NULL : column[field];
    }
    expect(mokuteki_decide_coded(engine, coded, count, verdicts, clauses) == MOKUTEKI_OK, "fails", "coded");
    for (size_t row = 0; row < count; row++)
        expect(is_of(engine, generation, rows->cell[row], verdicts[row], clauses[row]), "other texts", rows->cell[row][0]);
    for (size_t row = 0; row < count; row++) {
        char **cell = rows->cell[row] + 1;
        int year, month, day, end = 0;
        if (sscanf(cell[MOKUTEKI_FIELD_AS_OF], "%4d-%2d-%2d%n", &year, &month, &day, &end) != 3 ||
            cell[MOKUTEKI_FIELD_AS_OF][end] != '\0' || *cell[MOKUTEKI_FIELD_UNDER] != '\0')
            continue;
        uint32_t as_of = (uint32_t)(year * 10000 + month * 100 + day), id[MOKUTEKI_FIELDS] = {0};
        int all = 1;
        for (uint32_t field = 0; field < MOKUTEKI_FIELD_AS_OF && all; field++) {
            size_t length = strlen(cell[field]);
            if (length != 0)
                all = mokuteki_resolve(engine, generation, field, cell[field], length, id[MOKUTEKI_FIELD_SOCIETY], as_of,
                                       &id[field]) == MOKUTEKI_OK;
        }
        if (!all)
            continue;
        id[MOKUTEKI_FIELD_AS_OF] = as_of;
        for (size_t field = 0; field < MOKUTEKI_FIELDS; field++)
            column[field][with_ids] = id[field];
        row_of[with_ids++] = row;
    }
    ids.generation = generation;
    ids.rows = with_ids;
    expect(with_ids > 400, "hardly any row has ids", "ids");
    expect(mokuteki_decide_ids(engine, &ids, verdicts, clauses) == MOKUTEKI_OK, "fails", "ids");
    for (size_t at = 0; at < with_ids; at++) {
        char **cell = rows->cell[row_of[at]];
        expect(is_of(engine, generation, cell, verdicts[at], clauses[at]), "other ids", cell[0]);
    }
    expect(mokuteki_reload(engine, NULL, 0, MOKUTEKI_ENGLISH) == MOKUTEKI_OK, "fails", "reload");
    expect(mokuteki_decide_ids(engine, &ids, verdicts, clauses) == MOKUTEKI_STALE && verdicts[0] == MOKUTEKI_NOT_DECIDED,
           "ids of before a reload", "ids");
    for (size_t field = 0; field < MOKUTEKI_FIELDS; field++) {
        free((void *)coded[field].names);
        free((void *)coded[field].codes);
        free(column[field]);
    }
    free(verdicts);
    free(clauses);
    free(row_of);
}

static void wrong(uint64_t engine, table *rows, char *buffer)
{
    mokuteki_flow flow = flow_of(rows->cell[0]);
    uint64_t other = 0;
    uint8_t verdict = 99;
    size_t length = 0;
    expect(mokuteki_abi() == MOKUTEKI_ABI, "another interface", "abi");
    /* レセプト in Shift_JIS. */
    flow.field[MOKUTEKI_FIELD_DATA] = text("\x83\x8c\x83\x5a\x83\x76\x83\x67");
    expect(mokuteki_check(engine, &flow, MOKUTEKI_JAPANESE, &verdict, buffer, ROOM, &length) == MOKUTEKI_NOT_UTF8 &&
               verdict == MOKUTEKI_NOT_DECIDED,
           "is taken", "Shift_JIS");
    flow = flow_of(rows->cell[0]);
    expect(mokuteki_check(engine, &flow, MOKUTEKI_JAPANESE, &verdict, buffer, 10, &length) == MOKUTEKI_TOO_SMALL &&
               length > 10,
           "is taken", "a small buffer");
    expect(mokuteki_open_embedded(&other) == MOKUTEKI_OK && mokuteki_free(other) == MOKUTEKI_OK, "fails", "open");
    expect(mokuteki_check(other, &flow, MOKUTEKI_JAPANESE, &verdict, buffer, ROOM, &length) == MOKUTEKI_CLOSED &&
               verdict == MOKUTEKI_NOT_DECIDED,
           "is taken", "a closed handle");
    expect(mokuteki_free(other) == MOKUTEKI_CLOSED, "is freed twice", "a closed handle");
    expect(mokuteki_open_directory("no/such", 7, MOKUTEKI_JAPANESE, &other) == MOKUTEKI_BAD_RULES && other == 0, "opens",
           "no rules");
    expect(mokuteki_probe_panic() == MOKUTEKI_PANIC, "gets out", "a panic");
}

typedef struct {
    uint64_t engine;
    table *rows;
    long wrong;
} work;

static void *decide(void *given)
{
    work *mine = given;
    char *buffer = room(ROOM);
    for (size_t row = 0; row < mine->rows->rows; row++)
        mine->wrong += !answers(mine->engine, mine->rows->cell[row], buffer);
    free(buffer);
    return NULL;
}

static void threads(uint64_t engine, table *rows)
{
    pthread_t thread[4];
    work mine[4];
    for (int at = 0; at < 4; at++) {
        mine[at] = (work){engine, rows, 0};
        expect(pthread_create(&thread[at], NULL, decide, &mine[at]) == 0, "does not start", "a thread");
    }
    for (int round = 0; round < 5; round++)
        expect(mokuteki_reload(engine, NULL, 0, MOKUTEKI_ENGLISH) == MOKUTEKI_OK, "fails", "reload");
    for (int at = 0; at < 4; at++) {
        pthread_join(thread[at], NULL);
        expect(mine[at].wrong == 0, "answers otherwise", "a thread");
    }
}

static long resident(void)
{
    char line[200];
    long kilobytes = 0;
    FILE *status = fopen("/proc/self/status", "r");
    while (status != NULL && fgets(line, sizeof line, status) != NULL)
        sscanf(line, "VmRSS: %ld", &kilobytes);
    if (status != NULL)
        fclose(status);
    return kilobytes;
}

/* One of 50,000 calls and more: a permit, its token, and a flow that is wrong. */
static void one(uint64_t engine, char **permitted, char **rejected, const char *key, char *buffer)
{
    uint64_t permit = 0;
    uint8_t verdict;
    size_t length;
    mokuteki_flow flow = flow_of(permitted), other = flow_of(rejected);
    mokuteki_text sink = text(permitted[SINK]), to = text(permitted[SINK_RECIPIENT]), accepted = text(permitted[ACCEPTED]);
    mokuteki_permit(engine, &flow, &sink, &to, &accepted, MOKUTEKI_ENGLISH, &permit);
    mokuteki_token(permit, (const uint8_t *)key, strlen(key), buffer, ROOM, &length);
    mokuteki_free(permit);
    mokuteki_check(engine, &other, MOKUTEKI_ENGLISH, &verdict, buffer, ROOM, &length);
    mokuteki_check(engine, &flow, MOKUTEKI_ENGLISH, &verdict, buffer, ROOM, &length);
}

static void memory(uint64_t engine, table *rows, table *asked, const char *key, char *buffer)
{
    char **permitted = NULL, **rejected = rows->cell[rows->rows - 1];
    for (size_t row = 0; row < asked->rows && permitted == NULL; row++)
        permitted = atoi(asked->cell[row][PERMIT_STATUS]) == MOKUTEKI_OK ? asked->cell[row] : NULL;
    for (int round = 0; round < 200; round++)
        one(engine, permitted, rejected, key, buffer);
    long before = resident();
    for (int round = 0; round < 10000; round++)
        one(engine, permitted, rejected, key, buffer);
    long grown = resident() - before;
    fprintf(stderr, "c: %ld KB more after 50,000 calls\n", grown);
    expect(grown <= 32 << 10, "grows", "memory");
}

int main(int count, char **argument)
{
    if (count != 2) {
        fprintf(stderr, "usage: vectors FOLDER\n");
        return 1;
    }
    table *rows = load(argument[1], "flows.tsv"), *asked = load(argument[1], "permits.tsv");
    table *shown = load(argument[1], "tokens.tsv");
    const char *key = shown->cell[0][2];
    char *buffer = room(ROOM);
    uint64_t engine = 0;
    expect(mokuteki_open_embedded(&engine) == MOKUTEKI_OK, "does not open", "engine");
    flows(engine, rows, buffer);
    permits(engine, asked, key, buffer);
    tokens(shown, buffer);
    columns(engine, rows);
    wrong(engine, rows, buffer);
    threads(engine, rows);
    memory(engine, rows, asked, key, buffer);
    expect(mokuteki_free(engine) == MOKUTEKI_OK, "does not close", "engine");
    printf("c: %ld passed, %ld failed\n", passed, failed);
    return failed != 0 || passed == 0;
}
