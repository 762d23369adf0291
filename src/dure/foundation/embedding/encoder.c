/* Runs a BERT encoder on one text at a time: 4-bit weights, 8-bit activations.

   Weights keep the blocks of 32 inputs with a scale each in which they are published, so nothing
   is lost there. The activations of each token are rounded to 8 bits by its own largest value, so
   a vector never depends on other texts. A product sums integers: 8 bit x 4 bit over one block in
   16 bits, then times the block's scale in 32 bits. _encoder.py, which packs the weights, says why
   no sum can overflow. Model: Devlin et al., 2019, "BERT".

   Threads share a text by its tokens: each takes some of them through all layers, and waits for
   the others once a layer, when the keys and values of all tokens must be known. */

#include <math.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#if defined(__AVX2__) && !defined(PLAIN)
#define BY_INSTRUCTIONS
#include <immintrin.h>
#endif

enum {
    LANES = 8,          /* floats in a vector */
    PANEL = 2 * LANES,  /* outputs computed together */
    TOKENS = 4,         /* tokens computed together */
    BLOCK = 32,         /* inputs that share a scale */
    QUAD = 4,           /* inputs multiplied by one instruction */
    MIDDLE = 128,       /* the code of an activation of 0 */
    LINE = 64,          /* bytes that come from memory together */
    SPINS = 1000,       /* looks before a waiting thread leaves its processor to others */
    FEWEST = 16,        /* tokens for which another thread is worth while */
};

typedef float floats __attribute__((vector_size(4 * LANES)));
typedef int32_t ints __attribute__((vector_size(4 * LANES)));

typedef struct {
    const int8_t *codes;    /* [panel][block][quad][PANEL][QUAD], from -8 to 7 */
    const int16_t *scales;  /* [panel][block][PANEL][2], each of them twice */
    const int32_t *offsets; /* [output]: takes away what MIDDLE adds */
    const float *units;     /* [output]: the worth of one step of the sum */
    const float *bias;      /* [output] */
    int32_t inputs, outputs;
} Linear;

typedef struct {
    const float *scale, *shift;
} Norm;

typedef struct {
    Linear query, key, value, attended, inner, outer;
    Norm after_attention, after_inner;
} Layer;

typedef struct {
    const Layer *layers;
    Norm first;
    int32_t depth, width, heads, inner;
    float epsilon;
} Encoder;

/* Activations in 8 bits: [token][input], and for each token the worth of one step. */
typedef struct {
    uint8_t *codes;
    float *steps;
} Rounded;

/* What the threads that work on one text have in common. Keys and values are there twice, in
   turn: a thread may be in the next layer already. */
typedef struct {
    const Encoder *encoder;
    float *x, *key[2]; /* [token][width] */
    float *value[2];   /* [panel][token][PANEL]: rows as long as all of a text would lie in few
                          sets of the cache */
    int count;                /* tokens; there is room for full tiles of TOKENS */
    atomic_int members;       /* 0 until it is known how many threads could be started */
    atomic_int arrived;       /* members whose keys and values are there, of all layers */
} Team;

/* One of them, which takes some of the tokens through all layers, and where it works. */
typedef struct {
    Team *team;
    int number;
    float *query, *attended; /* [token][width] */
    float *inner;            /* [token][inner] */
    float *turned;           /* [panel of tokens][input of one head][PANEL]: keys of that head */
    float *scores;           /* [TOKENS][token] */
    Rounded rounded;
    pthread_t thread;
} Member;

static inline floats at(const float *place) {
    floats values;
    memcpy(&values, place, sizeof values);
    return values;
}

static inline void put(float *place, floats values) { memcpy(place, &values, sizeof values); }

static inline floats all(float value) { return value - (floats){0}; }

static inline floats absolute(floats x) { return (floats)((ints)x & INT32_MAX); }

static inline floats larger(floats a, floats b) {
#ifdef BY_INSTRUCTIONS
    return _mm256_max_ps(a, b);
#else
    ints first = a > b;
    return (floats)(((ints)a & first) | ((ints)b & ~first));
#endif
}

