using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Vpio.Hypervisor.Guests.Machines;

/// <summary>Makes the calls of KVM's interface, by their numbers in Linux's <c>linux/kvm.h</c>.</summary>
internal static unsafe partial class KvmCalls
{
    public const nuint GetApiVersion = 0xAE00;
    public const nuint CreateMachine = 0xAE01;
    public const nuint CheckExtension = 0xAE03;
    public const nuint GetRunBytes = 0xAE04;
    public const nuint GetSupportedCpuid = 0xC008_AE05;
    public const nuint CreateCpu = 0xAE41;
    public const nuint SetMemoryRegion = 0x4020_AE46;
    public const nuint SetTssAddress = 0xAE47;
    public const nuint Run = 0xAE80;
    public const nuint GetRegisters = 0x8090_AE81;
    public const nuint SetRegisters = 0x4090_AE82;
    public const nuint GetSystemRegisters = 0x8138_AE83;
    public const nuint SetSystemRegisters = 0x4138_AE84;
    public const nuint Interrupt = 0x4004_AE86;
    public const nuint GetModelRegisters = 0xC008_AE88;
    public const nuint SetCpuid = 0x4008_AE90;
    public const nuint GetTscKilohertz = 0xAEA3;

    /// <summary>Makes a call whose argument is a number, or nothing.</summary>
    /// <param name="descriptor">What is called.</param>
    /// <param name="request">The call's number.</param>
    /// <param name="argument">The argument.</param>
    /// <returns>What it answered; -1: the error is in <see cref="Marshal.GetLastPInvokeError"/>.</returns>
    // SAFETY: what the kernel is given to write is the caller's, and the call's number says how long it is. The library's ioctl takes any number of arguments; with three it is called like any function on this processor.
    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    public static partial int Call(SafeFileHandle descriptor, nuint request, nint argument = 0);

    /// <summary>Makes a call that reads or writes a structure.</summary>
    /// <param name="descriptor">What is called.</param>
    /// <param name="request">The call's number, which says how long the structure is.</param>
    /// <param name="argument">The structure.</param>
    /// <returns>As <see cref="Call(SafeFileHandle, nuint, nint)"/>.</returns>
    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    public static partial int Call(SafeFileHandle descriptor, nuint request, void* argument);

    /// <summary>Makes a call that must go well.</summary>
    /// <param name="what">What it is for, as a sentence goes on after "KVM cannot".</param>
    /// <param name="result">What it answered.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="IOException">It did not.</exception>
    public static int Check(string what, int result)
    {
        if (result >= 0)
            return result;
        Win32Exception why = new(Marshal.GetLastPInvokeError());
        throw new IOException($"KVM cannot {what}: {why.Message}.", why);
    }
}
