using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Vpio.Hypervisor.Memory;

namespace Vpio.Hypervisor.Tests.Memory;

/// <summary>Tries on the files that guests are given what a hostile guest would.</summary>
[TestFixture]
[Platform(Include = "Linux", Reason = "Only on Linux are files given to guests.")]
internal sealed partial class SealedFileTests
{
    private const int PageBytes = 4096;
    private const int NotPermitted = 1;
    private const int Busy = 16;
    private const int AddSeals = 1033;
    private const int GetSeals = 1034;
    private const int SealWrite = 8;
    private const int PunchHole = 2;
    private const int KeepSize = 1;
    private const int ProtectRead = 1;
    private const int ProtectWrite = 2;
    private const int Shared = 1;
    private const nint Failed = -1;

    [Test]
    public void NobodyMovesTheEndOfAFile([Values] bool guestsWrite, [Values(0, 1, PageBytes - 1, PageBytes + 1, 1 << 20)] long length)
    {
        SharedRegion region = new(PageBytes, guestsWrite);
        Assert.That(ErrorOf(SetLength(region.Descriptor, length)), Is.EqualTo(NotPermitted));
        Assert.That(RandomAccess.GetLength(region.Descriptor), Is.EqualTo(PageBytes));
        Assert.That(region.Hypervisor.At<ulong>(PageBytes - 8), Is.Zero, "and no SIGBUS");
    }

    [Test]
    public void NobodyChangesTheSeals([Values] bool guestsWrite)
    {
        SharedRegion region = new(PageBytes, guestsWrite);
        int seals = Control(region.Descriptor, GetSeals, 0);
        Assert.That(ErrorOf(Control(region.Descriptor, AddSeals, SealWrite)), Is.EqualTo(NotPermitted).Or.EqualTo(Busy));
        Assert.That(Control(region.Descriptor, GetSeals, 0), Is.EqualTo(seals));
    }

    [Test]
    public void WhatGuestsMayNotWriteIsWrittenInNoWayByWhoHasTheDescriptor()
    {
        SharedRegion region = new(PageBytes, guestsWrite: false);
        region.Hypervisor.At<ulong>(0) = 42;
        using SafeFileHandle reopened = File.OpenHandle($"/proc/self/fd/{region.Descriptor.DangerousGetHandle()}", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        foreach (SafeFileHandle file in new[] { region.Descriptor, reopened })
        {
            Assert.That(Map(0, PageBytes, ProtectRead | ProtectWrite, Shared, file, 0), Is.EqualTo(Failed));
            nint readable = Map(0, PageBytes, ProtectRead, Shared, file, 0);
            Assert.That(readable, Is.Not.EqualTo(Failed));
            Assert.That(Protect(readable, PageBytes, ProtectRead | ProtectWrite), Is.Not.Zero, "a mapping for reading stays one");
            Assert.That(() => RandomAccess.Write(file, new byte[8], 0), Throws.InstanceOf<UnauthorizedAccessException>().Or.InstanceOf<IOException>());
            Assert.That(ErrorOf(Allocate(file, PunchHole | KeepSize, 0, PageBytes)), Is.EqualTo(NotPermitted));
            Assert.That(Marshal.ReadInt64(readable), Is.EqualTo(42));
            _ = Unmap(readable, PageBytes);
        }

        region.Hypervisor.At<ulong>(0) = 43;
        Assert.That(region.MapForGuest().At<ulong>(0), Is.EqualTo(43), "the hypervisor writes on");
    }

    [Test]
    public void AHoleThatAGuestPunchesIntoItsOwnMemoryIsZerosAndNothingElse()
    {
        SharedRegion region = new(PageBytes, guestsWrite: true);
        region.Hypervisor.At<ulong>(0) = 42;
        Assert.That(Allocate(region.Descriptor, PunchHole | KeepSize, 0, PageBytes), Is.Zero);
        Assert.That(region.Hypervisor.At<ulong>(0), Is.Zero);
    }

    [Test]
    public void AFileThatIsNotSealedIsShortened()
    {
        // What the seals are for: without them the same call does it.
        using SafeFileHandle file = SealedFile.Create(PageBytes);
        Assert.That(SetLength(file, 0), Is.Zero);
    }

    private static int ErrorOf(int result) => result == 0 ? 0 : Marshal.GetLastPInvokeError();

    [LibraryImport("libc", EntryPoint = "ftruncate", SetLastError = true)]
    private static partial int SetLength(SafeFileHandle file, long lengthBytes);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(SafeFileHandle file, int command, nint argument);

    [LibraryImport("libc", EntryPoint = "fallocate", SetLastError = true)]
    private static partial int Allocate(SafeFileHandle file, int mode, long offset, long lengthBytes);

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial nint Map(nint where, nint lengthBytes, int protection, int flags, SafeFileHandle file, long offset);

    [LibraryImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    private static partial int Protect(nint start, nint lengthBytes, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(nint start, nint lengthBytes);
}
