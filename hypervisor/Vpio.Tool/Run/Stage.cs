using System.Numerics;
using Vpio.Abi.Network;
using Vpio.Hypervisor;
using Vpio.Hypervisor.Devices.Network;
using Vpio.Hypervisor.Guests;
using Vpio.Hypervisor.Scheduling;
using Vpio.Jobs;
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
    private readonly GuestPrograms _programs;
    private readonly SharedDevice? _practice;
    private readonly CancellationTokenSource _sending = new();
    private readonly int _ringEntries;
    private JobPhase _phase;

    /// <summary>Sets the stage; nothing runs before the guests are started.</summary>
    /// <param name="options">The command line.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="programs">What guests in processes of their own run.</param>
    /// <param name="output">Where the wire is recorded; null for nowhere.</param>
    internal Stage(RunOptions options, TrafficPlan plan, GuestPrograms programs, OutputCapture? output)
    {
        _plan = plan;
        _programs = programs;
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
            KvmDescriptor = options.KvmDescriptor,
            ApplicationBytes = (int)plan.Guests.Max(guest => JobWriting.BytesFor(guest.Outgoing)),
        });
        Device = _hypervisor.AddDevice(Nic);
        if (options.Kinds.List.Any(kind => kind != GuestKind.InProcess))
            _practice = AddPractice();
        Guests = [.. plan.Guests.Select((guest, place) => Admit(guest, options.Kinds.Of(place), options.Weights.Of(place)))];
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
        _phase = phase;
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

    /// <summary>Puts new guests in the place of those that were stopped by force, or whose processes ended.</summary>
    internal void Respawn()
    {
        // A process is killed when it is removed; a thread must have ended, for its last reports are read then.
        foreach (RunGuest guest in Guests.Where(guest => guest.IsLost && (guest.Kind != GuestKind.InProcess || guest.Body.WaitForEnd(TimeSpan.Zero))))
            Replace(guest);
    }

    /// <summary>Ends guests and device: afterwards nothing of them is left, and nobody uses the wire.</summary>
    public void Dispose()
    {
        _hypervisor.Dispose();
        _sending.Dispose();
    }

    private static IWire Bare(WireShape shape) => shape == WireShape.Loopback ? new LoopbackWire() : new DeadEndWire();

    // Whoever fails to release there loses only that, and has time enough not to: it may be compiling.
    private SharedDevice AddPractice()
    {
        SharedDevice practice = _hypervisor.AddDevice(new Nic(new EchoWire()));
        practice.Slice = HypervisorOptions.MaxDuration;
        practice.Grace = HypervisorOptions.MaxDuration;
        practice.Policy = OverrunPolicy.Detach;
        return practice;
    }

    private RunGuest Admit(GuestPlan plan, GuestKind kind, int weight)
    {
        try
        {
            return Make(plan, kind, weight);
        }
        catch (Exception failure) when (failure is IOException or OutOfMemoryException)
        {
            _hypervisor.Dispose();
            throw new UsageException($"there is no room for {_plan.Guests.Count} guests: {failure.Message.TrimEnd('.')}; let there be fewer, or raise the limits of open files and of memory (ulimit).");
        }
    }

    private RunGuest Make(GuestPlan plan, GuestKind kind, int weight)
    {
        Guest guest = _programs.Add(kind, _hypervisor);
        GuestAccount account = Ledger.Open(guest.Id, plan.Mac);
        if (plan.Outgoing is { Repeats: false } input)
            account.Sending.ExpectInput(input.Frames);
        Domain0End end = LayDown(guest, kind, plan, plan.Outgoing);
        account.Follow(end);
        Connect(guest, kind, plan.Mac, weight);
        return new RunGuest(plan, kind, account, Device) { Guest = guest, End = end, Body = BodyOf(guest) };
    }

    private void Replace(RunGuest guest)
    {
        int weight = Device.GetWeight(guest.Guest);
        guest.Leave();
        _hypervisor.RemoveGuest(guest.Guest);
        guest.Account.WriteOff();

        // The id is free again and the lowest that is, so the new guest has the same.
        guest.Guest = _programs.Add(guest.Kind, _hypervisor);
        guest.End = LayDown(guest.Guest, guest.Kind, guest.Plan, LeftOf(guest));
        guest.Account.Follow(guest.End);
        Connect(guest.Guest, guest.Kind, guest.Plan.Mac, weight);
        guest.Account.Receiving.NoteReachable();
        guest.Body = BodyOf(guest.Guest);
        guest.Body.Start();
    }

    private static OutgoingFrames? LeftOf(RunGuest guest)
    {
        if (guest.Plan.Outgoing is not { Repeats: false } input)
            return guest.Plan.Outgoing;
        int left = guest.Account.Sending.InputLeft;
        return left == 0 ? null : new OutgoingFrames([.. input.Frames.Skip(input.Frames.Count - left)]);
    }

    private void Connect(Guest guest, GuestKind kind, MacAddress mac, int weight)
    {
        Nic.SetMacAddress(guest.Id, mac);
        _hypervisor.Assign(guest, Device);
        Device.SetWeight(guest, weight);
        if (kind == GuestKind.InProcess || _practice is not { Device: Nic nic } practice)
            return;
        nic.SetMacAddress(guest.Id, mac);
        _hypervisor.Assign(guest, practice);
    }

    private static IGuestBody BodyOf(Guest guest) => guest switch
    {
        { Process: { } process } => new GuestProcessBody(process),
        { Machine: { } machine } => new GuestMachineBody(machine),
        _ => new GuestThread(guest),
    };

    private Domain0End LayDown(Guest guest, GuestKind kind, GuestPlan plan, OutgoingFrames? outgoing)
    {
        var end = new Domain0End(new JobMemory(guest.Application, guest), JobFor(plan, outgoing) with { PracticeDevice = kind == GuestKind.InProcess ? null : _practice?.Index });
        end.Enter(_phase);
        return end;
    }

    private GuestJob JobFor(GuestPlan plan, OutgoingFrames? outgoing) => new()
    {
        Device = Device.Index,
        Mac = plan.Mac,
        Outgoing = outgoing,
        Rate = _plan.Rate,
        IsHog = plan.IsHog,
        Receives = _plan.Wire != WireShape.Outlet,
        RingEntries = _ringEntries,
    };
}
