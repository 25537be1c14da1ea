using System.Runtime.InteropServices;

namespace Vpio.Hypervisor.Guests.Machines;

// The structures of KVM on x86-64, with the names that their fields have in Linux's linux/kvm.h and asm/kvm.h. KvmStructuresTests compares them with those.

/// <summary>Is <c>struct kvm_userspace_memory_region</c>: memory of this process as memory of a machine.</summary>
[StructLayout(LayoutKind.Sequential)]
internal record struct KvmMemoryRegion(uint Slot, uint Flags, ulong GuestPhysAddr, ulong MemorySize, ulong UserspaceAddr)
{
    /// <summary>Of <see cref="Flags"/>: the guest's writes exit.</summary>
    public const uint ReadOnly = 2;
}

/// <summary>Is <c>struct kvm_regs</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct KvmRegisters
{
    public ulong Rax, Rbx, Rcx, Rdx, Rsi, Rdi, Rsp, Rbp, R8, R9, R10, R11, R12, R13, R14, R15, Rip, Rflags;
}

/// <summary>Is <c>struct kvm_segment</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal record struct KvmSegment(ulong Base, uint Limit, ushort Selector, byte Type, byte Present, byte Dpl, byte Db, byte S, byte L, byte G, byte Avl, byte Unusable, byte Padding);

/// <summary>Is <c>struct kvm_dtable</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal record struct KvmTable(ulong Base, ushort Limit, ushort Padding0, ushort Padding1, ushort Padding2);

/// <summary>Is <c>struct kvm_sregs</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct KvmSystemRegisters
{
    public KvmSegment Cs, Ds, Es, Fs, Gs, Ss, Tr, Ldt;
    public KvmTable Gdt, Idt;
    public ulong Cr0, Cr2, Cr3, Cr4, Cr8, Efer, ApicBase;
    public ulong InterruptBitmap0, InterruptBitmap1, InterruptBitmap2, InterruptBitmap3;
}

/// <summary>Is <c>struct kvm_run</c>, as far as it is used: what the kernel says of an exit, and is told.</summary>
[StructLayout(LayoutKind.Explicit)]
internal struct KvmRun
{
    [FieldOffset(0)]
    public byte RequestInterruptWindow;

    [FieldOffset(1)]
    public byte ImmediateExit;

    [FieldOffset(8)]
    public KvmExitReason ExitReason;

    [FieldOffset(12)]
    public byte ReadyForInterruptInjection;

    [FieldOffset(32)]
    public KvmPortAccess Io;

    [FieldOffset(32)]
    public KvmMemoryAccess Mmio;

    [FieldOffset(32)]
    public ulong HardwareEntryFailureReason;

    [FieldOffset(32)]
    public uint Suberror;
}

/// <summary>Is the part <c>io</c> of <c>struct kvm_run</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal record struct KvmPortAccess(byte Direction, byte Size, ushort Port, uint Count, ulong DataOffset)
{
    /// <summary>Of <see cref="Direction"/>: OUT.</summary>
    public const byte Out = 1;
}

/// <summary>Is the part <c>mmio</c> of <c>struct kvm_run</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal record struct KvmMemoryAccess(ulong PhysAddr, ulong Data, uint Len, byte IsWrite);

/// <summary>Is <c>struct kvm_msrs</c> with one entry.</summary>
[StructLayout(LayoutKind.Sequential)]
internal record struct KvmModelRegister(uint Nmsrs, uint Pad, uint Index, uint Reserved, ulong Data)
{
    /// <summary>The time stamp counter.</summary>
    public const uint Tsc = 0x10;
}

/// <summary>Numbers the exits that are told apart: <c>KVM_EXIT_*</c>.</summary>
internal enum KvmExitReason : uint
{
    Unknown = 0,
    Io = 2,
    Mmio = 6,
    IrqWindowOpen = 7,
    Shutdown = 8,
    FailEntry = 9,
    InternalError = 17,
}
