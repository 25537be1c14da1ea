using System.Runtime.InteropServices;
using Iced.Intel;
using Vpio.Abi;
using Vpio.Abi.Machines;
using static Iced.Intel.AssemblerRegisters;

namespace Vpio.AssembledGuests;

/// <summary>Is a program for a virtual machine while it is written: instructions for an assembler, which becomes an image.</summary>
/// <remarks>
/// It is entered at its first instruction with the address of the <see cref="MachineInfo"/> in RDI. Who writes it keeps that where he likes.
/// Source: <c>docs/guests.md</c>, "Machine image".
/// </remarks>
public sealed class MachineProgram
{
    private const uint StackBytes = 16 * 1024;
    private const uint PageBytes = 4096;

    private Label? _upcallHandler;

    /// <summary>Gets what the instructions are given to.</summary>
    public Assembler Code { get; } = new(64);

    /// <summary>Has notifications interrupt the program from here on, where the handler begins; it ends by IRETQ.</summary>
    public void BeginUpcallHandler()
    {
        Label handler = Code.CreateLabel();
        Code.Label(ref handler);
        _upcallHandler = handler;
    }

    /// <summary>Makes the hypercall of a call slot: its operation and argument stand there. Changes EAX and EDX.</summary>
    /// <param name="slot">The number of the slot.</param>
    public void Call(uint slot = 0) => Out(MachinePort.Call, slot);

    /// <summary>Ends the guest. Changes EAX and EDX.</summary>
    /// <param name="exitCode">Its exit code.</param>
    public void End(uint exitCode) => Out(MachinePort.End, exitCode);

    /// <summary>Puts a number out at a port. Changes EAX and EDX.</summary>
    /// <param name="port">The port.</param>
    /// <param name="value">The number.</param>
    public void Out(MachinePort port, uint value)
    {
        Code.mov(eax, value);
        Out(port);
    }

    /// <summary>Puts EAX out at a port. Changes EDX.</summary>
    /// <param name="port">The port.</param>
    public void Out(MachinePort port)
    {
        Code.mov(edx, (uint)port);
        Code.@out(dx, eax);
    }

    /// <summary>Assembles it.</summary>
    /// <returns>The image: header and instructions, with room for a stack behind them.</returns>
    public byte[] ToImage()
    {
        using MemoryStream bytes = new();
        bytes.Write(new byte[MachineImage.Size]);
        AssemblerResult result = Code.Assemble(new StreamCodeWriter(bytes), MachineImage.LoadAddress + MachineImage.Size, BlockEncoderOptions.ReturnNewInstructionOffsets);
        byte[] image = bytes.ToArray();
        uint memoryBytes = (((uint)image.Length + StackBytes + PageBytes - 1) / PageBytes) * PageBytes;
        MachineImage header = new()
        {
            Magic = MachineImage.MagicValue,
            Major = VpioVersion.Major,
            Minor = VpioVersion.Minor,
            ImageBytes = (uint)image.Length,
            MemoryBytes = memoryBytes,
            Entry = MachineImage.LoadAddress + MachineImage.Size,
            StackTop = MachineImage.LoadAddress + memoryBytes,
            UpcallHandler = _upcallHandler is { } handler ? result.GetLabelRIP(handler) : 0,
        };

        // SAFETY: the image begins with as many bytes of zeros.
        MemoryMarshal.Write(image, header);
        return image;
    }
}
