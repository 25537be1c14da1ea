using System.Diagnostics;
using Vpio.Abi;
using Vpio.Abi.Network;
using Vpio.Hypervisor;
using Vpio.Hypervisor.Devices.Network;
using Vpio.Hypervisor.Guests;
using Vpio.Hypervisor.Scheduling;

namespace Vpio.Hostile.Grounds;

/// <summary>Is the reference hypervisor as a proving ground, with guests in this process and in others.</summary>
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

    private static MacAddress AddressOf(DomainId guest) => new(0x02UL | ((ulong)guest.Value << 32));

    private sealed class ReferenceGuest(ReferenceHypervisor hypervisor, Guest guest) : IGroundGuest
    {
        public DomainId Id => guest.Id;

        public IHypercallPort Port => guest.Port;

        public GuestStanding Standing => guest.State switch
        {
            GuestState.Running => GuestStanding.Running,
            GuestState.Quarantined => GuestStanding.Quarantined,
            GuestState.Stopped => GuestStanding.Stopped,
            _ => GuestStanding.Removed,
        };

        public MacAddress GetAddress(DeviceIndex device) => AddressOf(guest.Id);

        public void Stop() => guest.Stop();

        public void Resume() => guest.Resume();

        public void Remove() => hypervisor.RemoveGuest(guest);
    }

    private sealed class ReferenceProgram(ReferenceHypervisor hypervisor, Guest guest) : IGroundProgram
    {
        public DomainId Id => guest.Id;

        public GuestMemory Application => guest.Application;

        public ProgramEnding? Ending => guest.Process!.Exit is { } exit ? new ProgramEnding(exit.Code, exit.Signal) : null;

        public MacAddress GetAddress(DeviceIndex device) => AddressOf(guest.Id);

        public void Start() => guest.Process!.Start();

        public void Kill()
        {
            try
            {
                using Process process = Process.GetProcessById(guest.Process!.Id);
                process.Kill();
            }
            catch (ArgumentException)
            {
                // It was at its end already.
            }
        }

        public void Remove() => hypervisor.RemoveGuest(guest);
    }
}
