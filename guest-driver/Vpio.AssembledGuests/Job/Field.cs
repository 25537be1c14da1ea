using System.Runtime.InteropServices;
using Iced.Intel;
using static Iced.Intel.AssemblerRegisters;

namespace Vpio.AssembledGuests.Job;

/// <summary>Makes operands of the fields of the ABI's structures: each where its type says, and as wide as it is.</summary>
internal static class Field
{
    /// <summary>Finds a field of a structure that a register points to.</summary>
    /// <typeparam name="T">The structure.</typeparam>
    /// <param name="structure">The register.</param>
    /// <param name="name">The name of the field.</param>
    /// <param name="at">Where the structure begins, bytes from what the register points to.</param>
    /// <returns>The operand.</returns>
    public static AssemblerMemoryOperand Of<T>(AssemblerRegister64 structure, string name, int at = 0)
        where T : unmanaged
    {
        AssemblerMemoryOperand place = structure + (at + OffsetOf<T>(name));
        Type type = typeof(T).GetField(name)!.FieldType;
        return type == typeof(byte) ? __byte_ptr[place]
            : type == typeof(ushort) ? __word_ptr[place]
            : type == typeof(uint) ? __dword_ptr[place]
            : __qword_ptr[place];
    }

    /// <summary>Tells where a field of a structure is.</summary>
    /// <typeparam name="T">The structure.</typeparam>
    /// <param name="name">The name of the field.</param>
    /// <returns>Bytes from its start.</returns>
    public static int OffsetOf<T>(string name)
        where T : unmanaged =>
        // SAFETY: it only asks where a field is.
        (int)Marshal.OffsetOf<T>(name);
}
