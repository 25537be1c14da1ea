using System.Buffers.Binary;
using Vpio.Abi;
using Vpio.Hypervisor.Devices.Network;
using Vpio.Jobs;
using Vpio.Tool.Accounting;
using Vpio.Tool.Jobs;

namespace Vpio.Fuzz.Job;

/// <summary>Is a run of an input: one guest reports whatever the bytes say, another does as it should, a NIC says what became of frames, and domain 0 reads.</summary>
internal sealed class JobRun
{
    private static readonly int[] Words =
    [
        JobLayout.Activity, JobLayout.HasSentAll, JobLayout.Generation, JobLayout.LastReleaseNs,
        JobLayout.SubmittedTail, JobLayout.ReceivedTail, JobLayout.Discarded, JobLayout.SubmittedHead, JobLayout.ReceivedHead,
    ];

    private static readonly int[] Domain0Writes = [JobLayout.Phase, JobLayout.FramesDue, JobLayout.SubmittedHead, JobLayout.ReceivedHead];

    private readonly FrameLedger _ledger = new(wireReturns: false);
    private readonly JobGuest _hostile = new(new DomainId(1));
    private readonly JobGuest _honest = new(new DomainId(2));
    private readonly GuestAccount _hostileAccount;
    private readonly GuestAccount _honestAccount;
    private readonly JobFaults _faults;
    private readonly byte[] _before;
    private readonly byte[] _frame = new byte[64];

    /// <summary>Begins.</summary>
    /// <param name="faults">What is to be broken, for tests of this target.</param>
    public JobRun(JobFaults faults)
    {
        _faults = faults;
        _before = new byte[_hostile.Bytes.Length];
        _hostileAccount = Open(_hostile);
        _honestAccount = Open(_honest);
    }

    /// <summary>Gets what happened.</summary>
    public Course Course { get; } = new();

    /// <summary>Does what the next bytes say.</summary>
    /// <param name="reader">The input.</param>
    public void Step(ref InputReader reader)
    {
        switch (reader.Pick(12))
        {
            case <= 1:
                _hostile.Memory.Write32(Words[reader.Pick(Words.Length)], (uint)reader.NextNumber());
                break;
            case 2:
                _hostile.Memory.Write64(Words[reader.Pick(Words.Length)] & ~7, reader.NextNumber());
                break;
            case 3:
                reader.Scribble(_hostile.Bytes);
                break;
            case 4:
                Report(_hostile.End.Submitted, Frame(_hostile, reader.NextByte()));
                break;
            case 5:
                Report(_hostile.End.Received, Frame(_honest, reader.NextByte()));
                break;
            case 6:
                _ledger.Sent(_hostile.Id, Frame(_hostile, reader.NextByte()));
                break;
            case 7:
                Arrive(_hostile, Frame(_honest, reader.NextByte()), (FrameFate)reader.Pick(5));
                break;
            case 8:
                HonestRound(reader.NextByte());
                break;
            case 9:
                _ledger.Discarded(_hostile.Id, Math.Min(1 + reader.Pick(4), Math.Max(1, _hostileAccount.Receiving.Outstanding)));
                break;
            case 10:
                _hostileAccount.WriteOff(); // As when a guest comes in the place of another.
                _hostileAccount.Follow(_hostile.Domain0);
                _hostileAccount.Receiving.NoteReachable();
                break;
            default:
                Read();
                break;
        }
    }

    /// <summary>Closes the books and judges them.</summary>
    public void Close()
    {
        Read();
        HonestRound(255);
        Read();
        LedgerVerdict verdict = _ledger.Close(guest => guest == _hostile.Id);
        BrokenPromiseException.Unless(!verdict.Faults.Any(sentence => sentence.Contains($"guest {_honest.Id} ", StringComparison.Ordinal)), "What a guest reports is no fault of another");
        BrokenPromiseException.Unless(_honestAccount.Sending is { Withheld: 0, Skipped: 0, LeftBehind: 0 } && _honestAccount.Receiving.Counts is { Lost: 0, Wrong: 0, Outstanding: 0 }, "What a guest reports changes nobody else's account");
        Course.Add((ulong)verdict.FramesLost);
        Course.Add((ulong)verdict.FaultCount);
    }

    private static void Report(ReportWriter reports, ReadOnlySpan<byte> frame)
    {
        if (reports.HasRoom)
            reports.Write(FrameDigest.Of(frame));
    }

    private GuestAccount Open(JobGuest guest)
    {
        GuestAccount account = _ledger.Open(guest.Id, guest.Address);
        account.Follow(guest.Domain0);
        return account;
    }

    private void Arrive(JobGuest guest, ReadOnlySpan<byte> frame, FrameFate fate)
    {
        _ledger.Announce(frame);
        _ledger.Arrived(guest.Id, frame, fate);
    }

    // What the other guest does: a frame each way, reported when and as it should be.
    private void HonestRound(byte number)
    {
        Span<byte> sent = Frame(_honest, number);
        Report(_honest.End.Submitted, sent);
        _ledger.Sent(_honest.Id, sent);
        Span<byte> arrived = Frame(_hostile, number);
        Arrive(_honest, arrived, FrameFate.Accepted);
        Report(_honest.End.Received, arrived);
    }

    private Span<byte> Frame(JobGuest from, byte number)
    {
        JobGuest to = from == _honest ? _hostile : _honest;
        _frame.AsSpan().Fill(number);
        BinaryPrimitives.WriteUInt64LittleEndian(_frame, to.Address.Value | (from.Address.Value << 48));
        BinaryPrimitives.WriteUInt32LittleEndian(_frame.AsSpan(8), (uint)(from.Address.Value >> 16));
        return _frame;
    }

    private void Read()
    {
        _hostile.Bytes.CopyTo(_before);
        _ledger.Drain();
        Course.Add((ulong)_hostileAccount.Sending.Submitted);
        Sayings sayings = _faults.Heard(Sayings.Of(_hostile.Domain0));
        sayings.Judge();
        Course.Add((ulong)sayings.Failure.Length);
        Course.Add(sayings.HasSentAll ? 1u : 0);
        _faults.Reading(_ledger, _hostile);
        JudgeWrites();
    }

    // Domain 0 tells a guest four things while it runs, and touches nothing else of its memory.
    private void JudgeWrites()
    {
        foreach (int at in Domain0Writes)
            _hostile.Bytes.Slice(at, sizeof(ulong)).CopyTo(_before.AsSpan(at));
        BrokenPromiseException.Unless(_before.AsSpan().SequenceEqual(_hostile.Bytes), "Who reads a guest's reports writes nothing else there");
    }
}
