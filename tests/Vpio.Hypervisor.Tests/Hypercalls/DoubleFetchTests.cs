using Vpio.Abi;
using Vpio.Abi.Operations;
using Vpio.Protocol.Tests;

namespace Vpio.Hypervisor.Tests.Hypercalls;

/// <summary>Changes an argument while the hypervisor has it: what it checked must be what it used (docs/abi.md, "The hypercall").</summary>
[TestFixture]
internal sealed class DoubleFetchTests
{
    private const ulong Good = MapArgs.Granule;
    private const ulong Bad = MapArgs.Granule + 1;
    private const int Calls = 200_000;

    [Test]
    public void WhatIsCheckedIsWhatIsUsedWhateverTheGuestWritesMeanwhile()
    {
        using World world = new(guests: 1);
        RawGuest guest = world.Guests[0];
        DeviceOpArgument[] shared = new DeviceOpArgument[1];
        bool isOver = false;
        Thread flipper = new(() =>
        {
            while (!Volatile.Read(ref isOver))
            {
                Volatile.Write(ref shared[0].Input2, Bad);
                Volatile.Write(ref shared[0].Input2, Good);
            }
        });
        flipper.Start();
        HashSet<DeviceStatus> seen = [];
        try
        {
            for (int i = 0; i < Calls; i++)
                seen.Add(MapOnce(guest, ref shared[0]));
        }
        finally
        {
            Volatile.Write(ref isOver, true);
            flipper.Join();
        }

        Assert.That(seen, Is.SubsetOf(new[] { DeviceStatus.Ok, DeviceStatus.Invalid }));
        Assert.That(seen, Does.Contain(DeviceStatus.Ok), "the calls and the changes met");
    }

    // A range that was taken is of the length that was checked, so it can be unmapped by it.
    private static DeviceStatus MapOnce(RawGuest guest, ref DeviceOpArgument shared)
    {
        Volatile.Write(ref shared.Input0, 0x10_0000);
        Volatile.Write(ref shared.Input1, 0);
        Volatile.Write(ref shared.Input3, (ulong)DmaAccess.ReadWrite);
        var status = (DeviceStatus)guest.Port.Call((uint)DeviceOp.Map, ref shared);
        UnmapArgs unmap = new() { Iova = 0x10_0000, Length = Good };
        DeviceStatus undone = guest.Call(ref unmap);
        Assert.That(undone, Is.EqualTo(status == DeviceStatus.Ok ? DeviceStatus.Ok : DeviceStatus.NotFound));
        return status;
    }
}
