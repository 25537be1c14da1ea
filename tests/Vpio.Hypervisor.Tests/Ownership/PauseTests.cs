using Vpio.Hypervisor.Ownership;

namespace Vpio.Hypervisor.Tests.Ownership;

/// <summary>Holds that whoever waits by looking lets any other thread in after a while, of whatever priority: the timer's goes before all ordinary ones.</summary>
[TestFixture]
[Platform("Linux")]
internal sealed class PauseTests
{
    private const int Late = 1_000;
    private const int Pauses = 10;

    [Test]
    public void ALatePauseSleeps()
    {
        long slept = 0;
        Thread thread = new(() =>
        {
            long before = CountSleeps();
            for (int i = 0; i < Pauses; i++)
                HardwareMemory.Pause(Late + i);
            slept = CountSleeps() - before;
        });
        thread.Start();
        thread.Join();
        Assert.That(slept, Is.GreaterThanOrEqualTo(Pauses), "giving way to equals does not let a thread of lower priority in, which may be the one that is waited for");
    }

    // A thread that gives way is switched out against its will, as Linux counts.
    private static long CountSleeps() =>
        long.Parse(File.ReadLines("/proc/thread-self/status").Single(line => line.StartsWith("voluntary_ctxt_switches:", StringComparison.Ordinal)).Split(':')[1].Trim());
}
