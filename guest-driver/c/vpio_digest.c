/* SPDX-License-Identifier: MIT */
#include "vpio_digest.h"

#define PRIME_1 UINT64_C(0x9e3779b185ebca87)
#define PRIME_2 UINT64_C(0xc2b2ae3d27d4eb4f)
#define PRIME_3 UINT64_C(0x165667b19e3779f9)
#define PRIME_4 UINT64_C(0x85ebca77c2b2ae63)
#define PRIME_5 UINT64_C(0x27d4eb2f165667c5)
#define LANES 4
#define LANE_BYTES 8
#define STRIPE_BYTES (LANES * LANE_BYTES)

static uint64_t rotate_left(uint64_t value, unsigned bits)
{
    return value << bits | value >> (64 - bits);
}

/* Little-endian, whatever the processor, and from any address. */
static uint64_t read(const uint8_t *bytes, unsigned length)
{
    uint64_t value = 0;
    unsigned i;

    for (i = 0; i < length; i++)
        value |= (uint64_t)bytes[i] << (8 * i);
    return value;
}

static uint64_t round_of(uint64_t lane, uint64_t input)
{
    return rotate_left(lane + input * PRIME_2, 31) * PRIME_1;
}

static uint64_t digest_stripes(const uint8_t **bytes, uint32_t *left)
{
    uint64_t lanes[LANES] = { PRIME_1 + PRIME_2, PRIME_2, 0, UINT64_C(0) - PRIME_1 };
    uint64_t digest;
    int i;

    for (; *left >= STRIPE_BYTES; *left -= STRIPE_BYTES, *bytes += STRIPE_BYTES) {
        for (i = 0; i < LANES; i++)
            lanes[i] = round_of(lanes[i], read(*bytes + i * LANE_BYTES, LANE_BYTES));
    }
    digest = rotate_left(lanes[0], 1) + rotate_left(lanes[1], 7) + rotate_left(lanes[2], 12) + rotate_left(lanes[3], 18);
    for (i = 0; i < LANES; i++)
        digest = (digest ^ round_of(0, lanes[i])) * PRIME_1 + PRIME_4;
    return digest;
}

static uint64_t digest_rest(uint64_t digest, const uint8_t *bytes, uint32_t left)
{
    for (; left >= 8; left -= 8, bytes += 8)
        digest = rotate_left(digest ^ round_of(0, read(bytes, 8)), 27) * PRIME_1 + PRIME_4;
    for (; left >= 4; left -= 4, bytes += 4)
        digest = rotate_left(digest ^ read(bytes, 4) * PRIME_1, 23) * PRIME_2 + PRIME_3;
    for (; left > 0; left--, bytes++)
        digest = rotate_left(digest ^ *bytes * PRIME_5, 11) * PRIME_1;
    return digest;
}

uint64_t vpio_digest(const uint8_t *bytes, uint32_t length)
{
    uint32_t left = length;
    uint64_t digest = left >= STRIPE_BYTES ? digest_stripes(&bytes, &left) : PRIME_5;

    digest = digest_rest(digest + length, bytes, left);
    digest = (digest ^ digest >> 33) * PRIME_2;
    digest = (digest ^ digest >> 29) * PRIME_3;
    return digest ^ digest >> 32;
}
