using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Vpio.Hypervisor.Guests.Machines;
using Vpio.Programs;

namespace Vpio.Machines.Tests;

/// <summary>Holds our picture of KVM's structures and numbers to the headers of the kernel, by a C program.</summary>
[TestFixture]
internal sealed class KvmStructuresTests
{
    private static readonly (Type Ours, string Theirs, Func<string, string?> FieldOf)[] Structures =
    [
        (typeof(KvmMemoryRegion), "struct kvm_userspace_memory_region", Snake),
        (typeof(KvmRegisters), "struct kvm_regs", Snake),
        (typeof(KvmSegment), "struct kvm_segment", Snake),
        (typeof(KvmTable), "struct kvm_dtable", name => name.StartsWith("Padding", StringComparison.Ordinal) ? null : Snake(name)),
        (typeof(KvmSystemRegisters), "struct kvm_sregs", name => name.StartsWith("InterruptBitmap", StringComparison.Ordinal) ? $"interrupt_bitmap[{name[^1]}]" : Snake(name)),
        (typeof(KvmRun), "struct kvm_run", name => name switch { "HardwareEntryFailureReason" => "fail_entry.hardware_entry_failure_reason", "Suberror" => "internal.suberror", _ => Snake(name) }),
        (typeof(KvmPortAccess), "__typeof__(((struct kvm_run *)0)->io)", Snake),
        (typeof(KvmMemoryAccess), "__typeof__(((struct kvm_run *)0)->mmio)", Snake),
    ];

    // The run structure is longer than what is used of it; a field of a bit-field's kind has no offset.
    private static readonly Type[] Partly = [typeof(KvmRun)];

    private static readonly (string Theirs, ulong Ours)[] Numbers =
    [
        ("KVM_GET_API_VERSION", KvmCalls.GetApiVersion), ("KVM_CREATE_VM", KvmCalls.CreateMachine), ("KVM_CHECK_EXTENSION", KvmCalls.CheckExtension),
        ("KVM_GET_VCPU_MMAP_SIZE", KvmCalls.GetRunBytes), ("KVM_GET_SUPPORTED_CPUID", KvmCalls.GetSupportedCpuid), ("KVM_CREATE_VCPU", KvmCalls.CreateCpu),
        ("KVM_SET_USER_MEMORY_REGION", KvmCalls.SetMemoryRegion), ("KVM_SET_TSS_ADDR", KvmCalls.SetTssAddress), ("KVM_RUN", KvmCalls.Run),
        ("KVM_GET_REGS", KvmCalls.GetRegisters), ("KVM_SET_REGS", KvmCalls.SetRegisters), ("KVM_GET_SREGS", KvmCalls.GetSystemRegisters),
        ("KVM_SET_SREGS", KvmCalls.SetSystemRegisters), ("KVM_INTERRUPT", KvmCalls.Interrupt), ("KVM_GET_MSRS", KvmCalls.GetModelRegisters),
        ("KVM_SET_CPUID2", KvmCalls.SetCpuid), ("KVM_GET_TSC_KHZ", KvmCalls.GetTscKilohertz),
        ("KVM_MEM_READONLY", KvmMemoryRegion.ReadOnly), ("KVM_EXIT_IO_OUT", KvmPortAccess.Out),
        ("KVM_EXIT_IO", (ulong)KvmExitReason.Io), ("KVM_EXIT_MMIO", (ulong)KvmExitReason.Mmio), ("KVM_EXIT_IRQ_WINDOW_OPEN", (ulong)KvmExitReason.IrqWindowOpen),
        ("KVM_EXIT_SHUTDOWN", (ulong)KvmExitReason.Shutdown), ("KVM_EXIT_FAIL_ENTRY", (ulong)KvmExitReason.FailEntry),
        ("KVM_EXIT_INTERNAL_ERROR", (ulong)KvmExitReason.InternalError), ("KVM_EXIT_UNKNOWN", (ulong)KvmExitReason.Unknown),
    ];

    [Test]
    public void TheyAreThoseOfTheKernelsHeaders()
    {
        InstalledProgram.Demand("gcc");
        string folder = Directory.CreateTempSubdirectory("vpio-kvm").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "proof.c"), Proof());
            (int code, string said) = InstalledProgram.Execute("gcc", ["-std=gnu11", "-Wall", "-Wextra", "-c", "-o", "/dev/null", "proof.c"], folder);
            Assert.That(code, Is.Zero, said);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Test]
    public void TheyHaveTheSizesOfTheKernel()
    {
        Assert.That(Unsafe.SizeOf<KvmRegisters>(), Is.EqualTo(144));
        Assert.That(Unsafe.SizeOf<KvmSystemRegisters>(), Is.EqualTo(312));
        Assert.That(Unsafe.SizeOf<KvmMemoryRegion>(), Is.EqualTo(32));
        Assert.That(Unsafe.SizeOf<KvmModelRegister>(), Is.EqualTo(24));
    }

    private static string Proof()
    {
        StringBuilder text = new("#include <stddef.h>\n#include <linux/kvm.h>\n#define PROVE(claim) _Static_assert(claim, #claim)\n");
        foreach ((Type ours, string theirs, Func<string, string?> fieldOf) in Structures)
        {
            if (!Partly.Contains(ours))
                text.Append($"PROVE(sizeof({theirs}) == {Marshal.SizeOf(ours)});\n");
            foreach (FieldInfo field in ours.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
            {
                if (fieldOf(NameOf(field)) is { } name)
                    text.Append($"PROVE(offsetof({theirs}, {name}) == {Marshal.OffsetOf(ours, field.Name)});\n");
            }
        }

        foreach ((string theirs, ulong ours) in Numbers)
            text.Append($"PROVE({theirs} == {ours}ul);\n");
        return text.ToString();
    }

    // The fields of a record are behind its properties.
    private static string NameOf(FieldInfo field) => field.Name.Contains('<', StringComparison.Ordinal) ? field.Name[1..field.Name.IndexOf('>', StringComparison.Ordinal)] : field.Name;

    private static string Snake(string name) => string.Concat(name.Select((letter, i) => char.IsUpper(letter) && i > 0 ? $"_{char.ToLowerInvariant(letter)}" : char.ToLowerInvariant(letter).ToString()));
}
