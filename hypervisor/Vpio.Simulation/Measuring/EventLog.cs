using Vpio.Simulation.Checking;
using Vpio.Simulation.Course;

namespace Vpio.Simulation.Measuring;

/// <summary>Sums up all that happened, in order and with its times, in 64 bits: two runs with the same sum were the same.</summary>
internal sealed class EventLog : IWitness
{
    /// <summary>Gets the sum so far.</summary>
    public ulong Hash { get; private set; }

    /// <summary>Gets how many observations there were.</summary>
    public long Count { get; private set; }

    /// <inheritdoc/>
    public void See(long nowNs, in Observation seen)
    {
        Count++;
        Add((ulong)nowNs);
        Add((ulong)seen.Kind | ((ulong)(uint)seen.Device << 8) | ((ulong)(uint)seen.Guest << 40));
        Add(seen.Word.Value);
        Add((ulong)seen.Value);
        Add((ulong)seen.Second);
    }

    private void Add(ulong word) => Hash = Chance.Mix(Hash ^ word) + word;
}
