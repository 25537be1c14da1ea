using Vpio.GuestDriver;

namespace Vpio.Coyote.Tests.Twins;

/// <summary>Is the watch that ships.</summary>
internal sealed class ShippingWatch(UpcallWatch watch) : IWatch
{
    public void Attend() => watch.Attend();

    public void Block(SignalWait wait) => watch.Block(wait, WaitLimit.None);
}
