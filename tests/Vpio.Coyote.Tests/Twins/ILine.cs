using Vpio.Abi;

namespace Vpio.Coyote.Tests.Twins;

/// <summary>Is a way to raise events for a guest and to sleep for them: what ships, or a twin with a planted bug.</summary>
internal interface ILine
{
    void Raise(DeviceIndex device, DeviceEvents events);

    DeviceStatus Wait(long? timeoutNs);

    void Close();
}
