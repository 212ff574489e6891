/* The native methods of mokuteki.Native, over the C library. Nothing here keeps a reference or a pointer: each call copies what
 * Java hands over, and frees the copy. Where a call fails, the exception is thrown here, in the thread that failed, for a
 * virtual thread may be elsewhere by its next call. */
#include "mokuteki.h"

#include <jni.h>
#include <stdlib.h>
#include <string.h>

enum { NO_MEMORY = -1, THROWN = -2 };

/* A copy of an array of bytes. */
typedef struct {
    char *at;
    size_t length;
} bytes;

static int32_t copy(JNIEnv *env, jbyteArray from, bytes *to)
{
    to->at = NULL;
    to->length = 0;
    if (from == NULL)
        return MOKUTEKI_OK;
    jsize length = (*env)->GetArrayLength(env, from);
    if (length == 0)
        return MOKUTEKI_OK;
    to->at = malloc((size_t)length);
    if (to->at == NULL)
        return NO_MEMORY;
    (*env)->GetByteArrayRegion(env, from, 0, length, (jbyte *)to->at);
    to->length = (size_t)length;
    return (*env)->ExceptionCheck(env) ? THROWN : MOKUTEKI_OK;
}

static mokuteki_text text(const bytes *of)
{
    mokuteki_text text = {of->at, of->length};
    return text;
}

static jbyteArray array(JNIEnv *env, const char *at, size_t length)
{
    jbyteArray made = (*env)->NewByteArray(env, (jsize)length);
    if (made != NULL)
        (*env)->SetByteArrayRegion(env, made, 0, (jsize)length, (const jbyte *)at);
    return made;
}

/* What a call writes: it is called again with more room where there is too little. */
typedef struct {
    char *at;
    size_t capacity, length;
} room;

static int32_t grow(room *room, int32_t status)
{
    if (status != MOKUTEKI_TOO_SMALL)
        return status;
    free(room->at);
    room->capacity = room->length;
    room->at = malloc(room->capacity);
    return room->at == NULL ? NO_MEMORY : MOKUTEKI_TOO_SMALL;
}

#define FILL(status, room, call)                                                                                     \
    do {                                                                                                             \
        (status) = (call);                                                                                           \
        (status) = grow(&(room), (status));                                                                          \
    } while ((status) == MOKUTEKI_TOO_SMALL)

/* Throws the exception of a status. */
static void raise(JNIEnv *env, int32_t status)
{
    if (status == THROWN || (*env)->ExceptionCheck(env))
        return;
    if (status == NO_MEMORY) {
        jclass error = (*env)->FindClass(env, "java/lang/OutOfMemoryError");
        if (error != NULL)
            (*env)->ThrowNew(env, error, "mokuteki");
        return;
    }
    room said = {0};
    int32_t kept;
    FILL(kept, said, mokuteki_last_error(said.at, said.capacity, &said.length));
    jclass faults = (*env)->FindClass(env, "mokuteki/MokutekiException");
    jmethodID of = faults == NULL ? NULL : (*env)->GetStaticMethodID(env, faults, "of", "(I[B)Lmokuteki/MokutekiException;");
    jbyteArray record = of == NULL ? NULL : array(env, said.at, kept == MOKUTEKI_OK ? said.length : 0);
    if (record != NULL) {
        jobject error = (*env)->CallStaticObjectMethod(env, faults, of, (jint)status, record);
        /* What the factory itself throws stays. */
        if (!(*env)->ExceptionCheck(env) && error != NULL)
            (*env)->Throw(env, (jthrowable)error);
    }
    free(said.at);
}

/* What was written, or NULL and an exception. */
static jbyteArray give(JNIEnv *env, int32_t status, room *room)
{
    jbyteArray given = NULL;
    if (status == MOKUTEKI_OK)
        given = array(env, room->at, room->length);
    else
        raise(env, status);
    free(room->at);
    return given;
}

/* A flow of fifteen arrays of bytes. */
typedef struct {
    bytes field[MOKUTEKI_FIELDS];
    mokuteki_flow flow;
} written;

static int32_t read_flow(JNIEnv *env, jobjectArray fields, written *to)
{
    memset(to, 0, sizeof *to);
    if (fields == NULL || (*env)->GetArrayLength(env, fields) != MOKUTEKI_FIELDS)
        return MOKUTEKI_BAD_ARGUMENT;
    int32_t status = MOKUTEKI_OK;
    for (jsize at = 0; at < MOKUTEKI_FIELDS && status == MOKUTEKI_OK; at++) {
        jbyteArray field = (*env)->GetObjectArrayElement(env, fields, at);
        status = copy(env, field, &to->field[at]);
        to->flow.field[at] = text(&to->field[at]);
        (*env)->DeleteLocalRef(env, field);
    }
    return status;
}

