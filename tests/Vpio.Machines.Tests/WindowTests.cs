using Vpio.Abi;
using Vpio.Abi.Network;
using Vpio.Hypervisor.Guests;
using Vpio.Hypervisor.Guests.Machines;

namespace Vpio.Machines.Tests;

/// <summary>Shows that a machine reaches the registers of a device while it owns it, and at no other time.</summary>
[TestFixture]
internal sealed class WindowTests
{
    private const ulong Nothing = uint.MaxValue;

    [Test]
    public void TheWindowIsThereWhileTheGuestOwnsTheDeviceAndNoAccessExits()
    {
        using MachineWorld world = new();
        Guest guest = world.Add(program =>
        {
            program.Grab();
            for (int i = 0; i < 1000; i++)
                program.ReadRegister(NicRegister.Identity, keepAt: 1);
            program.End(0);
        });
        Assert.That(MachineWorld.Run(guest), Is.EqualTo(new MachineExit(0, null)));
        Assert.That(Kept(guest, 1), Is.EqualTo(NicRegister.IdentityValue));
        Assert.That(guest.Machine!.Statistics, Is.EqualTo(new MachineStatistics { Calls = 1 }));
    }

    [Test]
    public void BeforeAndAfterAnOwnershipNoDeviceAnswers()
    {
        using MachineWorld world = new();
        Guest guest = world.Add(program =>
        {
            program.ReadRegister(NicRegister.Identity, keepAt: 1);
            program.Grab();
            program.ReadRegister(NicRegister.Identity, keepAt: 2);
            program.Release();
            program.ReadRegister(NicRegister.Identity, keepAt: 3);
            program.ReadRegister(NicRegister.Identity, keepAt: 4);
            program.Grab();
            program.ReadRegister(NicRegister.Identity, keepAt: 5);
            program.End(0);
        });
        Assert.That(MachineWorld.Run(guest).Code, Is.Zero);
        Assert.That(
            new[] { Kept(guest, 1), Kept(guest, 2), Kept(guest, 3), Kept(guest, 4), Kept(guest, 5) },
            Is.EqualTo(new ulong[] { Nothing, NicRegister.IdentityValue, Nothing, Nothing, NicRegister.IdentityValue }));
        Assert.That(guest.Machine!.Statistics, Is.EqualTo(new MachineStatistics { Calls = 3, RegisterAccesses = 2, StrayAccesses = 3, Faults = 2 }));
    }

    [Test]
    public void AWindowTouchedWhileItWasClosedComesBackByItsGuestsOwnAccessAndNotByWhoGrantsTheDevice()
    {
        using MachineWorld world = new();
        Guest guest = world.Add(program =>
        {
            program.ReadRegister(NicRegister.Identity, keepAt: 1);
            program.Grab();
            program.Release();
            program.Grab();
            for (int i = 0; i < 100; i++)
                program.ReadRegister(NicRegister.Identity, keepAt: 2);
            program.End(0);
        });
        Assert.That(MachineWorld.Run(guest).Code, Is.Zero);
        Assert.That(Kept(guest, 2), Is.EqualTo(NicRegister.IdentityValue));

        // Two grants, and the slot was given back by neither: the kernel may take long for it, and a grant is made by whoever releases.
        Assert.That(guest.Machine!.Statistics, Is.EqualTo(new MachineStatistics { Calls = 3, RegisterAccesses = 1, StrayAccesses = 1, Faults = 1 }));
    }

    [Test]
    public void AWriteAfterAnOwnershipIsNeverSeenByALaterOne()
    {
        using MachineWorld world = new();
        Guest guest = world.Add(program =>
        {
            program.Grab();
            program.WriteRegister(NicRegister.TxRingIova, 0x1111);
            program.Release();
            program.WriteRegister(NicRegister.TxRingIova, 0x2222);
            program.Grab();
            program.ReadRegister(NicRegister.TxRingIova, keepAt: 1);
            program.End(0);
        });
        Assert.That(MachineWorld.Run(guest).Code, Is.Zero);
        Assert.That(Kept(guest, 1), Is.EqualTo(0x1111));
        Assert.That(guest.Machine!.Statistics.StrayAccesses, Is.EqualTo(1));
    }

