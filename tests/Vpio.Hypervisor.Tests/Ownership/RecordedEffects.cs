using Vpio.Abi;
using Vpio.Hypervisor.Ownership;

namespace Vpio.Hypervisor.Tests.Ownership;

/// <summary>Writes down what the ownership protocol makes happen.</summary>
internal readonly struct RecordedEffects(RecordedEffects.Record record) : IOwnershipEffects
{
    public void Joining(DomainId guest) => record.OnJoining?.Invoke(guest);

    public void Left()
    {
    }

    public void Ended(StateWord held) => record.Steps.Add($"ended {held.Owner}");

    public void Quiesce() => record.Steps.Add("quiesce");

    public void ResetContext(DomainId former) => record.Steps.Add($"reset {former}");

    public void Switch(DomainId from, DomainId to) => record.Steps.Add($"switch {from} to {to}");

    public void Granting(DomainId guest, bool queued) => record.OnGranting?.Invoke(guest);

    public void Granted(StateWord owned, bool queued) => record.Steps.Add($"granted {owned.Owner}");

    public void Tell(StateWord owned) => record.Steps.Add($"told {owned.Owner}");

    public void StartSlice(StateWord owned) => record.Steps.Add($"slice of {owned.Owner}");

    public void CutSlice(StateWord owned) => record.Steps.Add($"cut {owned.Owner}");

    public void Removed(DomainId guest) => record.Steps.Add($"removed {guest}");

    /// <summary>Is what happened, and what is to happen meanwhile.</summary>
    internal sealed class Record
    {
        public List<string> Steps { get; } = [];

        public Action<DomainId>? OnJoining { get; set; }

        public Action<DomainId>? OnGranting { get; set; }
    }
}
