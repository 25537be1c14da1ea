using Vpio.Abi;

namespace Vpio.Hypervisor.Guests;

/// <summary>Is the body of a guest in this process: its threads sleep in the hypervisor, and nothing can end them; refused everything, they do no harm.</summary>
internal sealed class InProcessBody : IGuestBody
{
    private InProcessBody()
    {
    }

    /// <summary>Gets the one that all of them share.</summary>
    public static InProcessBody Instance { get; } = new();

    /// <inheritdoc/>
    public bool IsMortal => false;

    /// <inheritdoc/>
    public void Notify()
    {
    }

    /// <inheritdoc/>
    public void OwnershipBegan(DeviceIndex device, StateWord owned)
    {
        // Here and not by the interface's own: what a class has itself the compiler can call directly.
    }

    /// <inheritdoc/>
    public void OwnershipEnded(DeviceIndex device)
    {
    }

    /// <inheritdoc/>
    public void WindowEnded(DeviceIndex device)
    {
    }

    /// <inheritdoc/>
    public void Stop()
    {
    }
}
