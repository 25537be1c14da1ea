using System.Diagnostics;

namespace Vpio.Hypervisor.Devices;

/// <summary>Is how long a device without work looks about before it sleeps: longer when the last sleeps were short, and shorter when they were long.</summary>
/// <remarks>
/// A guest that rings a device that has just fallen asleep pays for it by a kick, which in a virtual machine is an exit; and it comes back from that after the device
/// has found nothing more and sleeps again, so that every frame takes a kick. A look as long as that exit ends it. A device that has nothing to do sleeps at once.
/// So KVM decides how long it polls for a processor that halted. Threads: the device's.
/// </remarks>
internal sealed class LookBudget
{
    private static readonly long Longest = Environment.ProcessorCount > 1 ? Stopwatch.Frequency / 1_000_000 * 150 : 0;
    private static readonly long Shortest = Longest / 64;

    private long _ticks = Longest / 8;
    private long _begun;
    private long _slept;

    /// <summary>Notes that there was nothing to do, after there was.</summary>
    public void BeginLook() => _begun = Stopwatch.GetTimestamp();

    /// <summary>Gets whether the look was long enough.</summary>
    public bool IsOver => Stopwatch.GetTimestamp() - _begun >= _ticks;

    /// <summary>Notes that the device falls asleep.</summary>
    public void BeginSleep() => _slept = Stopwatch.GetTimestamp();

    /// <summary>Notes that it was woken.</summary>
    public void EndSleep()
    {
        long slept = Stopwatch.GetTimestamp() - _slept;
        _ticks = slept <= Longest ? Math.Min(_ticks * 2, Longest) : Math.Max(_ticks / 2, Shortest);
    }
}
