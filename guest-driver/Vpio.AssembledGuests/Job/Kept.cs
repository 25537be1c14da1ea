using Iced.Intel;
using static Iced.Intel.AssemblerRegisters;

namespace Vpio.AssembledGuests.Job;

/// <summary>Names the registers of the processor that say where everything is. They are set once, before all else, and kept; every other register is anybody's.</summary>
/// <remarks>They are the six that a C function keeps for its caller. A subroutine takes what it is given in RAX, RSI or ECX, as it says, and answers in RAX.</remarks>
internal static class Kept
{
    /// <summary>Gets what points to the program's <see cref="Job.Variables"/>.</summary>
    public static AssemblerRegister64 Variables => rbp;

    /// <summary>Gets what points to the job, at the start of the application memory.</summary>
    public static AssemblerRegister64 TheJob => rbx;

    /// <summary>Gets what points to the slot of the device in the device page.</summary>
    public static AssemblerRegister64 Slot => r12;

    /// <summary>Gets what points to the guest page; zero while the registers are being set.</summary>
    public static AssemblerRegister64 Page => r13;

    /// <summary>Gets what points to the register window of the device.</summary>
    public static AssemblerRegister64 Window => r14;

    /// <summary>Gets what points to the guest's memory, which the device reaches.</summary>
    public static AssemblerRegister64 Memory => r15;
}
