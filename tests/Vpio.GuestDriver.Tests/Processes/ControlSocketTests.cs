using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Vpio.Abi.Processes;
using Vpio.Abi.Processes.Linux;

namespace Vpio.GuestDriver.Tests.Processes;

/// <summary>Holds the control socket to the guests' page: what a message is, what comes with it, and what ends the conversation.</summary>
[TestFixture]
[Platform(Include = "Linux", Reason = "Guests in processes of their own need Linux.")]
internal sealed partial class ControlSocketTests
{
    private ControlSocket _here = null!;
    private ControlSocket _there = null!;

    [SetUp]
    public void Connect() => (_here, _there) = ControlSocket.MakePair();

    [TearDown]
    public void HangUp()
    {
        _here.Dispose();
        _there.Dispose();
    }

    [Test]
    public void AMessageArrivesWholeAndWithItsDescriptors([Values(0, 1, 2, 3, 4)] int count)
    {
        string[] paths = [.. Enumerable.Range(0, count).Select(_ => Path.GetTempFileName())];
        SafeFileHandle[] files = [.. paths.Select(path => File.OpenHandle(path))];
        ControlMessage sent = new() { Kind = (uint)ControlKind.Window, Index = 62, LengthBytes = ulong.MaxValue, ApplicationBytes = 3 };
        Assert.That(_here.TrySend(in sent, files, waits: false));
        SafeFileHandle?[] received = new SafeFileHandle?[count];
        Assert.That(_there.TryReceive(out ControlMessage message, received), Is.EqualTo(count));
        Assert.That(message, Is.EqualTo(sent));
        Assert.That(received.Select(PathOf), Is.EqualTo(paths));
        foreach (SafeFileHandle? file in files.Concat(received))
            file!.Dispose();
        Array.ForEach(paths, File.Delete);
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(ControlMessage.Size - 1)]
    [TestCase(ControlMessage.Size + 1)]
    [TestCase(4096)]
    public void WhatHasAnotherLengthIsNoMessage(int length)
    {
        Assert.That((int)Send(_here.Handle, new byte[length], length, 0), Is.EqualTo(length));
        Assert.That(_there.TryReceive(out _), Is.False);
    }

    [Test]
    public void DescriptorsThatNobodyAskedForAreClosed()
    {
        ControlMessage message = new() { Kind = (uint)ControlKind.Kick };
        int before = OpenFiles();
        for (int i = 0; i < 100; i++)
        {
            Assert.That(_here.TrySend(in message, [_here.Handle, _there.Handle], waits: false));
            Assert.That(_there.TryReceive(out _));
        }

        Assert.That(OpenFiles(), Is.EqualTo(before));
    }

    [Test]
    public void AClosedDescriptorIsNotSentNorIsAnotherInItsPlace()
    {
        SafeFileHandle closed = File.OpenHandle("/dev/null");
        closed.Dispose();
        ControlMessage message = default;
        Assert.That(() => _here.TrySend(in message, [closed], waits: false), Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(_here.TrySend(in message, [], waits: false));
        Assert.That(_there.TryReceive(out _, new SafeFileHandle?[1]), Is.Zero, "nothing was sent before");
    }

    [Test]
    public void WhoDoesNotWaitIsToldThatThereIsNoRoom()
    {
        ControlMessage message = default;
        int sent = 0;
        while (_here.TrySend(in message, [], waits: false))
            Assert.That(++sent, Is.LessThan(64), "what nobody receives is held by the kernel");
        Assert.That(_there.TryReceive(out _));
        Assert.That(sent, Is.Positive);
    }

    [Test]
    public void AHangUpEndsTheReceiptOfBothSides()
    {
        _here.HangUp();
        Assert.That(_there.TryReceive(out _), Is.False);
        Assert.That(_here.TryReceive(out _), Is.False);
        ControlMessage message = default;
        Assert.That(_there.TrySend(in message, [], waits: true), Is.False, "and no signal ends the process");
    }

    private static string? PathOf(SafeFileHandle? file) => new FileInfo($"/proc/self/fd/{file!.DangerousGetHandle()}").LinkTarget;

    private static int OpenFiles() => Directory.GetFiles("/proc/self/fd").Length;

    [LibraryImport("libc", EntryPoint = "send")]
    private static partial nint Send(SafeFileHandle socket, byte[] bytes, nint length, int flags);
}
