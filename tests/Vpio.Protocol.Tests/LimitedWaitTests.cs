using Vpio.Abi;
using Vpio.Hypervisor;

namespace Vpio.Protocol.Tests;

/// <summary>Holds that a guest in process that waits with a limit costs nothing that stays (docs/abi.md, "Operations").</summary>
[TestFixture]
internal sealed class LimitedWaitTests
{
    private const int Waits = 1_000;
    private const int Stretches = 5; // A lock that another has just then may take memory once; what each wait took would show in every stretch.

    [Test]
    public void WaitsThatEndByTheirLimitAllocateNothing()
    {
        using ReferenceHypervisor hypervisor = new(); // In real time: that of the other tests stands still.
        RawGuest guest = new(hypervisor.AddGuest());
        WaitShortly(guest);
        long[] taken = new long[Stretches];
        int timedOut = 0;
        for (int i = 0; i < Stretches; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            timedOut += WaitShortly(guest);
            taken[i] = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.That(timedOut, Is.EqualTo(Stretches * Waits));
        Assert.That(taken, Has.Some.Zero, string.Join(", ", taken));
    }

    private static int WaitShortly(RawGuest guest)
    {
        int timedOut = 0;
        for (int i = 0; i < Waits; i++)
            timedOut += guest.Wait(timeoutNs: 1) == DeviceStatus.TimedOut ? 1 : 0;
        return timedOut;
    }
}
