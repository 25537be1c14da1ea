using Vpio.GuestDriver;

namespace Vpio.Coyote.Tests.Twins;

/// <summary>Is a watch for the upcalls of a guest: what ships, or a twin with a planted bug.</summary>
internal interface IWatch
{
    void Attend();

    void Block(SignalWait wait);
}
