using Vpio.Abi;
using Vpio.Abi.Network;

namespace Vpio.Hostile.Grounds;

/// <summary>Is a guest on a proving ground that is a program outside of the judge's process: a process of its own, or a virtual machine.</summary>
public interface IGroundProgram
{
    /// <summary>Gets its domain id.</summary>
    DomainId Id { get; }

    /// <summary>Gets memory that the program has in common with the judge and no device reaches; at least <see cref="IProvingGround.ApplicationBytes"/>.</summary>
    GuestMemory Application { get; }

    /// <summary>Gets how it ended, once everything was taken from it; <see langword="null"/> before.</summary>
    ProgramEnding? Ending { get; }

    /// <summary>Tells its MAC address.</summary>
    /// <param name="device">One of its devices.</param>
    /// <returns>The address, as domain 0 gave it.</returns>
    MacAddress GetAddress(DeviceIndex device);

    /// <summary>Starts it.</summary>
    void Start();

    /// <summary>Ends it from outside, at whatever instruction it is, without a word to the hypervisor.</summary>
    void Kill();

    /// <summary>Removes the guest.</summary>
    void Remove();
}
