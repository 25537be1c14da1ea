using Iced.Intel;
using Vpio.Abi.Network;
using static Iced.Intel.AssemblerRegisters;

namespace Vpio.AssembledGuests.Job;

/// <summary>Names the registers of the network device as operands. Each is read and written whole, by a MOV.</summary>
internal static class NicField
{
    public static AssemblerMemoryOperand Status => Dword(NicRegister.Status);

    public static AssemblerMemoryOperand Asleep => Dword(NicRegister.Asleep);

    public static AssemblerMemoryOperand TxHead => Dword(NicRegister.TxHead);

    public static AssemblerMemoryOperand TxFrames => Qword(NicRegister.TxFrames);

    public static AssemblerMemoryOperand TxErrors => Qword(NicRegister.TxErrors);

    public static AssemblerMemoryOperand Control => Dword(NicRegister.Control);

    public static AssemblerMemoryOperand InterruptArm => Dword(NicRegister.InterruptArm);

    public static AssemblerMemoryOperand TxRingIova => Qword(NicRegister.TxRingIova);

    public static AssemblerMemoryOperand RxRingIova => Qword(NicRegister.RxRingIova);

    public static AssemblerMemoryOperand TxRingEntries => Dword(NicRegister.TxRingEntries);

    public static AssemblerMemoryOperand RxRingEntries => Dword(NicRegister.RxRingEntries);

    public static AssemblerMemoryOperand TxTail => Dword(NicRegister.TxTail);

    public static AssemblerMemoryOperand RxTail => Dword(NicRegister.RxTail);

    private static AssemblerMemoryOperand Dword(uint register) => __dword_ptr[Kept.Window + (int)register];

    private static AssemblerMemoryOperand Qword(uint register) => __qword_ptr[Kept.Window + (int)register];
}
