namespace Vpio.Abi.Description;

/// <summary>Is what the C headers hold that no type of C# declares: the fixed-width types, byte order, and functions on the state word and the clock.</summary>
internal static class CPrelude
{
    /// <summary>Gets the types, inline functions and byte order that all else uses.</summary>
    public static string Types { get; } = """
        /*
         * Fixed-width types. A kernel that has its own uint8_t to uint64_t defines
         * VPIO_NO_STDINT before it includes this.
         */
        #ifndef VPIO_NO_STDINT
        #include <stdint.h>
        #endif

        #if defined(__cplusplus) || (defined(__STDC_VERSION__) && __STDC_VERSION__ >= 199901L)
        #define VPIO_INLINE static inline
        #elif defined(__GNUC__)
        #define VPIO_INLINE static __inline__ __attribute__((__unused__))
        #else
        #define VPIO_INLINE static
        #endif

        /*
         * Everything in shared memory is little-endian, whatever the processor is.
         * A big-endian guest converts each field that it reads or writes with
         * vpio_le16, vpio_le32 and vpio_le64, which change nothing elsewhere.
         * A compiler that does not tell its byte order needs VPIO_BIG_ENDIAN
         * defined as 0 or 1.
         */
        #ifndef VPIO_BIG_ENDIAN
        #if defined(__BYTE_ORDER__) && defined(__ORDER_BIG_ENDIAN__)
        #define VPIO_BIG_ENDIAN (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__)
        #elif defined(_WIN32)
        #define VPIO_BIG_ENDIAN 0
        #else
        #error "Define VPIO_BIG_ENDIAN as 0 or 1: this compiler does not tell its byte order."
        #endif
        #endif

        VPIO_INLINE uint16_t vpio_le16(uint16_t value)
        {
            return (uint16_t)(VPIO_BIG_ENDIAN ? (value >> 8) | (value << 8) : value);
        }

        VPIO_INLINE uint32_t vpio_le32(uint32_t value)
        {
            return VPIO_BIG_ENDIAN
                ? ((uint32_t)vpio_le16((uint16_t)(value & 0xffffU)) << 16) | vpio_le16((uint16_t)(value >> 16))
                : value;
        }

        VPIO_INLINE uint64_t vpio_le64(uint64_t value)
        {
            return VPIO_BIG_ENDIAN
                ? ((uint64_t)vpio_le32((uint32_t)(value & 0xffffffffU)) << 32) | vpio_le32((uint32_t)(value >> 32))
                : value;
        }


        """.ReplaceLineEndings("\n");

    /// <summary>Gets the functions that take a state word apart and put it together.</summary>
    public static string StateWord { get; } = """
        /* ---- Functions on the state word, in the processor's byte order ---- */

        /* What the device does: one of VPIO_STATE_*. */
        VPIO_INLINE uint8_t vpio_word_state(uint64_t word)
        {
            return (uint8_t)(word & ((1U << VPIO_STATE_WORD_STATE_BITS) - 1U));
        }

        /* Who holds the device, or VPIO_DOMID_INVALID. */
        VPIO_INLINE uint16_t vpio_word_owner(uint64_t word)
        {
            return (uint16_t)((word >> VPIO_STATE_WORD_OWNER_SHIFT) & ((1U << VPIO_STATE_WORD_OWNER_BITS) - 1U));
        }

        /* The number of the ownership. */
        VPIO_INLINE uint64_t vpio_word_generation(uint64_t word)
        {
            return word >> VPIO_STATE_WORD_GENERATION_SHIFT;
        }

        /* The word of a state, an owner and a generation. */
        VPIO_INLINE uint64_t vpio_word(uint8_t state, uint16_t owner, uint64_t generation)
        {
            return (uint64_t)state
                | ((uint64_t)owner << VPIO_STATE_WORD_OWNER_SHIFT)
                | (generation << VPIO_STATE_WORD_GENERATION_SHIFT);
        }

        /* Not zero when somebody holds the device. */
        VPIO_INLINE int vpio_word_is_held(uint64_t word)
        {
            return vpio_word_state(word) == VPIO_STATE_OWNED || vpio_word_state(word) == VPIO_STATE_REVOKING;
        }

        /* Not zero when a guest holds the device in a generation. */
        VPIO_INLINE int vpio_word_is_held_by(uint64_t word, uint16_t owner, uint64_t generation)
        {
            return vpio_word_is_held(word) && vpio_word_owner(word) == owner && vpio_word_generation(word) == generation;
        }


        """.ReplaceLineEndings("\n");

    /// <summary>Gets the functions that turn a guest's counter into the hypervisor's clock.</summary>
    public static string Clock { get; } = """
        /* ---- Functions on the clock of a guest page ---- */

        /* Not zero when the page has a conversion. */
        VPIO_INLINE int vpio_clock_is_there(const struct vpio_guest_page *page)
        {
            return page->tsc_mul != 0U && vpio_le32(page->tsc_shift) <= 32U;
        }

        /*
         * The hypervisor's clock at a value of the guest's counter, nanoseconds. Only
         * when there is a conversion. The product of 96 bits is formed in halves.
         */
        VPIO_INLINE uint64_t vpio_clock_ns(const struct vpio_guest_page *page, uint64_t counter)
        {
            uint64_t ticks = counter - vpio_le64(page->tsc_base);
            uint64_t mul = vpio_le32(page->tsc_mul);
            uint32_t shift = vpio_le32(page->tsc_shift);

            return vpio_le64(page->ns_base) + (((ticks >> 32) * mul) << (32U - shift)) + (((ticks & 0xffffffffU) * mul) >> shift);
        }


        """.ReplaceLineEndings("\n");
}
