/* SPDX-License-Identifier: MIT */
/* What compilers call on their own to copy, fill and compare, where there is no library that has it. */
#include <stddef.h>

void *memcpy(void *to, const void *from, size_t bytes);
void *memmove(void *to, const void *from, size_t bytes);
void *memset(void *memory, int value, size_t bytes);
int memcmp(const void *a, const void *b, size_t bytes);

/* By string instructions: a loop would be compiled into a call of the function that it is in. */
void *memcpy(void *to, const void *from, size_t bytes)
{
    void *start = to;

    __asm__ volatile("rep movsb" : "+D"(to), "+S"(from), "+c"(bytes) : : "memory");
    return start;
}

void *memmove(void *to, const void *from, size_t bytes)
{
    char *last_to = (char *)to + bytes - 1;
    const char *last_from = (const char *)from + bytes - 1;

    if ((char *)to <= (const char *)from || (const char *)from + bytes <= (char *)to)
        return memcpy(to, from, bytes);
    __asm__ volatile("std\n\trep movsb\n\tcld" : "+D"(last_to), "+S"(last_from), "+c"(bytes) : : "memory");
    return to;
}

void *memset(void *memory, int value, size_t bytes)
{
    void *start = memory;

    __asm__ volatile("rep stosb" : "+D"(memory), "+c"(bytes) : "a"(value) : "memory");
    return start;
}

int memcmp(const void *a, const void *b, size_t bytes)
{
    const volatile unsigned char *x = a;
    const volatile unsigned char *y = b;

    for (; bytes > 0; bytes--, x++, y++) {
        if (*x != *y)
            return *x < *y ? -1 : 1;
    }
    return 0;
}
