using System.Buffers.Binary;
using Vpio.Abi.Machines;

namespace Vpio.Hypervisor.Guests.Machines;

/// <summary>Sets a processor up for a guest that runs in 64-bit long mode at CPL 3 and nowhere else: page tables, segments, I/O permissions, one interrupt.</summary>
/// <remarks>
/// The tables lie in pages that CPL 3 cannot reach. There are no handlers of exceptions: one that nobody handles ends the machine, which is the end of a guest that
/// does what it may not. Source: Intel 64 and IA-32 Architectures Software Developer's Manual, volume 3A, chapters 3, 4, 6 and 8; volume 1, chapter 19.
/// </remarks>
internal static class LongMode
{
    /// <summary>How long the tables are in all, bytes.</summary>
    public const int TableBytes = 0xA000;

    /// <summary>The number of the interrupt that notifies the guest.</summary>
    public const int UpcallVector = 0x40;

    private const int TopTable = 0;
    private const int DirectoryPointers = 0x1000;
    private const int Directories = 0x2000;
    private const int DirectoryCount = 3; // Of 1 GiB each: up to MachineMap.End.
    private const int Gdt = 0x6000;
    private const int GdtBytes = 0x60;
    private const int Idt = 0x7000;
    private const int IdtBytes = 0x1000;
    private const int Tss = 0x8000;
    private const int PermissionsOfPorts = 104; // Bytes from the start of the TSS on; a bit each, clear: permitted.
    private const int LastPort = (int)MachinePort.End + 3;
    private const int TssBytes = PermissionsOfPorts + (LastPort / 8) + 2; // The last byte must be all ones.

    private const ulong Present = 1;
    private const ulong Writable = 2;
    private const ulong User = 4;
    private const ulong AccessedAndDirty = 0x60; // Set beforehand: the processor has no reason to write the tables.
    private const ulong PageOf2MiB = 0x80;
    private const int EntriesOfTable = 512;

    private const ushort DataSelector = 0x2B;
    private const ushort CodeSelector = 0x33;
    private const ushort TssSelector = 0x40;
    private const ulong DataDescriptor = 0x00CF_F300_0000_FFFF;
    private const ulong CodeDescriptor = 0x00AF_FB00_0000_FFFF;
    private const ulong BusyTss = 0x8B;
    private const ulong TrapGateForUsers = 0xEF; // A trap gate leaves interrupts on: at CPL 3 nobody could turn them on again.

    private const ulong Cr0 = 0x8001_0033; // PG, WP, NE, ET, MP, PE.
    private const ulong Cr4 = 0x620; // OSXMMEXCPT, OSFXSR, PAE.
    private const ulong Efer = 0xD00; // NXE, LMA, LME. No SYSCALL: there is nobody to call.
    private const ulong Flags = 0x202; // IF, and the bit that is always set.

    /// <summary>Writes the tables.</summary>
    /// <param name="tables">Memory of zeros, which the machine sees at <see cref="MachineMap.System"/>.</param>
    /// <param name="upcallHandler">Where an upcall interrupts the guest; 0: nowhere.</param>
    public static void WriteTables(Span<byte> tables, ulong upcallHandler)
    {
        WritePageTables(tables);
        Put(tables, Gdt + (DataSelector & ~7), DataDescriptor);
        Put(tables, Gdt + (CodeSelector & ~7), CodeDescriptor);
        ulong tss = MachineMap.System + Tss;
        Put(tables, Gdt + TssSelector, (TssBytes - 1) | ((tss & 0xFF_FFFF) << 16) | (BusyTss << 40) | (tss >> 24 << 56));
        WritePermissions(tables.Slice(Tss, TssBytes));
        if (upcallHandler == 0)
            return;
        Put(tables, Idt + (UpcallVector * 16), (upcallHandler & 0xFFFF) | ((ulong)CodeSelector << 16) | (TrapGateForUsers << 40) | ((upcallHandler >> 16 & 0xFFFF) << 48));
        Put(tables, Idt + (UpcallVector * 16) + sizeof(ulong), upcallHandler >> 32);
    }

    /// <summary>Sets the control registers for it.</summary>
    /// <param name="registers">What they are at first.</param>
    /// <returns>What they shall be.</returns>
    public static KvmSystemRegisters Set(KvmSystemRegisters registers)
    {
        KvmSegment data = new(0, 0xFFFF_FFFF, DataSelector, Type: 3, Present: 1, Dpl: 3, Db: 1, S: 1, L: 0, G: 1, Avl: 0, Unusable: 0, Padding: 0);
        registers.Ds = registers.Es = registers.Fs = registers.Gs = registers.Ss = data;
        registers.Cs = data with { Selector = CodeSelector, Type = 11, Db = 0, L = 1 };
        registers.Tr = new(MachineMap.System + Tss, TssBytes - 1, TssSelector, Type: 11, Present: 1, Dpl: 0, Db: 0, S: 0, L: 0, G: 0, Avl: 0, Unusable: 0, Padding: 0);
        registers.Ldt = new KvmSegment { Unusable = 1 };
        registers.Gdt = new KvmTable { Base = MachineMap.System + Gdt, Limit = GdtBytes - 1 };
        registers.Idt = new KvmTable { Base = MachineMap.System + Idt, Limit = IdtBytes - 1 };
        registers.Cr0 = Cr0;
        registers.Cr3 = MachineMap.System + TopTable;
        registers.Cr4 = Cr4;
        registers.Efer = Efer;
        return registers;
    }

    /// <summary>Sets the registers with which the program is entered: as by a call that gives it the info.</summary>
    /// <param name="image">The program's header.</param>
    /// <returns>The registers.</returns>
    public static KvmRegisters Entry(in MachineImage image) => new()
    {
        Rip = image.Entry,
        Rsp = image.StackTop - sizeof(ulong),
        Rdi = MachineMap.Info,
        Rflags = Flags,
    };

    private static void WritePageTables(Span<byte> tables)
    {
        const ulong Table = User | Writable | Present | AccessedAndDirty;
        Put(tables, TopTable, (MachineMap.System + DirectoryPointers) | Table);
        for (int i = 0; i < DirectoryCount; i++)
        {
            int directory = Directories + (i * 0x1000);
            Put(tables, DirectoryPointers + (i * sizeof(ulong)), (MachineMap.System + (ulong)directory) | Table);
            for (int j = 0; j < EntriesOfTable; j++)
            {
                ulong address = ((ulong)i << 30) | ((ulong)j << 21);
                ulong user = address < MachineMap.SystemEnd ? 0 : User;
                Put(tables, directory + (j * sizeof(ulong)), address | user | Writable | Present | AccessedAndDirty | PageOf2MiB);
            }
        }
    }

    private static void Put(Span<byte> tables, int offset, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(tables[offset..], value);

    private static void WritePermissions(Span<byte> tss)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(tss[102..], PermissionsOfPorts);
        Span<byte> permissions = tss[PermissionsOfPorts..];
        permissions.Fill(0xFF);
        foreach (MachinePort port in Enum.GetValues<MachinePort>())
        {
            if (port != MachinePort.None)
                permissions[(int)port / 8] &= (byte)~(0xF << ((int)port % 8));
        }
    }
}