    [Test]
    public void WithThePolicyStopAStrayAccessIsTheEnd()
    {
        using MachineWorld world = new();
        Guest guest = world.Add(
            program =>
            {
                program.Grab();
                program.Release();
                program.WriteRegister(NicRegister.TxTail, 1);
                program.End(0);
            },
            StrayAccess.Stop);
        Assert.That(MachineWorld.Run(guest).Reason, Does.Contain($"0x{Steps.RegisterAddress(NicRegister.TxTail):x}"));
        Assert.That(guest.State, Is.EqualTo(GuestState.Stopped));
    }

    [Test]
    public void WhereRegistersAreEmulatedEachAccessExitsAndReachesTheDevice()
    {
        using MachineWorld world = new();
        Guest guest = world.Add(
            program =>
            {
                program.Grab();
                program.WriteRegister(NicRegister.TxRingEntries, 64);
                program.ReadRegister(NicRegister.TxRingEntries, keepAt: 1);
                program.ReadRegister(NicRegister.Identity, keepAt: 2);
                program.Release();
                program.ReadRegister(NicRegister.Identity, keepAt: 3);
                program.End(0);
            },
            registers: RegisterAccess.Emulated);
        Assert.That(MachineWorld.Run(guest).Code, Is.Zero);
        Assert.That(new[] { Kept(guest, 1), Kept(guest, 2), Kept(guest, 3) }, Is.EqualTo(new[] { 64UL, NicRegister.IdentityValue, Nothing }));
        Assert.That(guest.Machine!.Statistics, Is.EqualTo(new MachineStatistics { Calls = 2, RegisterAccesses = 3, StrayAccesses = 1 }));
    }

    [Test]
    public void AWriteToTheDevicePageFaultsAndChangesNothing()
    {
        using MachineWorld world = new();
        StateWord before = world.Device.State;
        Guest guest = world.Add(program =>
        {
            foreach (ulong address in new[] { MachineMap.DevicePage, MachineMap.DevicePage + DevicePage.SlotsOffset, MachineMap.Info + 8 })
                program.Code.mov(Iced.Intel.AssemblerRegisters.__dword_ptr[address], 0xDEAD);
            program.End(0);
        });
        Assert.That(MachineWorld.Run(guest).Code, Is.Zero);
        Assert.That(world.Device.State, Is.EqualTo(before));
        Assert.That(guest.Machine!.Statistics, Is.EqualTo(new MachineStatistics { StrayAccesses = 3 }));
    }

    [Test]
    public void AnUnpluggedDeviceIsGoneFromTheMachine()
    {
        using MachineWorld world = new();
        Guest guest = world.Add(program =>
        {
            program.Grab();
            program.Code.mov(Iced.Intel.AssemblerRegisters.eax, 1);
            program.Keep(Iced.Intel.AssemblerRegisters.rax, 8);
            program.AwaitSignal(9);
            program.ReadRegister(NicRegister.Identity, keepAt: 1);
            program.End(0);
        });
        guest.Machine!.Start();
        Assert.That(() => Kept(guest, 8), Is.EqualTo(1).After(20_000, 1));
        world.Hypervisor.RemoveDevice(world.Device);
        guest.Pages.Memory.At<ulong>(9 * 8) = 1;
        Assert.That(MachineWorld.AwaitEnd(guest).Code, Is.Zero);
        Assert.That(Kept(guest, 1), Is.EqualTo(Nothing));
    }

    private static ulong Kept(Guest guest, int at) => Volatile.Read(ref guest.Pages.Memory.At<ulong>(at * 8));
}
