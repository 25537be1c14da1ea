using Vpio.Abi;
using Vpio.Abi.Network;
using Vpio.Hypervisor.Devices.Network;
using Vpio.Tool.Reporting;
using Vpio.Tool.Traffic;

namespace Vpio.Tool.Accounting;

/// <summary>Accounts for every frame of a run, one by one and by its bytes, independent of the NIC's own counters.</summary>
/// <param name="wireReturns">Whether what is sent comes back in: then the NIC owes a word about each frame to a guest.</param>
/// <remarks>
/// Guests are opened before the run begins; after that no member changes the set, so any thread may look one up.
/// Allocates nothing per frame once its queues have grown.
/// </remarks>
internal sealed class FrameLedger(bool wireReturns) : IFrameObserver
{
    private readonly Dictionary<ushort, GuestAccount> _byId = [];
    private readonly Dictionary<MacAddress, GuestAccount> _byMac = [];
    private readonly Faults _faults = new();

    /// <summary>Gets all accounts, in the order in which they were opened.</summary>
    internal IEnumerable<GuestAccount> Accounts => _byId.Values;

    /// <summary>Gets whether every frame accepted so far has been received.</summary>
    internal bool IsSettled => _byId.Values.All(account => account.Receiving.Outstanding == 0);

    /// <summary>Opens the account of a guest, before the run begins.</summary>
    /// <param name="id">The guest.</param>
    /// <param name="mac">Its address.</param>
    /// <returns>The account.</returns>
    internal GuestAccount Open(DomainId id, MacAddress mac)
    {
        var account = new GuestAccount(id, mac, _faults);
        _byId.Add(id.Value, account);
        _byMac.Add(mac, account);
        return account;
    }

    /// <summary>Notes that the wire is about to bring a frame to the NIC. A station does not hear what it sent itself.</summary>
    /// <param name="frame">The frame.</param>
    internal void Announce(ReadOnlySpan<byte> frame)
    {
        MacAddress destination = NicFrame.Destination(frame);
        if (destination != NicFrame.Source(frame) && _byMac.TryGetValue(destination, out GuestAccount? account))
            account.Receiving.NoteAnnounced();
    }

    /// <summary>Counts the frames that are under way to a guest which still takes them.</summary>
    /// <param name="frame">A frame to that guest, or to a group: then the slowest counts.</param>
    internal int CountUnderWay(ReadOnlySpan<byte> frame)
    {
        MacAddress destination = NicFrame.Destination(frame);
        if (_byMac.TryGetValue(destination, out GuestAccount? account))
            return account.Receiving.UnderWay;
        int most = 0;
        if (destination.IsGroup)
        {
            foreach (GuestAccount each in _byId.Values)
                most = Math.Max(most, each.Receiving.UnderWay);
        }

        return most;
    }

    /// <inheritdoc/>
    public void Sent(DomainId sender, ReadOnlySpan<byte> frame)
    {
        if (!_byId.TryGetValue(sender.Value, out GuestAccount? account))
        {
            _faults.Add($"the NIC sent a frame for {sender}, which is no guest of this run.");
            return;
        }

        account.Sending.NoteSent(FrameDigest.Of(frame));
        if (wireReturns)
            Announce(frame);
    }

    /// <inheritdoc/>
    public void Arrived(DomainId receiver, ReadOnlySpan<byte> frame, FrameFate fate)
    {
        if (_byId.TryGetValue(receiver.Value, out GuestAccount? account))
            account.Receiving.NoteArrived(FrameDigest.Of(frame), NicFrame.Destination(frame) == account.Mac, fate);
        else
            _faults.Add($"the NIC took a frame for {receiver}, which is no guest of this run.");
    }

    /// <inheritdoc/>
    public void Discarded(DomainId receiver, int frames)
    {
        if (_byId.TryGetValue(receiver.Value, out GuestAccount? account))
            account.Receiving.NoteDiscarded(frames);
        else
            _faults.Add($"the NIC discarded frames of {receiver}, which is no guest of this run.");
    }

    /// <summary>Reads what the guests reported since the last time.</summary>
    internal void Drain()
    {
        foreach (GuestAccount account in _byId.Values)
            account.Drain();
    }

    /// <summary>Adds a fault that somebody else saw: a guest's program failed, a thread did not end.</summary>
    /// <param name="sentence">What went wrong.</param>
    internal void Blame(string sentence) => _faults.Add(sentence);

    /// <summary>Closes the books.</summary>
    /// <param name="wasStopped">Whether a guest was stopped by force: what was on its way to or from it then stays there.</param>
    /// <returns>What the frames came to.</returns>
    internal LedgerVerdict Close(Func<DomainId, bool> wasStopped)
    {
        Drain();
        long lost = 0;
        long leftBehind = 0;
        foreach (GuestAccount account in _byId.Values)
        {
            long missing = MissingReceived(account, out long wrong) + MissingSent(account, ref wrong);
            if (wasStopped(account.Id))
                leftBehind += missing;
            else
                lost += Charge(account, missing);
            leftBehind += account.Sending.Discarded + account.Sending.LeftBehind + account.Receiving.LeftBehind;
            lost += wrong;
        }

        return new LedgerVerdict(lost, leftBehind, _faults.Count, _faults.Sentences);
    }

    private static long MissingReceived(GuestAccount account, out long lost)
    {
        ReceiveCounts counts = account.Receiving.Counts;
        lost = counts.Lost;
        return counts.Outstanding + Math.Max(0, counts.Announced - counts.Answered);
    }

    private static long MissingSent(GuestAccount account, ref long lost)
    {
        // A frame that was passed over is missing once only, and no guest's stop excuses it.
        long passedOver = account.Sending.Skipped;
        lost += passedOver;
        return Math.Max(0, account.Sending.Withheld - passedOver);
    }

    private long Charge(GuestAccount account, long missing)
    {
        if (missing > 0)
            _faults.Add($"{Figure.Count(missing, "frame")} of guest {account.Id} on the way did not arrive.");
        return missing;
    }
}