static void free_flow(written *flow)
{
    for (size_t at = 0; at < MOKUTEKI_FIELDS; at++)
        free(flow->field[at].at);
}

#define NATIVE(type, name) JNIEXPORT type JNICALL Java_mokuteki_Native_##name

NATIVE(jint, abi)(JNIEnv *env, jclass self)
{
    (void)env, (void)self;
    return (jint)mokuteki_abi();
}

NATIVE(jlong, openEmbedded)(JNIEnv *env, jclass self)
{
    (void)self;
    uint64_t engine = 0;
    int32_t status = mokuteki_open_embedded(&engine);
    if (status != MOKUTEKI_OK)
        raise(env, status);
    return (jlong)engine;
}

NATIVE(jlong, openDirectory)(JNIEnv *env, jclass self, jbyteArray path, jint language)
{
    (void)self;
    uint64_t engine = 0;
    bytes of;
    int32_t status = copy(env, path, &of);
    if (status == MOKUTEKI_OK)
        status = mokuteki_open_directory(of.at, of.length, (uint32_t)language, &engine);
    if (status != MOKUTEKI_OK)
        raise(env, status);
    free(of.at);
    return (jlong)engine;
}

/* Paths and bytes by turns. */
NATIVE(jlong, openFiles)(JNIEnv *env, jclass self, jobjectArray files, jint language)
{
    (void)self;
    uint64_t engine = 0;
    jsize count = (*env)->GetArrayLength(env, files) / 2;
    bytes *held = calloc((size_t)count * 2 + 1, sizeof *held);
    mokuteki_file *file = calloc((size_t)count + 1, sizeof *file);
    int32_t status = held == NULL || file == NULL ? NO_MEMORY : MOKUTEKI_OK;
    for (jsize at = 0; at < count * 2 && status == MOKUTEKI_OK; at++) {
        jbyteArray given = (*env)->GetObjectArrayElement(env, files, at);
        status = copy(env, given, &held[at]);
        (*env)->DeleteLocalRef(env, given);
    }
    for (jsize at = 0; at < count && status == MOKUTEKI_OK; at++) {
        file[at].path = text(&held[2 * at]);
        file[at].bytes = text(&held[2 * at + 1]);
    }
    if (status == MOKUTEKI_OK)
        status = mokuteki_open_files(file, (size_t)count, (uint32_t)language, &engine);
    if (status != MOKUTEKI_OK)
        raise(env, status);
    for (jsize at = 0; held != NULL && at < count * 2; at++)
        free(held[at].at);
    free(held);
    free(file);
    return (jlong)engine;
}

/* What was freed already stays so. */
NATIVE(void, free)(JNIEnv *env, jclass self, jlong handle)
{
    (void)env, (void)self;
    mokuteki_free((uint64_t)handle);
}

NATIVE(void, reload)(JNIEnv *env, jclass self, jlong engine, jbyteArray path, jint language)
{
    (void)self;
    bytes of;
    int32_t status = copy(env, path, &of);
    if (status == MOKUTEKI_OK)
        status = mokuteki_reload((uint64_t)engine, of.at, of.length, (uint32_t)language);
    if (status != MOKUTEKI_OK)
        raise(env, status);
    free(of.at);
}

NATIVE(jbyteArray, digest)(JNIEnv *env, jclass self, jlong engine)
{
    (void)self;
    room said = {0};
    int32_t status;
    FILL(status, said, mokuteki_digest((uint64_t)engine, said.at, said.capacity, &said.length));
    return give(env, status, &said);
}

NATIVE(jlong, generation)(JNIEnv *env, jclass self, jlong engine)
{
    (void)self;
    uint64_t generation = 0;
    int32_t status = mokuteki_generation((uint64_t)engine, &generation);
    if (status != MOKUTEKI_OK)
        raise(env, status);
    return (jlong)generation;
}

NATIVE(jint, resolve)(JNIEnv *env, jclass self, jlong engine, jlong generation, jint field, jbyteArray name, jint society,
                      jint as_of)
{
    (void)self;
    uint32_t id = 0;
    bytes of;
    int32_t status = copy(env, name, &of);
    if (status == MOKUTEKI_OK)
        status = mokuteki_resolve((uint64_t)engine, (uint64_t)generation, (uint32_t)field, of.at, of.length,
                                  (uint32_t)society, (uint32_t)as_of, &id);
    if (status != MOKUTEKI_OK)
        raise(env, status);
    free(of.at);
    return (jint)id;
}

