using Vpio.Abi;
using Vpio.Abi.Network;
using Vpio.Hypervisor;
using Vpio.Hypervisor.Devices.Network;
using Vpio.Hypervisor.Guests;
using Vpio.Hypervisor.Scheduling;

namespace Vpio.Hostile.Grounds;

/// <summary>Is the reference hypervisor as a proving ground, with guests in this process, in others, and in virtual machines.</summary>
public sealed class ReferenceGround : IProvingGround
{
    private const int GuestMemoryBytes = 1024 * 1024;

    // A process that is killed would leave its diagnostic socket behind; and one that forks would share the memory of its compiled code with its child.
    private static readonly Dictionary<string, string> NothingShared = new() { ["DOTNET_EnableDiagnostics"] = "0", ["DOTNET_EnableWriteXorExecute"] = "0" };

    private readonly ReferenceHypervisor _hypervisor;
    private readonly SharedDevice[] _devices;

    /// <summary>Starts the hypervisor with two NICs.</summary>
    /// <param name="terms">How they are shared.</param>
    /// <param name="makeWire">What each NIC is plugged into, when not a loopback: for the tests of the kit itself.</param>
    public ReferenceGround(GroundTerms terms, Func<IWire>? makeWire = null)
    {
        ArgumentNullException.ThrowIfNull(terms);
        _hypervisor = new ReferenceHypervisor(new HypervisorOptions
        {
            Slice = terms.Slice,
            Grace = terms.Grace,
            Policy = terms.Detaches ? OverrunPolicy.Detach : OverrunPolicy.Stop,
            QuarantineAfter = 2,
            GuestMemoryBytes = GuestMemoryBytes,
            ApplicationBytes = IProvingGround.ApplicationBytes,
        });
        _devices = [.. Enumerable.Range(0, 2).Select(_ => _hypervisor.AddDevice(new Nic(makeWire?.Invoke() ?? new LoopbackWire())))];
    }

    /// <inheritdoc/>
    public IReadOnlyList<DeviceIndex> Devices => [.. _devices.Select(device => device.Index)];

    /// <inheritdoc/>
    public IGroundGuest AddGuest(IReadOnlyList<DeviceIndex> devices)
    {
        ArgumentNullException.ThrowIfNull(devices);
        return new ReferenceGuest(_hypervisor, Assign(_hypervisor.AddGuest(), devices));
    }

    /// <inheritdoc/>
    public IGroundProgram? AddProgram(IReadOnlyList<DeviceIndex> devices, string fileName, IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(devices);
        return OperatingSystem.IsLinux()
            ? new ReferenceProgram(_hypervisor, Assign(_hypervisor.AddGuest(new GuestCommand(fileName, arguments) { Environment = NothingShared }), devices))
            : null;
    }

    /// <inheritdoc/>
    public IGroundMachine? AddMachine(IReadOnlyList<DeviceIndex> devices, ReadOnlyMemory<byte> image, bool stopsAtStrayAccess)
    {
        ArgumentNullException.ThrowIfNull(devices);
        if (!OperatingSystem.IsLinux())
            return null;
        GuestImage program = new(image) { StrayAccess = stopsAtStrayAccess ? StrayAccess.Stop : StrayAccess.NoDevice };
        return new ReferenceMachine(_hypervisor, Assign(_hypervisor.AddGuest(program), devices));
    }

    /// <inheritdoc/>
    public GroundResources CountResources() => ProcessResources.Count();

    /// <inheritdoc/>
    public void Dispose() => _hypervisor.Dispose();

    private Guest Assign(Guest guest, IReadOnlyList<DeviceIndex> devices)
    {
        foreach (SharedDevice device in _devices.Where(device => devices.Contains(device.Index)))
        {
            ((Nic)device.Device).SetMacAddress(guest.Id, AddressOf(guest.Id));
            _hypervisor.Assign(guest, device);
        }

        return guest;
    }

    internal static MacAddress AddressOf(DomainId guest) => new(0x02UL | ((ulong)guest.Value << 32));
}
