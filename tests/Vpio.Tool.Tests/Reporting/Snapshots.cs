using Vpio.Abi;
using Vpio.Hypervisor.Tracing;
using Vpio.Jobs;
using Vpio.Tool.Reporting;
using Vpio.Tool.Run;
using Vpio.Tool.Tests.Traffic;
using Vpio.Tool.Traffic;

namespace Vpio.Tool.Tests.Reporting;

/// <summary>Makes looks at runs that never were.</summary>
internal static class Snapshots
{
    internal static RunSnapshot Make(int guests) => new(
        TimeSpan.FromSeconds(1.5),
        new StateWord(DeviceState.Owned, new DomainId(2), new Generation(412)),
        new DeviceStatistics(412, 411, 410, 1, TimeSpan.FromMicroseconds(21), TimeSpan.FromMicroseconds(80), 410),
        [.. Enumerable.Range(1, guests).Select(Guest)]);

    private static GuestSnapshot Guest(int number) => new()
    {
        Id = new DomainId((ushort)number),
        Role = GuestRole.Tx,
        Kind = GuestKind.InProcess,
        IsHog = number == 3,
        Mac = Frames.Mac(number),
        Weight = 1,
        Activity = GuestActivity.Waiting,
        Generation = new Generation((ulong)number),
        Ownership = new OwnershipStatistics(103, 102, 0, TimeSpan.FromSeconds(0.4), TimeSpan.FromSeconds(1)),
        Sent = 123_456_789,
        Received = 123_456_789,
        ParkedDropped = 12,
        StoppedDropped = 0,
        LastRelease = TimeSpan.FromMicroseconds(9999.9),
        Replacements = 0,
        EndOfProcess = null,
    };
}
