using System.Diagnostics;
using Vpio.Abi.Network;
using Vpio.Hypervisor;
using Vpio.Hypervisor.Devices.Network;
using Vpio.Hypervisor.Guests;
using Vpio.Jobs;
using Vpio.Tool.Jobs;
using Vpio.Tool.Run;
using Vpio.Tool.Traffic;

namespace Vpio.Tool.Bench;

/// <summary>Measures one way once: guests in virtual machines run the job's program, as fast as they can, and the NIC counts.</summary>
/// <remarks>Nobody looks at single frames here: that <c>vpio run</c> accounts for each is shown there, and would be measured along.</remarks>
internal sealed class WayRun : IDisposable
{
    private const int RingEntries = 64;

    // Of several milliseconds at full speed: nobody waits for domain 0, whose thread may have to wait for a processor.
    private const uint ReportEntries = 32_768;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Warming = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly ReferenceHypervisor _hypervisor;
    private readonly Nic _nic;
    private readonly SharedDevice _device;
    private readonly List<Guest> _guests = [];
    private readonly List<Domain0End> _ends = [];

    /// <summary>Makes the guests; nothing runs yet.</summary>
    /// <param name="way">The way.</param>
    /// <param name="traffic">Which way frames go.</param>
    /// <param name="program">What the guests run.</param>
    /// <param name="frames">What they send, over and over.</param>
    /// <param name="options">Slice, and the descriptor of KVM.</param>
    internal WayRun(NicWay way, NicTraffic traffic, GuestImage program, IReadOnlyList<ReadOnlyMemory<byte>> frames, ExitsOptions options)
    {
        OutgoingFrames outgoing = new(frames) { Repeats = true };
        _hypervisor = new ReferenceHypervisor(new HypervisorOptions
        {
            Slice = options.Slice,
            Grace = HypervisorOptions.MaxDuration,
            KvmDescriptor = options.KvmDescriptor,
            ApplicationBytes = (int)JobWriting.BytesFor(outgoing with { Destinations = [MacAddress.Broadcast] }, ReportEntries),
        });
        Placement placement = Placement.Find();
        _nic = new Nic(traffic.NewWire(), new NicOptions { AlwaysWantsKicks = way.AlwaysWantsKicks, HardAffinity = placement.OfDevice });
        _device = _hypervisor.AddDevice(_nic);
        for (int number = 1; number <= way.Guests; number++)
            Add(program with { Registers = way.Registers, HardAffinity = placement.OfGuests }, outgoing, GuestAddress.Of(number), traffic.Receives);
    }

    /// <summary>Runs the guests, and measures for a while in the middle.</summary>
    /// <param name="duration">How long.</param>
    /// <returns>What was seen.</returns>
    /// <exception cref="UsageException">A guest does not become ready, or does not last.</exception>
    internal WaySample Measure(TimeSpan duration)
    {
        foreach (Guest guest in _guests)
            guest.Machine!.Start();
        long since = Stopwatch.GetTimestamp();
        while (_ends.Any(end => end.Activity == GuestActivity.Starting))
        {
            if (Stopwatch.GetElapsedTime(since) > Limit || _guests.Any(guest => guest.Machine!.Exit is not null))
                throw Failure("did not come up");
            Thread.Sleep(Tick);
        }

        Enter(JobPhase.Sending);
        Drain(Warming);
        Mark before = Look();
        Drain(duration);
        Mark after = Look();
        if (_guests.Any(guest => guest.Machine!.Exit is not null))
            throw Failure("did not last");
        Enter(JobPhase.Settling);
        Enter(JobPhase.Over);
        return new WaySample(after.Frames - before.Frames, after.Exits - before.Exits, after.Kicks - before.Kicks, after.Slices - before.Slices, Stopwatch.GetElapsedTime(before.At, after.At), after.Processor - before.Processor, _guests[0].Machine!.CounterFrequency);
    }

    /// <inheritdoc/>
    public void Dispose() => _hypervisor.Dispose();

    private void Add(GuestImage program, OutgoingFrames outgoing, MacAddress address, bool receives)
    {
        Guest guest = _hypervisor.AddGuest(program);
        _nic.SetMacAddress(guest.Id, address);
        _ends.Add(new Domain0End(new JobMemory(guest.Application, guest), new GuestJob
        {
            Device = _device.Index,
            Mac = address,
            Outgoing = outgoing with { Source = address, Destinations = [MacAddress.Broadcast] },
            Rate = FrameRate.Max,
            Receives = receives,
            RingEntries = RingEntries,
            ReportEntries = ReportEntries,
        }));
        _hypervisor.Assign(guest, _device);
        _guests.Add(guest);
    }

    private void Enter(JobPhase phase)
    {
        foreach (Domain0End end in _ends)
            end.Enter(phase);
    }

    // The guests report each frame, and wait for room when nobody reads that.
    private void Drain(TimeSpan duration)
    {
        long since = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(since) < duration)
        {
            foreach (Domain0End end in _ends)
            {
                end.Submitted.Skip();
                end.Received.Skip();
            }

            Thread.Sleep(Tick);
        }
    }

    private Mark Look() => new(
        Stopwatch.GetTimestamp(),
        Environment.CpuUsage.TotalTime,
        _guests.Aggregate(0UL, (sum, guest) => sum + _nic.GetCounters(guest.Id).TxFrames + _nic.GetCounters(guest.Id).RxFrames),
        _guests.Sum(guest => guest.Machine!.Statistics.Exits),
        _guests.Sum(guest => guest.Machine!.Statistics.Kicks),
        _device.Statistics.Grants);

    private UsageException Failure(string what)
    {
        Guest? ended = _guests.Find(guest => guest.Machine!.Exit is not null);
        return new UsageException($"a guest {what}{(ended is null ? string.Empty : $": {ended.Machine!.Exit}")}; is this machine busy with something else?");
    }

    private readonly record struct Mark(long At, TimeSpan Processor, ulong Frames, long Exits, long Kicks, ulong Slices);
}
