using Vpio.Hypervisor.Guests;

namespace Vpio.Coyote.Tests.Twins;

/// <summary>Is the order that ships.</summary>
internal sealed class ShippingLife : ILife
{
    private readonly GuestLife _life = new(isMortal: false);

    public GuestState State => _life.State;

    public bool TryBeginStop(GuestState final) => _life.TryBeginStop(final);

    public void EndStop() => _life.EndStop();

    public void AwaitStops() => _life.AwaitStops();

    public bool TryBeginResume() => _life.TryBeginResume();

    public void EndResume() => _life.EndResume();
}
