using Vpio.Abi;
using Vpio.Hypervisor.Scheduling;

namespace Vpio.Hypervisor.Guests.Machines;

/// <summary>Finds how the counter that a virtual machine reads by RDTSC becomes the hypervisor's clock.</summary>
internal static class MachineClock
{
    private const int Tries = 5;

    /// <summary>Compares the two.</summary>
    /// <param name="cpu">The processor whose counter it is.</param>
    /// <param name="clock">The hypervisor's clock.</param>
    /// <returns>The conversion, off at first by half of what the quickest look at both took, some microseconds, and from then on by what the two clocks drift apart.</returns>
    public static CounterConversion Convert(VirtualCpu cpu, Clock clock)
    {
        CounterConversion rate = CounterConversion.FromFrequency(0, cpu.TscFrequency);
        (ulong tsc, long ns, long tookNs) best = (0, 0, long.MaxValue);
        for (int i = 0; i < Tries; i++)
        {
            long before = clock.NowNs;
            ulong tsc = cpu.Tsc;
            long took = clock.NowNs - before;
            if (took < best.tookNs)
                best = (tsc, before + (took / 2), took);
        }

        return new CounterConversion(best.tsc, (ulong)best.ns, rate.Multiplier, rate.Shift);
    }
}
