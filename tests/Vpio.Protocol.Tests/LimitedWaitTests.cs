using Vpio.Abi;
using Vpio.Hypervisor;

namespace Vpio.Protocol.Tests;

/// <summary>Holds that a guest in process that waits with a limit costs nothing that stays (docs/abi.md, "Operations").</summary>
[TestFixture]
internal sealed class LimitedWaitTests
{
    private const int Waits = 1_000;

    [Test]
    public void WaitsThatEndByTheirLimitAllocateNothing()
    {
        using ReferenceHypervisor hypervisor = new(); // In real time: that of the other tests stands still.
        RawGuest guest = new(hypervisor.AddGuest());
        WaitShortly(guest);
        long before = GC.GetAllocatedBytesForCurrentThread();
        int timedOut = WaitShortly(guest);
        Assert.That((timedOut, GC.GetAllocatedBytesForCurrentThread() - before), Is.EqualTo((Waits, 0L)));
    }

    private static int WaitShortly(RawGuest guest)
    {
        int timedOut = 0;
        for (int i = 0; i < Waits; i++)
            timedOut += guest.Wait(timeoutNs: 1) == DeviceStatus.TimedOut ? 1 : 0;
        return timedOut;
    }
}