/* The record; the verdict goes to the first place of an array. */
NATIVE(jbyteArray, check)(JNIEnv *env, jclass self, jlong engine, jobjectArray fields, jint language, jbyteArray verdicts)
{
    (void)self;
    written flow;
    uint8_t verdict = MOKUTEKI_NOT_DECIDED;
    /* Most records are shorter. */
    room said = {.at = malloc(1 << 14), .capacity = 1 << 14};
    int32_t status = read_flow(env, fields, &flow);
    if (said.at == NULL)
        status = NO_MEMORY;
    if (status == MOKUTEKI_OK)
        FILL(status, said,
             mokuteki_check((uint64_t)engine, &flow.flow, (uint32_t)language, &verdict, said.at, said.capacity,
                            &said.length));
    free_flow(&flow);
    jbyteArray given = give(env, status, &said);
    if (given != NULL)
        (*env)->SetByteArrayRegion(env, verdicts, 0, 1, (const jbyte *)&verdict);
    return given;
}

NATIVE(jlong, permit)(JNIEnv *env, jclass self, jlong engine, jobjectArray fields, jbyteArray sink, jbyteArray recipient,
                      jbyteArray accepted, jint language)
{
    (void)self;
    uint64_t permit = 0;
    written flow;
    bytes of[3] = {{0}};
    int32_t status = read_flow(env, fields, &flow);
    jbyteArray given[3] = {sink, recipient, accepted};
    for (int at = 0; at < 3 && status == MOKUTEKI_OK; at++)
        status = copy(env, given[at], &of[at]);
    if (status == MOKUTEKI_OK) {
        mokuteki_text name = text(&of[0]), to = text(&of[1]), codes = text(&of[2]);
        status = mokuteki_permit((uint64_t)engine, &flow.flow, &name, &to, &codes, (uint32_t)language, &permit);
    }
    if (status != MOKUTEKI_OK)
        raise(env, status);
    free_flow(&flow);
    for (int at = 0; at < 3; at++)
        free(of[at].at);
    return (jlong)permit;
}

NATIVE(jbyteArray, permitRecord)(JNIEnv *env, jclass self, jlong permit)
{
    (void)self;
    room said = {0};
    int32_t status;
    FILL(status, said, mokuteki_permit_record((uint64_t)permit, said.at, said.capacity, &said.length));
    return give(env, status, &said);
}

NATIVE(jbyteArray, token)(JNIEnv *env, jclass self, jlong permit, jbyteArray key)
{
    (void)self;
    room said = {0};
    bytes of;
    int32_t status = copy(env, key, &of);
    if (status == MOKUTEKI_OK)
        FILL(status, said,
             mokuteki_token((uint64_t)permit, (const uint8_t *)of.at, of.length, said.at, said.capacity, &said.length));
    free(of.at);
    return give(env, status, &said);
}

NATIVE(jbyteArray, verify)(JNIEnv *env, jclass self, jbyteArray token, jbyteArray key, jbyteArray sink, jint language)
{
    (void)self;
    room said = {0};
    bytes of[3] = {{0}};
    jbyteArray given[3] = {token, key, sink};
    int32_t status = MOKUTEKI_OK;
    for (int at = 0; at < 3 && status == MOKUTEKI_OK; at++)
        status = copy(env, given[at], &of[at]);
    if (status == MOKUTEKI_OK) {
        mokuteki_text shown = text(&of[0]), name = text(&of[2]);
        FILL(status, said,
             mokuteki_verify(&shown, (const uint8_t *)of[1].at, of[1].length, &name, (uint32_t)language, said.at,
                             said.capacity, &said.length));
    }
    for (int at = 0; at < 3; at++)
        free(of[at].at);
    return give(env, status, &said);
}

/* A copy of a column of numbers of 4 bytes, which has as many as there are rows; NULL where there is none. */
static int32_t copy_column(JNIEnv *env, jobjectArray columns, jsize field, jsize rows, void **to)
{
    *to = NULL;
    jintArray column = (*env)->GetObjectArrayElement(env, columns, field);
    if (column == NULL)
        return MOKUTEKI_OK;
    int32_t status = MOKUTEKI_OK;
    /* A column of no rows is a column all the same. */
    *to = malloc(sizeof(jint) * ((size_t)rows + 1));
    if (*to == NULL)
        status = NO_MEMORY;
    else
        (*env)->GetIntArrayRegion(env, column, 0, rows, *to);
    (*env)->DeleteLocalRef(env, column);
    return (*env)->ExceptionCheck(env) ? THROWN : status;
}

/* Writes the answers of rows to arrays of Java, or throws. */
static void answer(JNIEnv *env, int32_t status, jsize rows, uint8_t *verdict, uint32_t *clause, jbyteArray verdicts,
                   jintArray clauses)
{
    if (status == MOKUTEKI_OK) {
        (*env)->SetByteArrayRegion(env, verdicts, 0, rows, (const jbyte *)verdict);
        if (!(*env)->ExceptionCheck(env))
            (*env)->SetIntArrayRegion(env, clauses, 0, rows, (const jint *)clause);
    } else {
        raise(env, status);
    }
    free(verdict);
    free(clause);
}

