/* SPDX-License-Identifier: MIT */
/* The digest by which a guest's program tells domain 0 of a frame: XXH64 with seed 0. Specified in docs/guest-programs.md, "Reports". */
#ifndef VPIO_DIGEST_H
#define VPIO_DIGEST_H

#include <stdint.h>

uint64_t vpio_digest(const uint8_t *bytes, uint32_t length);

#endif /* VPIO_DIGEST_H */
