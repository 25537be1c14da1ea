using Vpio.Abi;
using Vpio.Hypervisor.Devices.Network;

namespace Vpio.Protocol.Tests.Network;

/// <summary>Keeps, guest by guest, what the NIC said of each frame, and which frames are due.</summary>
internal sealed class FrameLog : IFrameObserver
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ushort, List<(int Number, FrameFate Fate)>> _arrived = [];
    private readonly Dictionary<ushort, LinkedList<int>> _due = [];

    /// <summary>Gets or sets what happens at each arrival, on the thread that brings the frame.</summary>
    public Action<DomainId, int>? OnArrived { get; set; }

    public (int Number, FrameFate Fate)[] ArrivedFor(DomainId guest)
    {
        lock (_gate)
            return [.. _arrived.GetValueOrDefault(guest.Value, [])];
    }

    public int[] AcceptedFor(DomainId guest) => [.. ArrivedFor(guest).Where(each => each.Fate == FrameFate.Accepted).Select(each => each.Number)];

    /// <summary>Counts the frames that were accepted, and neither discarded nor taken.</summary>
    public int CountDue(DomainId guest)
    {
        lock (_gate)
            return DueOf(guest).Count;
    }

    /// <summary>Takes the number of the next frame that is due.</summary>
    /// <returns>The number, or null when none is.</returns>
    public int? TakeDue(DomainId guest)
    {
        lock (_gate)
        {
            LinkedList<int> due = DueOf(guest);
            int? first = due.First?.Value;
            if (first is not null)
                due.RemoveFirst();
            return first;
        }
    }

    public void Sent(DomainId sender, ReadOnlySpan<byte> frame)
    {
    }

    public void Arrived(DomainId receiver, ReadOnlySpan<byte> frame, FrameFate fate)
    {
        int number = RawNic.NumberOf(frame.ToArray());
        lock (_gate)
        {
            if (!_arrived.TryGetValue(receiver.Value, out List<(int, FrameFate)>? arrived))
                _arrived.Add(receiver.Value, arrived = []);
            arrived.Add((number, fate));
            if (fate == FrameFate.Accepted)
                DueOf(receiver).AddLast(number);
        }

        OnArrived?.Invoke(receiver, number);
    }

    public void Discarded(DomainId receiver, int frames)
    {
        lock (_gate)
        {
            for (int i = 0; i < frames; i++)
                DueOf(receiver).RemoveLast();
        }
    }

    private LinkedList<int> DueOf(DomainId guest)
    {
        if (!_due.TryGetValue(guest.Value, out LinkedList<int>? due))
            _due.Add(guest.Value, due = []);
        return due;
    }
}
