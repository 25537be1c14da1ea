using Vpio.Hypervisor.Guests;

namespace Vpio.Coyote.Tests.Twins;

/// <summary>Orders the stops and resumes of a guest: what ships, or a twin with a planted bug.</summary>
internal interface ILife
{
    GuestState State { get; }

    bool TryBeginStop(GuestState final);

    void EndStop();

    void AwaitStops();

    bool TryBeginResume();

    void EndResume();
}
