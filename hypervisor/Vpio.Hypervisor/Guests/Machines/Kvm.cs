using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Vpio.Hypervisor.Guests.Machines;

/// <summary>Is the kernel's hypervisor, held by a descriptor of <c>/dev/kvm</c>.</summary>
internal sealed unsafe partial class Kvm : IDisposable
{
    private const string Device = "/dev/kvm";
    private const int ApiVersion = 12;
    private const int ReadWriteCloseOnExec = 0x8_0002;
    private const int DuplicateCloseOnExec = 1030;
    private const int NoSuchFile = 2;
    private const int NoAccess = 13;
    private const int NotPermitted = 1;
    private const int CpuidEntries = 256;
    private const int CpuidEntryBytes = 40;

    // By their numbers and what they are for: without any one of these no guest can be run as the pages say.
    private static readonly (int Number, string Name)[] Needed =
        [(3, "KVM_CAP_USER_MEMORY"), (61, "KVM_CAP_GET_TSC_KHZ"), (81, "KVM_CAP_READONLY_MEM"), (136, "KVM_CAP_IMMEDIATE_EXIT")];

    private Kvm(SafeFileHandle handle) => Handle = handle;

    /// <summary>Gets the descriptor.</summary>
    public SafeFileHandle Handle { get; }

    /// <summary>Opens it.</summary>
    /// <param name="descriptor">A descriptor of it that this process inherited or was given, which stays the caller's; <see langword="null"/>: by its name.</param>
    /// <returns>The hypervisor.</returns>
    /// <exception cref="IOException">It is not there, not permitted, or not of the version and with the capabilities that are needed; the message says which.</exception>
    public static Kvm Open(int? descriptor)
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
            throw new IOException("KVM is a part of Linux, and used here on x86-64 only.");
        Kvm kvm = new(descriptor is { } inherited ? Duplicate(inherited) : OpenDevice());
        try
        {
            kvm.Check(descriptor is null ? Device : $"descriptor {descriptor}");
            return kvm;
        }
        catch
        {
            kvm.Dispose();
            throw;
        }
    }

    /// <summary>Makes a machine.</summary>
    /// <returns>The machine, without memory and processors.</returns>
    public VirtualMachine CreateMachine() =>
        new(this, new SafeFileHandle(KvmCalls.Check("make another virtual machine", KvmCalls.Call(Handle, KvmCalls.CreateMachine)), ownsHandle: true));

    /// <summary>Gets how long the memory is by which the kernel tells of a processor's exits.</summary>
    public int RunBytes => KvmCalls.Check("say how long the run structure is", KvmCalls.Call(Handle, KvmCalls.GetRunBytes));

    /// <summary>Lets a processor be what this machine can offer.</summary>
    /// <param name="cpu">The processor.</param>
    public void OfferAllTo(SafeFileHandle cpu)
    {
        // SAFETY: struct kvm_cpuid2 with as many entries as its first word says.
        uint* cpuid = stackalloc uint[2 + (CpuidEntries * CpuidEntryBytes / sizeof(uint))];
        cpuid[0] = CpuidEntries;
        KvmCalls.Check("say what its processors can do", KvmCalls.Call(Handle, KvmCalls.GetSupportedCpuid, cpuid));
        KvmCalls.Check("make a processor with all that it can do", KvmCalls.Call(cpu, KvmCalls.SetCpuid, cpuid));
    }

    /// <inheritdoc/>
    public void Dispose() => Handle.Dispose();

    private static SafeFileHandle OpenDevice()
    {
        SafeFileHandle device = OpenFile(Device, ReadWriteCloseOnExec);
        if (!device.IsInvalid)
            return device;
        int error = Marshal.GetLastPInvokeError();
        throw new IOException(error switch
        {
            NoSuchFile => $"there is no {Device}: the kernel has no KVM, or the processor, or the machine that this one runs in, offers no virtualisation",
            NoAccess or NotPermitted => $"{Device} may not be opened: join its group (often kvm), or inherit a descriptor of it from who may",
            _ => $"{Device} cannot be opened: {new Win32Exception(error).Message}",
        });
    }

    private static SafeFileHandle Duplicate(int inherited)
    {
        SafeFileHandle copy = Control(inherited, DuplicateCloseOnExec, 0);
        return copy.IsInvalid
            ? throw new IOException($"descriptor {inherited} is not open: let this process inherit an open descriptor of {Device}")
            : copy;
    }

    private void Check(string name)
    {
        int version = KvmCalls.Call(Handle, KvmCalls.GetApiVersion);
        if (version != ApiVersion)
            throw new IOException(version < 0 ? $"{name} is not a descriptor of KVM" : $"{name} has version {version} of KVM's interface, and {ApiVersion} is needed");
        foreach ((int number, string capability) in Needed)
        {
            if (KvmCalls.Call(Handle, KvmCalls.CheckExtension, number) <= 0)
                throw new IOException($"{name} lacks {capability}");
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle OpenFile(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial SafeFileHandle Control(int descriptor, int command, nint argument);
}
