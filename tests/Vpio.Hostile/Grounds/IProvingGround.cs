using Vpio.Abi;

namespace Vpio.Hostile.Grounds;

/// <summary>Is a hypervisor to be attacked: all that the kit needs of domain 0. Whoever tests another hypervisor implements this.</summary>
/// <remarks>Made anew for each attack. Threads: all members may be used from any thread. Source: <c>docs/hostile-guests.md</c>, "The interface".</remarks>
public interface IProvingGround : IDisposable
{
    /// <summary>How much memory a program has in common with the judge, bytes.</summary>
    const int ApplicationBytes = 5 * 4096;

    /// <summary>Gets the devices: at least two network devices, each on a wire that brings every frame back and to nobody else.</summary>
    IReadOnlyList<DeviceIndex> Devices { get; }

    /// <summary>Adds a guest whose driver runs in this process.</summary>
    /// <param name="devices">The devices that are assigned to it, each with a MAC address of its own.</param>
    /// <returns>The guest.</returns>
    IGroundGuest AddGuest(IReadOnlyList<DeviceIndex> devices);

    /// <summary>Adds a guest that is a program; it is not started yet.</summary>
    /// <param name="devices">The devices that are assigned to it, each with a MAC address of its own.</param>
    /// <param name="fileName">The program.</param>
    /// <param name="arguments">Its arguments. It attaches by the hypervisor's own way, and attacks as these say.</param>
    /// <returns>The guest; <see langword="null"/> where guests are in process only.</returns>
    IGroundProgram? AddProgram(IReadOnlyList<DeviceIndex> devices, string fileName, IReadOnlyList<string> arguments);

    /// <summary>Adds a guest that is a virtual machine; it is not started yet.</summary>
    /// <param name="devices">The devices that are assigned to it, each with a MAC address of its own.</param>
    /// <param name="image">Its program, as <c>docs/guests.md</c>, "Machine image", says; or not at all so.</param>
    /// <param name="stopsAtStrayAccess">Whether an access to what is not there for it is its end; otherwise no device answers.</param>
    /// <returns>The guest; <see langword="null"/> where there are no such guests.</returns>
    /// <exception cref="ArgumentException">The image is none, and is refused.</exception>
    IGroundMachine? AddMachine(IReadOnlyList<DeviceIndex> devices, ReadOnlyMemory<byte> image, bool stopsAtStrayAccess);

    /// <summary>Counts what the hypervisor has open for its guests and devices. Read before guests were added and after they were removed, it must be the same.</summary>
    /// <returns>The counts.</returns>
    GroundResources CountResources();
}
