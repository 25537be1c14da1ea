using System.Numerics;
using Vpio.Hypervisor;
using Vpio.Hypervisor.Devices.Network;
using Vpio.Hypervisor.Guests;
using Vpio.Tool.Accounting;
using Vpio.Tool.Guests;
using Vpio.Tool.Traffic;

namespace Vpio.Tool.Run;

/// <summary>Sets up all that a plan asks for: hypervisor, NIC, wire, guests, their programs and their accounts.</summary>
internal sealed class Stage : IDisposable
{
    // 64 guests with the NIC's own figures are where memory begins to matter; beyond, each gets its part, a power of two.
    private const int GuestsInFull = 64;
    private const int ParkingFrames = 1024;
    private const int RingEntries = 256;
    private const int LeastRingEntries = 32;

    private readonly ReferenceHypervisor _hypervisor;
    private readonly RunPhase _phase;

    /// <summary>Sets the stage; nothing runs before the programs are started.</summary>
    /// <param name="options">The command line.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="output">Where the wire is recorded; null for nowhere.</param>
    /// <param name="phase">How far the run is.</param>
    internal Stage(RunOptions options, TrafficPlan plan, OutputCapture? output, RunPhase phase)
    {
        _phase = phase;
        int share = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, plan.Guests.Count / GuestsInFull));
        Ledger = new FrameLedger(wireReturns: plan.Wire == WireShape.Loopback);
        PcapWire? tap = output is null ? null : new PcapWire(output.Writer, plan.Wire == WireShape.Loopback ? new LoopbackWire() : null);
        Nic = new Nic(tap ?? Bare(plan.Wire), new NicOptions
        {
            Observer = Ledger,
            ParkingFrames = ParkingFrames / share,
            GroupQuotaFrames = ParkingFrames / share / 4,
        });
        _hypervisor = new ReferenceHypervisor(new HypervisorOptions { Slice = options.Slice, Grace = options.Grace, Policy = options.Policy });
        Device = _hypervisor.AddDevice(Nic);
        Programs = [.. plan.Guests.Select((guest, place) => Admit(guest, plan, options.Weights.Of(place), Math.Max(LeastRingEntries, RingEntries / share)))];
        if (plan.FarEnd is { } stream)
            Player = new WirePlayer(tap is null ? Nic : tap, stream, plan.FarEndRate, Ledger, phase);
    }

    /// <summary>Gets the NIC.</summary>
    internal Nic Nic { get; }

    /// <summary>Gets the NIC in its slot, as the guests share it.</summary>
    internal SharedDevice Device { get; }

    /// <summary>Gets the accounts.</summary>
    internal FrameLedger Ledger { get; }

    /// <summary>Gets the guests' programs, in the order of the plan.</summary>
    internal IReadOnlyList<GuestProgram> Programs { get; }

    /// <summary>Gets who plays at the far end of the wire; null when nobody does.</summary>
    internal WirePlayer? Player { get; }

    /// <summary>Ends guests and device: afterwards nothing of them is left, and nobody uses the wire.</summary>
    public void Dispose() => _hypervisor.Dispose();

    private static IWire Bare(WireShape shape) => shape == WireShape.Loopback ? new LoopbackWire() : new DeadEndWire();

    private GuestProgram Admit(GuestPlan plan, TrafficPlan traffic, int weight, int ringEntries)
    {
        Guest guest = _hypervisor.AddGuest();
        GuestAccount account = Ledger.Open(guest.Id, plan.Mac);
        if (plan.Stream is ReplayStream input)
            account.Sending.ExpectInput(input.Frames);
        Nic.SetMacAddress(guest.Id, plan.Mac);
        _hypervisor.Assign(guest, Device);
        Device.SetWeight(guest, weight);
        return new GuestProgram(new GuestSetup(guest, Device.Index, plan, account, traffic.Rate, traffic.Wire != WireShape.Outlet, ringEntries)
        {
            Phase = _phase,
            Blame = Ledger.Blame,
        });
    }
}