static inline float sum(floats v) {
    return ((v[0] + v[1]) + (v[2] + v[3])) + ((v[4] + v[5]) + (v[6] + v[7]));
}

static inline float largest(floats v) {
    float most = v[0];
    for (int lane = 1; lane < LANES; lane++) most = v[lane] > most ? v[lane] : most;
    return most;
}

/* e to the power of x, for x from -87 to 87: 2^n times a Taylor polynomial around 0. */
static inline floats power_of_e(floats x) {
    const float rounds = 12582912.f; /* 1.5 * 2^23: a float that large holds whole numbers only */
    floats shifted = x * 1.44269504f + rounds;
    floats n = shifted - rounds;
    floats r = x - n * 0.693359375f + n * 2.12194440e-4f; /* ln 2 in two parts */
    floats p = ((r * (1.f / 120) + 1.f / 24) * r + 1.f / 6) * r + 1.f / 2;
    p = (p * r + 1.f) * r + 1.f;
    return (floats)((ints)p + ((ints)shifted << 23));
}

/* x times the normal distribution function of x; erf from Abramowitz and Stegun, 7.1.27, which is
   wrong by 5e-4 at most: little beside a step of 8 bits. */
static inline floats gelu(floats x) {
    ints sign = (ints)x & INT32_MIN;
    floats z = absolute(x) * 0.70710678f;
    floats p = (((z * .078108f + .000972f) * z + .230389f) * z + .278393f) * z + 1.f;
    p *= p, p *= p;
    floats erf = 1.f - 1.f / p;
    return x * (.5f + .5f * (floats)((ints)erf | sign));
}

static void round_rows(const float *rows, int count, int width, Rounded to) {
    for (int row = 0; row < count; row++) {
        const float *restrict x = rows + (size_t)row * width;
        uint8_t *restrict codes = to.codes + (size_t)row * width;
        floats most = all(1e-30f);
        for (int i = 0; i < width; i += LANES) most = larger(most, absolute(at(x + i)));
        float step = largest(most) / 127, per_step = 1 / step;
        for (int i = 0; i < width; i++)
            codes[i] = (uint8_t)(int32_t)(x[i] * per_step + (MIDDLE + .5f));
        to.steps[row] = step;
    }
}

/* Sums for TOKENS tokens and the outputs of one panel, in steps of units. */
static inline void panel_sums(const Linear *m, int panel, const uint8_t *x,
                              int32_t sums[TOKENS][PANEL]);

#ifdef BY_INSTRUCTIONS

static inline void panel_sums(const Linear *m, int panel, const uint8_t *x,
                              int32_t sums[TOKENS][PANEL]) {
    const int blocks = m->inputs / BLOCK;
    const __m256i *codes = (const __m256i *)(m->codes + (size_t)panel * PANEL * m->inputs);
    const __m256i *scales = (const __m256i *)(m->scales + (size_t)panel * PANEL * blocks * 2);
    const __m256i *offsets = (const __m256i *)(m->offsets + panel * PANEL);
    __m256i total[TOKENS][2];
    for (int t = 0; t < TOKENS; t++)
        for (int half = 0; half < 2; half++) total[t][half] = _mm256_loadu_si256(offsets + half);
    for (int block = 0; block < blocks; block++, x += BLOCK, scales += 2) {
        __m256i part[TOKENS][2];
#pragma GCC unroll 8
        for (int quad = 0; quad < BLOCK / QUAD; quad++, codes += 2) {
            __m256i low = _mm256_loadu_si256(codes), high = _mm256_loadu_si256(codes + 1);
            for (int t = 0; t < TOKENS; t++) {
                int32_t four;
                memcpy(&four, x + (size_t)t * m->inputs + quad * QUAD, QUAD);
                __m256i both = _mm256_set1_epi32(four);
                __m256i first = _mm256_maddubs_epi16(both, low);
                __m256i second = _mm256_maddubs_epi16(both, high);
                part[t][0] = quad ? _mm256_add_epi16(part[t][0], first) : first;
                part[t][1] = quad ? _mm256_add_epi16(part[t][1], second) : second;
                /* Else GCC adds in another order and spills: 1.6 times slower. */
                __asm__("" : "+x"(part[t][0]), "+x"(part[t][1]));
            }
        }
        for (int half = 0; half < 2; half++) {
            __m256i scale = _mm256_loadu_si256(scales + half);
            for (int t = 0; t < TOKENS; t++)
                total[t][half] = _mm256_add_epi32(total[t][half],
                                                  _mm256_madd_epi16(part[t][half], scale));
        }
    }
    memcpy(sums, total, sizeof total);
}

