using System.Diagnostics;
using Vpio.Abi;
using Vpio.Abi.Ownership;
using Vpio.GuestDriver;
using Vpio.Jobs;
using Vpio.Tool.Jobs;

namespace Vpio.Tool.Guests;

/// <summary>Is the program of one guest: gets the device, works, gives it back, until the run is over or the guest is stopped.</summary>
/// <remarks>
/// It knows its port and its job, and nothing else of the hypervisor: the same in a thread of the hypervisor's process and in a process of its own.
/// Threads: one.
/// </remarks>
internal sealed class GuestProgram
{
    private static readonly TimeSpan Nap = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan StartingNap = TimeSpan.FromMilliseconds(10);

    // Who was asked for the device does not wait: what is posted then goes out in the next ownership.
    private static readonly TimeSpan DrainLimit = TimeSpan.FromMilliseconds(100);

    private readonly Func<GuestDomain> _attach;
    private readonly GuestEnd _end;
    private readonly GuestJob _job;
    private GuestDevice? _device;
    private TransmitSide? _transmit;
    private ReceiveSide? _receive;

    /// <summary>Makes the program of a guest that is not attached yet.</summary>
    /// <param name="port">The way to the hypervisor.</param>
    /// <param name="end">The guest's end of its job.</param>
    internal GuestProgram(IHypercallPort port, GuestEnd end)
        : this(() => GuestDomain.Attach(port), end)
    {
    }

    /// <summary>Makes the program of a guest that is attached.</summary>
    /// <param name="domain">The guest.</param>
    /// <param name="end">The guest's end of its job.</param>
    internal GuestProgram(GuestDomain domain, GuestEnd end)
        : this(() => domain, end)
    {
    }

    private GuestProgram(Func<GuestDomain> attach, GuestEnd end)
    {
        _attach = attach;
        _end = end;
        _job = end.Job;
    }

    private bool IsSending => _end.Phase == JobPhase.Sending;

    private bool IsOver => _end.Phase == JobPhase.Over;

    private bool Wants => IsSending ? WantsWhileSending : HasUnfinished;

    // Where replies can come, a transmitter that has sent all of its frames goes on as a receiver.
    private bool WantsWhileSending => _job.IsHog || _job.Receives || _transmit is { IsExhausted: false } || HasUnfinished;

    private bool HasUnfinished => _transmit is { IsDrained: false } || !_receive!.IsSettled;

    /// <summary>Does the job, from coming up until the run is over. Whatever happens to it, the job's memory says so.</summary>
    /// <returns>How it ended.</returns>
    internal GuestActivity Run()
    {
        try
        {
            ComeUp();
            while (!IsOver)
            {
                if (Wants)
                    OwnOnce();
                else
                    Sleep();
            }

            _end.Become(GuestActivity.Done);
            return GuestActivity.Done;
        }
        catch (GuestStoppedException)
        {
            _receive?.ReceiveRest();
            _end.Become(GuestActivity.Stopped);
            return GuestActivity.Stopped;
        }
        catch (Exception failure)
        {
            _end.Fail(failure.Message);
            return GuestActivity.Failed;
        }
    }

    private void ComeUp()
    {
        // Kept, not disposed at the end of the program: the hypervisor would remove the guest, and its figures with it.
        GuestDomain domain = _attach();
        _device = domain.GetDevice(_job.Device);
        NicTransmitter? transmitter = _job.Outgoing is null ? null : new NicTransmitter(domain, _device, _job.RingEntries);

        // A guest to which nothing comes has one too: it is also how a driver sleeps until the device is asked for.
        _receive = new ReceiveSide(new NicReceiver(domain, _device, _job.RingEntries), _end);
        Practice.Run(domain, _job);
        _end.Become(GuestActivity.Ready);
        while (_end.Phase == JobPhase.Starting)
            Thread.Sleep(StartingNap);
        if (transmitter is not null)
            _transmit = new TransmitSide(transmitter, _job.Outgoing!.Open(), new Pace(_job.Rate, TimeProvider.System), _end);
    }

    private void OwnOnce()
    {
        _end.Become(GuestActivity.Waiting);
        try
        {
            using DeviceLease lease = _device!.Grab();
            _end.Own(lease.Generation);
            Work(lease);
            GiveBack(lease);
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
            int moved = IsSending ? _transmit?.SendBatch(lease) ?? 0 : 0;
            moved += _receive.ReceiveBatch(lease);
            if (moved == 0 && !TryRest(lease))
                return;
        }
    }

    // A hog is one while frames are sent; then it takes what is left for it, as everybody does.
    private bool MayKeep(in DeviceLease lease) => _job.IsHog && IsSending
        ? lease.IsHeld
        : !lease.StopRequested && !IsOver;

    /// <summary>Waits for what may let something move again.</summary>
    /// <returns>False when there is nothing left to hold the device for.</returns>
    private bool TryRest(in DeviceLease lease)
    {
        bool sends = IsSending && _transmit is { IsExhausted: false };
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
        if (!_job.IsHog || !lease.StopRequested)
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
            _end.NoteRelease(Stopwatch.GetElapsedTime(since));
    }

    private void NoteProgress()
    {
        if (_transmit is null || (_transmit.IsDrained && (_transmit.IsExhausted || !IsSending)))
            _end.NoteSentAll();
    }

    // Who can neither send nor receive any more has done, and only awaits the end.
    private void Sleep()
    {
        NoteProgress();
        _end.Become(!_job.Receives && _job.Outgoing is not null ? GuestActivity.Done : GuestActivity.Sleeping);
        Thread.Sleep(Nap);
    }
}
