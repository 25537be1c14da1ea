using Vpio.Abi;

namespace Vpio.GuestDriver;

/// <summary>Is told of the events that were taken.</summary>
internal interface IUpcallSink
{
    /// <summary>Takes the events of a device, all of them hints.</summary>
    /// <param name="device">The device.</param>
    /// <param name="events">What happened.</param>
    void Notice(DeviceIndex device, DeviceEvents events);
}
