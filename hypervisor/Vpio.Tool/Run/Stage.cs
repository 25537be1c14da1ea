using System.Numerics;
using Vpio.Hypervisor;
using Vpio.Hypervisor.Devices.Network;
using Vpio.Hypervisor.Guests;
using Vpio.Tool.Accounting;
using Vpio.Tool.Jobs;
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
    private readonly TrafficPlan _plan;
    private readonly CancellationTokenSource _sending = new();
    private readonly int _ringEntries;

    /// <summary>Sets the stage; nothing runs before the guests are started.</summary>
    /// <param name="options">The command line.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="output">Where the wire is recorded; null for nowhere.</param>
    internal Stage(RunOptions options, TrafficPlan plan, OutputCapture? output)
    {
        _plan = plan;
        int share = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, plan.Guests.Count / GuestsInFull));
        _ringEntries = Math.Max(LeastRingEntries, RingEntries / share);
        Ledger = new FrameLedger(wireReturns: plan.Wire == WireShape.Loopback);
        PcapWire? tap = output is null ? null : new PcapWire(output.Writer, plan.Wire == WireShape.Loopback ? new LoopbackWire() : null);
        Nic = new Nic(tap ?? Bare(plan.Wire), new NicOptions
        {
            Observer = Ledger,
            ParkingFrames = ParkingFrames / share,
            GroupQuotaFrames = ParkingFrames / share / 4,
        });
        _hypervisor = new ReferenceHypervisor(new HypervisorOptions
        {
            Slice = options.Slice,
            Grace = options.Grace,
            Policy = options.Policy,
            ApplicationBytes = (int)plan.Guests.Max(guest => JobWriting.BytesFor(guest.Outgoing)),
        });
        Device = _hypervisor.AddDevice(Nic);
        Guests = [.. plan.Guests.Select((guest, place) => Admit(guest, options.Weights.Of(place)))];
        if (plan.FarEnd is { } outgoing)
            Player = new WirePlayer(tap is null ? Nic : tap, outgoing.Open(), plan.FarEndRate, Ledger, _sending.Token);
    }

    /// <summary>Gets the NIC.</summary>
    internal Nic Nic { get; }

    /// <summary>Gets the NIC in its slot, as the guests share it.</summary>
    internal SharedDevice Device { get; }

    /// <summary>Gets the accounts.</summary>
    internal FrameLedger Ledger { get; }

    /// <summary>Gets the guests, in the order of the plan.</summary>
    internal IReadOnlyList<RunGuest> Guests { get; }

    /// <summary>Gets who plays at the far end of the wire; null when nobody does.</summary>
    internal WirePlayer? Player { get; }

    /// <summary>Tells everybody how far the run is.</summary>
    /// <param name="phase">The phase, later than any before.</param>
    internal void Enter(JobPhase phase)
    {
        // What was received by now is told first, so that nobody takes itself for settled who is not.
        Tend();
        if (phase > JobPhase.Sending)
            _sending.Cancel();
        foreach (RunGuest guest in Guests)
            guest.End.Enter(phase);
    }

    /// <summary>Reads what the guests reported, tells them what is new, and notes who has ended. To be done every few milliseconds.</summary>
    internal void Tend()
    {
        Ledger.Drain();
        foreach (RunGuest guest in Guests)
            guest.NoteEnd(Ledger);
    }

    /// <summary>Ends guests and device: afterwards nothing of them is left, and nobody uses the wire.</summary>
    public void Dispose()
    {
        _hypervisor.Dispose();
        _sending.Dispose();
    }

    private static IWire Bare(WireShape shape) => shape == WireShape.Loopback ? new LoopbackWire() : new DeadEndWire();

    private RunGuest Admit(GuestPlan plan, int weight)
    {
        Guest guest = _hypervisor.AddGuest();
        GuestAccount account = Ledger.Open(guest.Id, plan.Mac);
        if (plan.Outgoing is { Repeats: false } input)
            account.Sending.ExpectInput(input.Frames);
        Nic.SetMacAddress(guest.Id, plan.Mac);
        _hypervisor.Assign(guest, Device);
        Device.SetWeight(guest, weight);
        var end = new Domain0End(new JobMemory(guest.Application, guest), JobFor(plan));
        account.Follow(end);
        return new RunGuest(plan, guest, end, new GuestThread(guest), account);
    }

    private GuestJob JobFor(GuestPlan plan) => new()
    {
        Device = Device.Index,
        Mac = plan.Mac,
        Outgoing = plan.Outgoing,
        Rate = _plan.Rate,
        IsHog = plan.IsHog,
        Receives = _plan.Wire != WireShape.Outlet,
        RingEntries = _ringEntries,
    };
}