#else

static inline void panel_sums(const Linear *m, int panel, const uint8_t *x,
                              int32_t sums[TOKENS][PANEL]) {
    const int blocks = m->inputs / BLOCK;
    for (int t = 0; t < TOKENS; t++, x += m->inputs) {
        const int8_t *codes = m->codes + (size_t)panel * PANEL * m->inputs;
        const int16_t *scales = m->scales + (size_t)panel * PANEL * blocks * 2;
        memcpy(sums[t], m->offsets + panel * PANEL, sizeof sums[t]);
        for (int block = 0; block < blocks; block++, scales += 2 * PANEL) {
            int32_t part[PANEL] = {0};
            for (int quad = 0; quad < BLOCK / QUAD; quad++, codes += PANEL * QUAD) {
                const uint8_t *four = x + block * BLOCK + quad * QUAD;
                for (int o = 0; o < PANEL; o++)
                    part[o] += four[0] * codes[o * QUAD] + four[1] * codes[o * QUAD + 1] +
                               four[2] * codes[o * QUAD + 2] + four[3] * codes[o * QUAD + 3];
            }
            for (int o = 0; o < PANEL; o++)
                sums[t][o] = (int32_t)((uint32_t)sums[t][o] + (uint32_t)(part[o] * scales[2 * o]));
        }
    }
}

#endif

enum Then { PUT, PUT_GELU, ADD };

/* rows x matrix + bias into `out`, or added to what is there. `count`: a multiple of TOKENS. Steps
   lead from a token to the next, and from a panel to the next. */
static void linear(const Linear *m, Rounded rows, int count, float *out, int token_step,
                   int panel_step, enum Then then) {
    const size_t panel_size = (size_t)PANEL * m->inputs;
    const int lines = (int)(panel_size / LINE) / (count / TOKENS) + 1;
    for (int panel = 0; panel < m->outputs / PANEL; panel++) {
        const int8_t *next = m->codes + (panel + 1) * panel_size, *end = next + panel_size;
        for (int row = 0; row < count; row += TOKENS) {
            /* The next panel comes from memory while this one is used. */
            for (int line = 0; line < lines && next < end; line++, next += LINE)
                __builtin_prefetch(next);
            int32_t sums[TOKENS][PANEL];
            panel_sums(m, panel, rows.codes + (size_t)row * m->inputs, sums);
            for (int t = 0; t < TOKENS; t++)
                for (int lane = 0; lane < PANEL; lane += LANES) {
                    int output = panel * PANEL + lane;
                    float *place = out + (size_t)panel * panel_step + lane;
                    place += (size_t)(row + t) * token_step;
                    ints whole;
                    memcpy(&whole, sums[t] + lane, sizeof whole);
                    floats unit = at(m->units + output) * rows.steps[row + t];
                    floats y = __builtin_convertvector(whole, floats) * unit + at(m->bias + output);
                    put(place, then == PUT ? y : then == ADD ? y + at(place) : gelu(y));
                }
        }
    }
}

static void normalise(Norm norm, float epsilon, float *rows, int count, int width) {
    for (int row = 0; row < count; row++) {
        float *x = rows + (size_t)row * width;
        floats total = {0}, squares = {0};
        for (int i = 0; i < width; i += LANES) total += at(x + i);
        float mean = sum(total) / width;
        for (int i = 0; i < width; i += LANES) squares += (at(x + i) - mean) * (at(x + i) - mean);
        float by = 1 / sqrtf(sum(squares) / width + epsilon);
        for (int i = 0; i < width; i += LANES)
            put(x + i, (at(x + i) - mean) * by * at(norm.scale + i) + at(norm.shift + i));
    }
}

