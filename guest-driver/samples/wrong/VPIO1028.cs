using Vpio.Abi.Ownership;
using Vpio.GuestDriver;

internal sealed class Bridge(GuestDevice inner, GuestDevice outer)
{
    [GrabBefore(nameof(_outer))]
    private readonly GuestDevice _inner = inner;
    private readonly GuestDevice _outer = outer;

    public void Reset()
    {
        using DeviceLease to = _outer.Grab();
        using DeviceLease from = _inner.Grab(); // VPIO1028: the inner device comes first
        from.Kick();
        to.Kick();
    }
}
