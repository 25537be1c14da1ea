using System.Runtime.InteropServices;
using Vpio.Abi;
using Vpio.Abi.Machines;

namespace Vpio.Hypervisor.Guests.Machines;

/// <summary>Reads the header of a program for a virtual machine, and says what is wrong with one that cannot be run.</summary>
internal static class ProgramHeader
{
    /// <summary>Reads it.</summary>
    /// <param name="program">The program.</param>
    /// <returns>The header; the program is as long as it says, and all addresses lie within its memory.</returns>
    /// <exception cref="ArgumentException">It is none, or makes no sense; the message says why.</exception>
    public static MachineImage Read(ReadOnlySpan<byte> program)
    {
        if (program.Length < MachineImage.Size)
            throw Refusal($"has {program.Length} bytes, and its header alone {MachineImage.Size}");

        // SAFETY: as many bytes were just seen to be there, and any bytes are such a header.
        MachineImage header = MemoryMarshal.Read<MachineImage>(program);
        if (header.Magic != MachineImage.MagicValue)
            throw Refusal("does not begin with \"VPII\"");
        if (header.Major != VpioVersion.Major)
            throw Refusal($"is for version {header.Major} of the ABI, and this hypervisor has {VpioVersion.Major}");
        if (header.ImageBytes < MachineImage.Size || header.ImageBytes > (uint)program.Length)
            throw Refusal($"says that it has {header.ImageBytes} bytes, and has {program.Length}");
        if (header.MemoryBytes < header.ImageBytes || header.MemoryBytes > MachineImage.MaxMemoryBytes)
            throw Refusal($"asks for {header.MemoryBytes} bytes of memory; it gets as many as it has, {header.ImageBytes}, and {MachineImage.MaxMemoryBytes} at most");
        if (!IsWithin(header, header.Entry, 1))
            throw Refusal($"is entered at 0x{header.Entry:x}, outside of its memory");
        if (header.StackTop % 16 != 0 || !IsWithin(header, header.StackTop - 16, 16))
            throw Refusal($"has a stack that ends at 0x{header.StackTop:x}: that is no multiple of 16 within its memory");
        if (header.UpcallHandler != 0 && !IsWithin(header, header.UpcallHandler, 1))
            throw Refusal($"has its upcall handler at 0x{header.UpcallHandler:x}, outside of its memory");
        return header;
    }

    private static bool IsWithin(in MachineImage header, ulong address, uint bytes) =>
        address >= MachineImage.LoadAddress && address <= MachineImage.LoadAddress + header.MemoryBytes - bytes;

    private static ArgumentException Refusal(string why) => new($"The program of a virtual machine {why} (docs/guests.md, \"Machine image\").", "program");
}
