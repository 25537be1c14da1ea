using System.Diagnostics;
using Vpio.Abi;
using Vpio.Abi.Ownership;
using Vpio.GuestDriver;
using Vpio.Hypervisor.Guests;
using Vpio.Tool.Traffic;

namespace Vpio.Tool.Guests;

/// <summary>Is the program of one guest, on a thread of its own: gets the device, works, gives it back, until the run is over or the guest is stopped.</summary>
internal sealed class GuestProgram
{
    private const int StackBytes = 512 * 1024;

    private static readonly TimeSpan Nap = TimeSpan.FromMilliseconds(5);

    // Who was asked for the device does not wait: what is posted then goes out in the next ownership.
    private static readonly TimeSpan DrainLimit = TimeSpan.FromMilliseconds(100);

    private readonly GuestSetup _setup;
    private readonly Thread _thread;
    private GuestDomain? _domain;
    private GuestDevice? _device;
    private TransmitSide? _transmit;
    private ReceiveSide? _receive;
    private int _activity;
    private ulong _generation;
    private bool _hasSentAll;

    /// <summary>Makes the program; it does nothing before <see cref="Start"/>.</summary>
    /// <param name="setup">What it is given.</param>
    internal GuestProgram(GuestSetup setup)
    {
        _setup = setup;
        _thread = new Thread(Live, StackBytes) { IsBackground = true, Name = $"vpio guest {setup.Guest.Id}" };
    }

    /// <summary>Gets what the guest is to do.</summary>
    internal GuestPlan Plan => _setup.Plan;

    /// <summary>Gets what the program was given.</summary>
    internal GuestSetup Setup => _setup;

    /// <summary>Gets what it is doing.</summary>
    internal GuestActivity Activity => (GuestActivity)Volatile.Read(ref _activity);

    /// <summary>Gets the generation of its present or latest ownership; 0 before the first.</summary>
    internal Generation Generation => new(Volatile.Read(ref _generation));

    /// <summary>Gets how long it takes to release when asked.</summary>
    internal ReleaseTimes ReleaseTimes { get; } = new();

    /// <summary>Gets whether it ended, of its own accord or not.</summary>
    internal bool HasEnded => Activity is GuestActivity.Done or GuestActivity.Stopped or GuestActivity.Quarantined or GuestActivity.Failed;

    /// <summary>Gets whether nothing more will come from it: all is sent, it has nothing to send, or it has ended.</summary>
    internal bool HasSentAll => Plan.Stream is null || HasEnded || Volatile.Read(ref _hasSentAll);

    /// <summary>Begins.</summary>
    internal void Start() => _thread.Start();

    /// <summary>Waits for the end.</summary>
    /// <param name="timeout">The most to wait.</param>
    /// <returns>Whether it ended.</returns>
    internal bool Join(TimeSpan timeout) => _thread.Join(timeout);

    private bool Wants => _setup.Phase.IsSending ? WantsWhileSending : HasUnfinished;

    // Where replies can come, a transmitter that has sent all of its frames goes on as a receiver.
    private bool WantsWhileSending =>
        Plan.IsHog || Plan.Role == GuestRole.Rx || _setup.Receives || _transmit is { IsExhausted: false } || HasUnfinished;

    private bool HasUnfinished => _transmit is { IsDrained: false } || !_receive!.IsSettled;

    private void Live()
    {
        try
        {
            Attach();
            while (!_setup.Phase.IsOver)
            {
                if (Wants)
                    OwnOnce();
                else if (Sleep())
                    break;
            }

            Become(GuestActivity.Done);
        }
        catch (GuestStoppedException)
        {
            _receive?.ReceiveRest();
            Become(_setup.Guest.State == GuestState.Quarantined ? GuestActivity.Quarantined : GuestActivity.Stopped);
        }
        catch (Exception failure)
        {
            _setup.Blame($"the program of guest {_setup.Guest.Id} failed: {failure.Message}");
            Become(GuestActivity.Failed);
        }

        _setup.Account.Receiving.Close();
    }

