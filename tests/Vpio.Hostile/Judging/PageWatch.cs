using Vpio.Abi;

namespace Vpio.Hostile.Judging;

/// <summary>Looks at the device page again and again: words that can be, generations that only grow, owners that may own.</summary>
/// <param name="roster">Who may own what.</param>
/// <param name="book">Where each ownership is written down.</param>
/// <param name="effects">Where what is wrong goes.</param>
internal sealed class PageWatch(Roster roster, OwnershipBook book, Effects effects)
{
    private readonly Lock _gate = new();
    private readonly ulong[] _newest = new ulong[DevicePage.SlotCount];
    private DevicePageHeader? _header;

    /// <summary>Looks at the page.</summary>
    /// <param name="port">Anybody's port.</param>
    /// <param name="devices">The devices that are plugged in.</param>
    public void Look(IHypercallPort port, IReadOnlyList<DeviceIndex> devices)
    {
        // Under a lock: so the looks have an order, and what a later one sees is not older.
        lock (_gate)
        {
            ref readonly DevicePage page = ref port.DevicePage;
            LookAtHeader(in page.Header);
            foreach (DeviceIndex device in devices)
                LookAtSlot(in DevicePage.Slot(in page, device), device);
        }
    }

    private void LookAtHeader(ref readonly DevicePageHeader header)
    {
        DevicePageHeader seen = header;
        _header ??= seen;
        if (!seen.Equals(_header.Value) || seen.Magic != DevicePageHeader.MagicValue)
            effects.Add("the header of the device page changed");
    }

    private void LookAtSlot(ref readonly DeviceSlot slot, DeviceIndex device)
    {
        StateWord word = DeviceSlot.ReadState(in slot);
        if (!Enum.IsDefined(word.State))
            effects.Add($"{device} is in state {(byte)word.State}, which there is not");
        else if (word.State == DeviceState.Offline)
            effects.Add($"{device} went offline");
        if (word.IsHeld || word.Owner != DomainId.Invalid)
            LookAtOwner(word, device);
        if (word.State == DeviceState.Free && word.Owner != DomainId.Invalid)
            effects.Add($"{device} is free and names {word.Owner}");

        // A name that is withdrawn gives its generation back: nobody owned anything in it.
        if (word.Generation.Value < _newest[device.Value])
            effects.Add($"the generations of {device} ran backwards");
        if (word.State != DeviceState.Reclaiming || word.Owner == DomainId.Invalid)
            _newest[device.Value] = word.Generation.Value;
        if (slot.Reserved != 0)
            effects.Add($"reserved bytes of {device}'s slot are not zero");
    }

    private void LookAtOwner(StateWord word, DeviceIndex device)
    {
        if (!roster.MayOwn(device, word.Owner))
            effects.Add($"{device} names {word.Owner}, which has no right to it");
        else if (word.IsHeld)
            book.Owned(device, word.Generation, word.Owner);
    }
}
