using Vpio.Abi;
using Vpio.Hypervisor.Ownership;

namespace Vpio.Protocol.Tests.Schedules;

/// <summary>Watches the protocol from its effects: whose context is loaded, who was told what, who was granted when.</summary>
internal sealed class Watch(Func<StateWord> word)
{
    private readonly HashSet<ulong> _granted = [];

    /// <summary>Gets what went wrong.</summary>
    public List<string> Faults { get; } = [];

    /// <summary>Gets whose context the device has.</summary>
    public DomainId Loaded { get; private set; } = DomainId.Invalid;

    /// <summary>Gets the guests that were told that they own the device, in order.</summary>
    public List<DomainId> Told { get; } = [];

    /// <summary>Gets the ownerships whose slice runs.</summary>
    public HashSet<ulong> Timed { get; } = [];

    private void Expect(bool held, string what)
    {
        if (!held)
            Faults.Add($"{what}; the word is {word()}");
    }

    /// <summary>Passes the effects on to the watch.</summary>
    internal readonly struct Effects(Watch watch) : IOwnershipEffects
    {
        public void Joining(DomainId guest)
        {
        }

        public void Left()
        {
        }

        public void Ended(StateWord held) => watch.ExpectExclusive("an ownership was ended");

        public void Quiesce() => watch.ExpectExclusive("the device was quiesced");

        public void ResetContext(DomainId former)
        {
            watch.ExpectExclusive("the device was reset");
            watch.Loaded = DomainId.Invalid;
        }

        public void Switch(DomainId from, DomainId to)
        {
            watch.ExpectExclusive("the context was switched");
            watch.Expect(from == watch.Loaded, $"the context of {from} was saved where that of {watch.Loaded} was loaded");
            watch.Loaded = to;
        }

        public void Granting(DomainId guest)
        {
        }

        public void Granted(StateWord owned, bool queued)
        {
            watch.Expect(watch._granted.Add(owned.Generation.Value), $"generation {owned.Generation} was granted twice");
            if (queued)
                watch.Told.Add(owned.Owner);
        }

        public void StartSlice(StateWord owned) => watch.Timed.Add(owned.Value);

        public void CutSlice(StateWord owned)
        {
        }

        public void Removed(DomainId guest)
        {
        }
    }

    private void ExpectExclusive(string what) => Expect(word().State == DeviceState.Reclaiming, $"{what} outside RECLAIMING");
}