    private void Attach()
    {
        // Kept, not disposed at the end of the program: the hypervisor would remove the guest, and its figures with it.
        _domain = GuestDomain.Attach(_setup.Guest.Port);
        _device = _domain.GetDevice(_setup.Device);
        if (Plan.Stream is { } stream)
        {
            var nic = new NicTransmitter(_domain, _device, _setup.RingEntries);
            _transmit = new TransmitSide(nic, stream, new Pace(_setup.Rate, TimeProvider.System), _setup.Account.Sending);
        }

        // A guest to which nothing comes has one too: it is also how a driver sleeps until the device is asked for.
        _receive = new ReceiveSide(new NicReceiver(_domain, _device, _setup.RingEntries), _setup.Account.Receiving);
    }

    private void OwnOnce()
    {
        Become(GuestActivity.Waiting);
        try
        {
            using DeviceLease lease = _device!.Grab(_setup.Phase.IsSending ? _setup.Phase.SendingEnds : _setup.Phase.RunEnds);
            Volatile.Write(ref _generation, lease.Generation.Value);
            Become(GuestActivity.Holding);
            Work(lease);
            GiveBack(lease);
        }
        catch (OperationCanceledException)
        {
            // The run has gone on to its next phase: look again at what there is to do.
        }
        catch (LeaseLostException)
        {
            // Taken by force. Whether more than the device is lost, the next grab tells.
        }

        _receive!.ReceiveRest();
        NoteProgress();
    }

    private void Work(in DeviceLease lease)
    {
        _receive!.Start(lease);
        _transmit?.Start(lease);
#pragma warning disable VPIO1023 // A hog does not look whether it is asked: that is what it is for.
        while (MayKeep(lease))
#pragma warning restore VPIO1023
        {
            int moved = _setup.Phase.IsSending ? _transmit?.SendBatch(lease) ?? 0 : 0;
            moved += _receive.ReceiveBatch(lease);
            if (moved == 0 && !TryRest(lease))
                return;
        }
    }

    // A hog ends with the run all the same, for there may be nobody to stop it for.
    private bool MayKeep(in DeviceLease lease) => Plan.IsHog
        ? _setup.Phase.IsSending && lease.IsHeld
        : !lease.StopRequested && !_setup.Phase.IsOver;

    /// <summary>Waits for what may let something move again.</summary>
    /// <returns>False when there is nothing left to hold the device for.</returns>
    private bool TryRest(in DeviceLease lease)
    {
        bool sends = _setup.Phase.IsSending && _transmit is { IsExhausted: false };
        if (sends && _transmit!.IsDue)
        {
            _transmit.WaitForRoom(lease, Nap);
            return true;
        }

        _transmit?.Drain(lease, Nap);
        NoteProgress();
        if (!Wants)
            return false;
        Doze(lease, sends && _transmit!.UntilNext < Nap ? _transmit.UntilNext : Nap);
        return true;
    }

    private void Doze(in DeviceLease lease, TimeSpan time)
    {
        // The driver does not sleep while the device is asked for, and a hog is to be a nuisance to others only.
        if (!TryIdle(lease))
            _receive!.WaitForFrames(lease, time);
    }

    [NoOwnershipCheck("A hog sees that the device is asked for, and sleeps with it in its hands: that is what it is for.")]
    private bool TryIdle(in DeviceLease lease)
    {
        if (!Plan.IsHog || !lease.StopRequested)
            return false;
        Thread.Sleep(1);
        return true;
    }

    private void GiveBack(in DeviceLease lease)
    {
        bool asked = lease.StopRequested;
        long since = Stopwatch.GetTimestamp();
        _transmit?.Drain(lease, DrainLimit);
        if (lease.Release() == ReleaseResult.Released && asked)
            ReleaseTimes.Add(Stopwatch.GetElapsedTime(since));
    }

    private void NoteProgress()
    {
        if (_transmit is null || (_transmit.IsDrained && (_transmit.IsExhausted || !_setup.Phase.IsSending)))
            Volatile.Write(ref _hasSentAll, true);
    }

    /// <summary>Sleeps a little, for want of anything to do with the device.</summary>
    /// <returns>Whether nothing can come any more, so that the program may end.</returns>
    private bool Sleep()
    {
        NoteProgress();
        if (!_setup.Receives && Plan.Stream is not null)
            return true;
        Become(GuestActivity.Sleeping);
        _setup.Phase.RunEnds.WaitHandle.WaitOne(Nap);
        return false;
    }

    // ORDER release: a figure for display and waiting loops; nothing else is published by it. Pairs with Volatile.Read in GuestProgram.Activity.
    private void Become(GuestActivity activity) => Volatile.Write(ref _activity, (int)activity);
}