NATIVE(void, decideIds)(JNIEnv *env, jclass self, jlong engine, jlong generation, jint rows, jobjectArray columns,
                        jbyteArray verdicts, jintArray clauses)
{
    (void)self;
    mokuteki_ids ids = {.generation = (uint64_t)generation, .rows = (size_t)rows};
    void *column[MOKUTEKI_FIELDS] = {NULL};
    uint8_t *verdict = calloc((size_t)rows + 1, sizeof *verdict);
    uint32_t *clause = calloc((size_t)rows + 1, sizeof *clause);
    int32_t status = verdict == NULL || clause == NULL ? NO_MEMORY : MOKUTEKI_OK;
    for (jsize field = 0; field < MOKUTEKI_FIELDS && status == MOKUTEKI_OK; field++) {
        status = copy_column(env, columns, field, rows, &column[field]);
        ids.column[field] = column[field];
    }
    if (status == MOKUTEKI_OK)
        status = mokuteki_decide_ids((uint64_t)engine, &ids, verdict, clause);
    for (size_t field = 0; field < MOKUTEKI_FIELDS; field++)
        free(column[field]);
    answer(env, status, rows, verdict, clause, verdicts, clauses);
}

/* The texts of a column. */
typedef struct {
    bytes *held;
    mokuteki_text *name;
    size_t length;
} names;

static int32_t copy_names(JNIEnv *env, jobjectArray columns, jsize field, names *to)
{
    jobjectArray column = (*env)->GetObjectArrayElement(env, columns, field);
    if (column == NULL)
        return MOKUTEKI_OK;
    to->length = (size_t)(*env)->GetArrayLength(env, column);
    to->held = calloc(to->length + 1, sizeof *to->held);
    to->name = calloc(to->length + 1, sizeof *to->name);
    int32_t status = to->held == NULL || to->name == NULL ? NO_MEMORY : MOKUTEKI_OK;
    for (size_t at = 0; at < to->length && status == MOKUTEKI_OK; at++) {
        jbyteArray name = (*env)->GetObjectArrayElement(env, column, (jsize)at);
        status = copy(env, name, &to->held[at]);
        to->name[at] = text(&to->held[at]);
        (*env)->DeleteLocalRef(env, name);
    }
    (*env)->DeleteLocalRef(env, column);
    return status;
}

NATIVE(void, decideCoded)(JNIEnv *env, jclass self, jlong engine, jint rows, jobjectArray texts, jobjectArray codes,
                          jbyteArray verdicts, jintArray clauses)
{
    (void)self;
    mokuteki_coded coded[MOKUTEKI_FIELDS] = {{0}};
    names name[MOKUTEKI_FIELDS] = {{0}};
    void *column[MOKUTEKI_FIELDS] = {NULL};
    uint8_t *verdict = calloc((size_t)rows + 1, sizeof *verdict);
    uint32_t *clause = calloc((size_t)rows + 1, sizeof *clause);
    int32_t status = verdict == NULL || clause == NULL ? NO_MEMORY : MOKUTEKI_OK;
    for (jsize field = 0; field < MOKUTEKI_FIELDS && status == MOKUTEKI_OK; field++) {
        status = copy_names(env, texts, field, &name[field]);
        if (status == MOKUTEKI_OK)
            status = copy_column(env, codes, field, rows, &column[field]);
        coded[field] = (mokuteki_coded){name[field].name, name[field].length, column[field]};
    }
    if (status == MOKUTEKI_OK)
        status = mokuteki_decide_coded((uint64_t)engine, coded, (size_t)rows, verdict, clause);
    for (size_t field = 0; field < MOKUTEKI_FIELDS; field++) {
        for (size_t at = 0; name[field].held != NULL && at < name[field].length; at++)
            free(name[field].held[at].at);
        free(name[field].held);
        free(name[field].name);
        free(column[field]);
    }
    answer(env, status, rows, verdict, clause, verdicts, clauses);
}

NATIVE(jbyteArray, clause)(JNIEnv *env, jclass self, jlong engine, jlong generation, jint number)
{
    (void)self;
    room said = {0};
    int32_t status;
    FILL(status, said,
         mokuteki_clause((uint64_t)engine, (uint64_t)generation, (uint32_t)number, said.at, said.capacity, &said.length));
    return give(env, status, &said);
}

#ifdef MOKUTEKI_PROBE
extern int32_t mokuteki_probe_panic(void);

NATIVE(void, probePanic)(JNIEnv *env, jclass self)
{
    (void)self;
    raise(env, mokuteki_probe_panic());
}
#endif
