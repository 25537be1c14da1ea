using Vpio.Abi;
using Vpio.Hypervisor.Ownership;

namespace Vpio.Hypervisor.Devices;

/// <summary>Tells a device whom it serves, and holds off who would take it away until it has left.</summary>
/// <remarks>Threads: one thread of the device enters and leaves.</remarks>
public sealed class DeviceGate
{
    private readonly WordPointer _state;
    private readonly Action<DomainId> _handOver;
    private readonly DeviceActivity<HardwareMemory> _activity;
    private readonly DeviceContext?[] _contexts = new DeviceContext?[WaitSet<HardwareMemory>.MaxGuests];

    internal DeviceGate(WordPointer state, Action<DomainId> handOver)
    {
        _state = state;
        _handOver = handOver;
        _activity = new DeviceActivity<HardwareMemory>(state);
    }

    /// <summary>Enters, if a guest owns the device: until <see cref="Leave"/> the device may read and write that guest's memory.</summary>
    /// <param name="owner">The owner's context.</param>
    /// <returns>Whether it entered.</returns>
    public bool TryEnter([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out DeviceContext? owner)
    {
        owner = null;
        if (!_activity.TryBegin(out StateWord held))
            return false;
        owner = _contexts[held.Owner.Value - 1];
        if (owner is not null)
            return true;
        _activity.End();
        return false;
    }

    /// <summary>Leaves. A batch is short: an owner that is to give the device up waits for it.</summary>
    public void Leave() => _activity.End();

    /// <summary>Tells whether a guest owns the device now.</summary>
    /// <param name="guest">The guest.</param>
    /// <returns>What the state word said.</returns>
    public bool IsOwnedBy(DomainId guest)
    {
        StateWord word = new(HardwareMemory.Load(ref _state.Word));
        return word.IsHeld && word.Owner == guest;
    }

    /// <summary>Lets a guest be granted the device next, now if it waits and otherwise as soon as it does: something arrived for it.</summary>
    /// <param name="guest">The guest.</param>
    /// <remarks>
    /// The owner's slice is cut short, but to no less than the shortest there is, and between two grants in turn there is one such at most: every
    /// wait stays bounded. Threads: any. Source: <c>docs/ownership.md</c>, "Out of turn".
    /// </remarks>
    public void HandOver(DomainId guest) => _handOver(guest);

    internal void Quiesce() => _activity.Quiesce();

    internal DeviceContext? ContextOf(DomainId guest) => guest.IsValid ? _contexts[guest.Value - 1] : null;

    internal void SetContext(DomainId guest, DeviceContext? context) => _contexts[guest.Value - 1] = context;
}
