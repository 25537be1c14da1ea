using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Vpio.Hypervisor.Guests.Machines;

/// <summary>Is the processor of a virtual machine: its registers, and the run structure by which the kernel tells why it left the guest.</summary>
/// <remarks>Threads: one, the processor's own, except for <see cref="LeaveAtOnce"/>. Dispose of it after the last use by any thread.</remarks>
internal sealed unsafe partial class VirtualCpu : IDisposable
{
    private const int ReadWrite = 3;
    private const int Shared = 1;

    private readonly SafeFileHandle _handle;
    private readonly nuint _runBytes;
    private readonly KvmRun* _run;

    /// <summary>Takes a processor over.</summary>
    /// <param name="handle">Its descriptor.</param>
    /// <param name="runBytes">How long its run structure is, with the data of port accesses.</param>
    /// <exception cref="IOException">The structure cannot be mapped.</exception>
    public VirtualCpu(SafeFileHandle handle, int runBytes)
    {
        _handle = handle;
        _runBytes = (nuint)runBytes;

        // SAFETY: a new mapping of the processor's own file; unmapped in Dispose, before the file is closed.
        nint run = MapMemory(0, _runBytes, ReadWrite, Shared, handle, 0);
        if (run == -1)
            KvmCalls.Check("show the exits of a processor", -1);
        _run = (KvmRun*)run;
    }

    /// <summary>Gets the run structure in place.</summary>
    public ref KvmRun Exit => ref *_run;

    /// <summary>Gets or sets the registers.</summary>
    public KvmRegisters Registers
    {
        get
        {
            KvmRegisters registers;

            // SAFETY: the kernel fills the structure, whose length is part of the call's number.
            KvmCalls.Check("read a processor's registers", KvmCalls.Call(_handle, KvmCalls.GetRegisters, &registers));
            return registers;
        }

        set => KvmCalls.Check("set a processor's registers", KvmCalls.Call(_handle, KvmCalls.SetRegisters, &value));
    }

    /// <summary>Gets or sets the segments, the tables and the control registers.</summary>
    public KvmSystemRegisters SystemRegisters
    {
        get
        {
            KvmSystemRegisters registers;

            // SAFETY: as above.
            KvmCalls.Check("read a processor's control registers", KvmCalls.Call(_handle, KvmCalls.GetSystemRegisters, &registers));
            return registers;
        }

        set => KvmCalls.Check("set a processor's control registers", KvmCalls.Call(_handle, KvmCalls.SetSystemRegisters, &value));
    }

    /// <summary>Gets how fast the guest's time stamp counter runs, ticks a second.</summary>
    public long TscFrequency => 1000L * KvmCalls.Check("say how fast a processor's counter runs", KvmCalls.Call(_handle, KvmCalls.GetTscKilohertz));

    /// <summary>Gets the guest's time stamp counter.</summary>
    public ulong Tsc
    {
        get
        {
            KvmModelRegister tsc = new() { Nmsrs = 1, Index = KvmModelRegister.Tsc };

            // SAFETY: struct kvm_msrs with the one entry that it names.
            KvmCalls.Check("read a processor's counter", KvmCalls.Call(_handle, KvmCalls.GetModelRegisters, &tsc) - 1);
            return tsc.Data;
        }
    }

    /// <summary>Enters the guest until it exits.</summary>
    /// <returns>0 when <see cref="Exit"/> tells why, else the error.</returns>
    // Never without the transition of a call that may take long: a garbage collection would wait for the guest.
    public int Run() => KvmCalls.Call(_handle, KvmCalls.Run) == 0 ? 0 : Marshal.GetLastPInvokeError();

    /// <summary>Has the processor leave the guest at once, now if the caller interrupts its thread, and else before it enters again. Any thread.</summary>
    public void LeaveAtOnce() => Volatile.Write(ref _run->ImmediateExit, 1);

    /// <summary>Lets it enter the guest again.</summary>
    public void EnterAgain() => Volatile.Write(ref _run->ImmediateExit, 0);

    /// <summary>Interrupts the guest when it next enters; it must be ready.</summary>
    /// <param name="vector">The number of the interrupt.</param>
    /// <returns>Whether it will be.</returns>
    public bool TryInterrupt(uint vector) => KvmCalls.Call(_handle, KvmCalls.Interrupt, &vector) == 0;

    /// <summary>Gets what the guest put out; the exit must be one by an OUT of 32 bits.</summary>
    public uint PortData => *(uint*)PortBytes(sizeof(uint));

    /// <summary>Answers a port that nothing is behind: all ones.</summary>
    public void AnswerNothing() => new Span<byte>(PortBytes(_run->Io.Size * _run->Io.Count), (int)(_run->Io.Size * _run->Io.Count)).Fill(0xFF);

    /// <inheritdoc/>
    public void Dispose()
    {
        // SAFETY: the mapping of the constructor; nobody uses it after this.
        _ = UnmapMemory((nint)_run, _runBytes);
        _handle.Dispose();
    }

    private byte* PortBytes(ulong lengthBytes)
    {
        // SAFETY: the kernel says where the data are, within the mapping; that is checked all the same.
        if (_run->Io.DataOffset > _runBytes - lengthBytes)
            throw new IOException("KVM tells of data outside of the run structure.");
        return (byte*)_run + _run->Io.DataOffset;
    }

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial nint MapMemory(nint address, nuint lengthBytes, int protection, int flags, SafeFileHandle file, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    private static partial int UnmapMemory(nint address, nuint lengthBytes);
}