/* TOKENS rows of a times the PANEL columns of b; a step leads from one row to the next. */
static inline void product(const float *a, int a_step, const float *b, int depth, float *out,
                           int out_step) {
    floats total[TOKENS][2];
    for (int t = 0; t < TOKENS; t++) total[t][0] = total[t][1] = all(0);
    for (int i = 0; i < depth; i++)
        for (int t = 0; t < TOKENS; t++) {
            total[t][0] += a[(size_t)t * a_step + i] * at(b + (size_t)i * PANEL);
            total[t][1] += a[(size_t)t * a_step + i] * at(b + (size_t)i * PANEL + LANES);
        }
    for (int t = 0; t < TOKENS; t++) {
        put(out + (size_t)t * out_step, total[t][0]);
        put(out + (size_t)t * out_step + LANES, total[t][1]);
    }
}

/* Turns scores into shares of 1. Those from `count` to `padded` have none. */
static void softmax(float *scores, int count, int padded, float factor) {
    floats most = all(scores[0]), total = {0};
    for (int key = count; key < padded; key++) scores[key] = scores[0];
    for (int key = 0; key < padded; key += LANES) most = larger(most, at(scores + key));
    float top = largest(most);
    for (int key = 0; key < padded; key += LANES)
        put(scores + key, power_of_e(larger((at(scores + key) - top) * factor, all(-87))));
    for (int key = count; key < padded; key++) scores[key] = 0;
    for (int key = 0; key < padded; key += LANES) total += at(scores + key);
    float share = 1 / sum(total);
    for (int key = 0; key < padded; key += LANES) put(scores + key, at(scores + key) * share);
}

static size_t up(size_t n, size_t step) { return (n + step - 1) / step * step; }

/* What `rows` tokens take from all of them, as the head that begins at input `start` sees it. */
static void attend(const Member *m, const float *keys, const float *values, int rows, int start) {
    const Encoder *e = m->team->encoder;
    const int count = m->team->count, padded = up(count, PANEL);
    const int width = e->width, size = width / e->heads;
    memset(m->turned + (size_t)(padded - PANEL) * size, 0, sizeof(float) * PANEL * size);
    for (int k = 0; k < count; k++) {
        float *turned = m->turned + (size_t)(k / PANEL) * PANEL * size + k % PANEL;
        for (int i = 0; i < size; i++) turned[i * PANEL] = keys[(size_t)k * width + start + i];
    }
    for (int row = 0; row < rows; row += TOKENS) {
        const float *query = m->query + (size_t)row * width + start;
        float *attended = m->attended + (size_t)row * width + start;
        for (int k = 0; k < padded; k += PANEL)
            product(query, width, m->turned + (size_t)k * size, size, m->scores + k, padded);
        for (int t = 0; t < TOKENS; t++)
            softmax(m->scores + (size_t)t * padded, count, padded, 1 / sqrtf(size));
        for (int i = 0; i < size; i += PANEL) {
            const float *panel = values + (size_t)(start + i) * up(count, TOKENS);
            product(m->scores, padded, panel, count, attended + i, width);
        }
    }
}

/* Waits until a number is that high. The thread that raises it may need this processor first. */
static int wait_for(atomic_int *number, int least) {
    int now;
    for (int looks = 0; (now = atomic_load(number)) < least; looks++)
        if (looks > SPINS) sched_yield();
    return now;
}

