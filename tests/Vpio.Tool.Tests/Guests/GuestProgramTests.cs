using Vpio.Abi.Network;
using Vpio.Hypervisor;
using Vpio.Hypervisor.Devices.Network;
using Vpio.Hypervisor.Guests;
using Vpio.Jobs;
using Vpio.Tool.Guests;
using Vpio.Tool.Jobs;
using Vpio.Tool.Run;
using Vpio.Tool.Traffic;

namespace Vpio.Tool.Tests.Guests;

/// <summary>The program of a guest knows its port and its job, and nothing else.</summary>
internal sealed class GuestProgramTests
{
    private const int Frames = 50;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly MacAddress Mac = Traffic.Frames.Mac(1);

    private ReferenceHypervisor _hypervisor = null!;
    private Nic _nic = null!;
    private Nic _practice = null!;
    private Guest _guest = null!;
    private Domain0End _domain0 = null!;
    private Thread _thread = null!;
    private GuestActivity _outcome;

    [SetUp]
    public void Begin()
    {
        _hypervisor = new ReferenceHypervisor(new HypervisorOptions { ApplicationBytes = 1 << 20, Grace = HypervisorOptions.MaxDuration });
        _nic = new Nic(new EchoWire());
        _practice = new Nic(new EchoWire());
        _guest = _hypervisor.AddGuest();
        SharedDevice[] devices = [_hypervisor.AddDevice(_nic), _hypervisor.AddDevice(_practice)];
        foreach ((Nic nic, SharedDevice device) in new[] { _nic, _practice }.Zip(devices))
        {
            nic.SetMacAddress(_guest.Id, Mac);
            _hypervisor.Assign(_guest, device);
        }

        byte[][] frames = [.. Enumerable.Range(0, Frames).Select(i => Traffic.Frames.Make(Mac, Traffic.Frames.Mac(2), 60, i))];
        _domain0 = new Domain0End(new JobMemory(_guest.Application, _guest), Jobs.Job.Plain with
        {
            Device = devices[0].Index,
            PracticeDevice = devices[1].Index,
            Outgoing = new OutgoingFrames([.. frames.Select(frame => new ReadOnlyMemory<byte>(frame))]),
            Receives = true,
        });
        _thread = new Thread(() => _outcome = new GuestProgram(_guest.Port, new GuestEnd(new JobMemory(_guest.Application, _guest))).Run()) { IsBackground = true };
        _thread.Start();
        Await(() => _domain0.Activity == GuestActivity.Ready);
    }

    [TearDown]
    public void End() => _hypervisor.Dispose();

    [Test]
    public void ItPractisesOnTheDeviceThatIsMeantForThatAndReportsNothingOfIt()
    {
        Assert.That((_practice.GetCounters(_guest.Id).TxFrames, _practice.GetCounters(_guest.Id).RxFrames), Is.GreaterThan((0UL, 0UL)));
        Assert.That(_nic.GetCounters(_guest.Id).TxFrames, Is.Zero);
        Assert.That((_domain0.Submitted.Look(), _domain0.Received.Look()), Is.EqualTo((0u, 0u)));
        Assert.That((_domain0.HasSentAll, _domain0.Discarded), Is.EqualTo((false, 0UL)));
    }

    [Test]
    public void ItSendsReceivesAndReportsEachFrameAndEndsWithTheRun()
    {
        _domain0.Enter(JobPhase.Sending);
        Await(() => _domain0.HasSentAll);
        Assert.That(_nic.GetCounters(_guest.Id).TxFrames, Is.EqualTo((ulong)Frames));
        Assert.That(_domain0.Submitted.Look(), Is.EqualTo(Frames));
        Await(() => _domain0.Received.Look() == Frames);
        Assert.That(_domain0.Generation.Value, Is.Positive);

        _domain0.Enter(JobPhase.Settling);
        _domain0.Enter(JobPhase.Over);
        Assert.That(_thread.Join(Limit));
        Assert.That((_outcome, _domain0.Activity), Is.EqualTo((GuestActivity.Done, GuestActivity.Done)));
    }

    [Test]
    public void ItGoesOnInThePhaseOfSettlingUntilItHasWhatIsDue()
    {
        _domain0.Announce(Frames);
        _domain0.Enter(JobPhase.Sending);
        Await(() => _domain0.HasSentAll);
        _domain0.Enter(JobPhase.Settling);
        Await(() => _domain0.Received.Look() == Frames && _domain0.Activity == GuestActivity.Sleeping);
        _domain0.Announce(Frames + 1);
        Await(() => _domain0.Activity != GuestActivity.Sleeping);
    }

    [Test]
    public void AStopEndsItAndItSaysSo()
    {
        _domain0.Enter(JobPhase.Sending);
        Await(() => _domain0.HasSentAll);
        _guest.Stop();
        Assert.That(_thread.Join(Limit));
        Assert.That((_outcome, _domain0.Activity), Is.EqualTo((GuestActivity.Stopped, GuestActivity.Stopped)));
    }

    private static void Await(Func<bool> condition) => Assert.That(SpinWait.SpinUntil(condition, Limit), Is.True);
}
