using Vpio.Hypervisor.Devices;

namespace Vpio.Fuzz.Worlds;

/// <summary>Runs a device's work a step at a time, when it is told to and on the thread of who tells it.</summary>
/// <param name="work">The work.</param>
internal sealed class SteppedEngine(IDeviceWork work) : IDeviceEngine
{
    /// <inheritdoc/>
    public bool IsCurrent { get; private set; }

    /// <inheritdoc/>
    public void Wake()
    {
    }

    /// <inheritdoc/>
    public void Stop()
    {
    }

    /// <summary>Does a batch.</summary>
    /// <returns>Whether there was anything to do.</returns>
    public bool DoBatch() => Do(work.DoBatch);

    /// <summary>Lets the device announce that it sleeps.</summary>
    /// <returns>Whether there was anything to do after all.</returns>
    public bool AnnounceSleep() => Do(work.AnnounceSleep);

    private bool Do(Func<bool> step)
    {
        IsCurrent = true;
        try
        {
            return step();
        }
        finally
        {
            IsCurrent = false;
        }
    }
}