static void *work(void *member) {
    const Member *m = member;
    Team *team = m->team;
    const Encoder *e = team->encoder;
    const int width = e->width, tiles = up(team->count, TOKENS) / TOKENS;
    const int members = wait_for(&team->members, 1);
    const int first = tiles * m->number / members * TOKENS;
    const int rows = tiles * (m->number + 1) / members * TOKENS - first;
    const size_t place = (size_t)first * width;
    float *x = team->x + place;
    for (int number = 0; number < e->depth; number++) {
        const Layer *layer = e->layers + number;
        float *keys = team->key[number % 2], *values = team->value[number % 2];
        round_rows(x, rows, width, m->rounded);
        linear(&layer->key, m->rounded, rows, keys + place, width, PANEL, PUT);
        linear(&layer->value, m->rounded, rows, values + first * PANEL, PANEL,
               tiles * TOKENS * PANEL, PUT);
        atomic_fetch_add(&team->arrived, 1);
        linear(&layer->query, m->rounded, rows, m->query, width, PANEL, PUT);
        wait_for(&team->arrived, members * (number + 1));
        for (int start = 0; start < width; start += width / e->heads)
            attend(m, keys, values, rows, start);
        round_rows(m->attended, rows, width, m->rounded);
        linear(&layer->attended, m->rounded, rows, x, width, PANEL, ADD);
        normalise(layer->after_attention, e->epsilon, x, rows, width);
        round_rows(x, rows, width, m->rounded);
        linear(&layer->inner, m->rounded, rows, m->inner, e->inner, PANEL, PUT_GELU);
        round_rows(m->inner, rows, e->inner, m->rounded);
        linear(&layer->outer, m->rounded, rows, x, width, PANEL, ADD);
        normalise(layer->after_inner, e->epsilon, x, rows, width);
    }
    return NULL;
}

static void encode_one(Team *team, Member *members, int most, const float *pieces, float *mean) {
    const Encoder *e = team->encoder;
    const int width = e->width, count = team->count;
    memcpy(team->x, pieces, sizeof(float) * count * width);
    memset(team->x + (size_t)count * width, 0, sizeof(float) * (up(count, TOKENS) - count) * width);
    normalise(e->first, e->epsilon, team->x, count, width);
    int started = 1;
    team->members = team->arrived = 0;
    while (started < most &&
           !pthread_create(&members[started].thread, NULL, work, members + started))
        started++;
    atomic_store(&team->members, started);
    work(members);
    while (--started) pthread_join(members[started].thread, NULL);
    for (int i = 0; i < width; i += LANES) {
        floats total = {0};
        for (int row = 0; row < count; row++) total += at(team->x + (size_t)row * width + i);
        put(mean + i, total / (float)count);
    }
}

/* The mean over the tokens of each text after the last layer: pieces [token of all texts][width],
   lengths [text], means [text][width]. One text after the other, each by up to `threads`.
   Returns 0, or -1 where memory is short. */
int encode(const Encoder *e, const float *pieces, const int32_t *lengths, int texts, int threads,
           float *means) {
    int longest = 0;
    for (int text = 0; text < texts; text++)
        if (lengths[text] > longest) longest = lengths[text];
    const size_t rows = up(longest, TOKENS), keys = up(longest, PANEL), area = rows * e->width;
    const size_t inner = rows * e->inner, turned = keys * (e->width / e->heads);
    const size_t own = 2 * area + inner + turned + TOKENS * keys + rows + inner / sizeof(float);
    Member *members = malloc(threads * sizeof(Member) + sizeof(float) * (5 * area + threads * own));
    if (!members) return -1;
    float *x = (float *)(members + threads);
    Team team = {e, x, {x + area, x + 2 * area}, {x + 3 * area, x + 4 * area}, .count = 0};
    for (int number = 0; number < threads; number++) {
        float *at = x + 5 * area + number * own;
        Member m = {&team, number, at, at + area, .inner = at + 2 * area};
        m.turned = m.inner + inner;
        m.scores = m.turned + turned;
        m.rounded.steps = m.scores + TOKENS * keys;
        m.rounded.codes = (uint8_t *)(m.rounded.steps + rows);
        members[number] = m;
    }
    for (int text = 0; text < texts; text++) {
        team.count = lengths[text];
        int most = team.count / FEWEST < threads ? team.count / FEWEST : threads;
        encode_one(&team, members, most, pieces, means);
        pieces += (size_t)lengths[text] * e->width;
        means += e->width;
    }
    free(members);
    return 0;
}

/* Whether this processor has the instructions that this file was compiled for. */
int supported(void) {
#ifdef __AVX2__
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#else
    return 1;
#endif
}
