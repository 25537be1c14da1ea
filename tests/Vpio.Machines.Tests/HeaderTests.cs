using System.Runtime.InteropServices;
using Vpio.Abi.Machines;
using Vpio.AssembledGuests;
using Vpio.Hypervisor;
using Vpio.Hypervisor.Guests;

namespace Vpio.Machines.Tests;

/// <summary>Shows that a program whose header makes no sense is refused, with the reason.</summary>
[TestFixture]
internal sealed class HeaderTests
{
    private delegate void Spoil(ref MachineImage header);

    private static IEnumerable<TestCaseData> Spoilt =>
    [
        Case("does not begin", (ref header) => header.Magic++),
        Case("version 2 of the ABI", (ref header) => header.Major = 2),
        Case("says that it has 63 bytes", (ref header) => header.ImageBytes = 63),
        Case("says that it has 100000 bytes", (ref header) => header.ImageBytes = 100_000),
        Case("asks for 0 bytes", (ref header) => header.MemoryBytes = 0),
        Case("asks for 8388609 bytes", (ref header) => header.MemoryBytes = MachineImage.MaxMemoryBytes + 1),
        Case("is entered at 0x0", (ref header) => header.Entry = 0),
        Case("is entered at 0xffffffffffffffff", (ref header) => header.Entry = ulong.MaxValue),
        Case("a stack that ends at 0x400008", (ref header) => header.StackTop = MachineImage.LoadAddress + 8),
        Case("a stack that ends at 0x400000", (ref header) => header.StackTop = MachineImage.LoadAddress),
        Case("a stack that ends at 0x0", (ref header) => header.StackTop = 0),
        Case("its upcall handler at 0x1", (ref header) => header.UpcallHandler = 1),
    ];

    [TestCaseSource(nameof(Spoilt))]
    public void ASpoiltHeaderIsRefused(string reason, object spoil)
    {
        byte[] image = Image();
        ((Spoil)spoil)(ref MemoryMarshal.AsRef<MachineImage>(image.AsSpan()));
        Assert.That(() => Add(image), Throws.ArgumentException.With.Message.Contains(reason));
    }

    [Test]
    public void WhatIsShorterThanAHeaderIsRefused() =>
        Assert.That(() => Add(Image()[..63]), Throws.ArgumentException.With.Message.Contains("has 63 bytes"));

    [Test]
    public void MemoryThatDoesNotFitIsRefused()
    {
        using ReferenceHypervisor hypervisor = new(new HypervisorOptions { ApplicationBytes = int.MaxValue & ~4095, GuestMemoryBytes = int.MaxValue & ~4095 });
        Assert.That(() => hypervisor.AddGuest(new GuestImage(Image())), Throws.ArgumentException.With.Message.Contains("2816 MiB"));
    }

    private static TestCaseData Case(string reason, Spoil spoil) => new TestCaseData(reason, spoil).SetArgDisplayNames(reason);

    private static void Add(byte[] image)
    {
        using ReferenceHypervisor hypervisor = new();
        hypervisor.AddGuest(new GuestImage(image));
    }

    private static byte[] Image()
    {
        MachineProgram program = new();
        program.End(0);
        return program.ToImage();
    }
}
