using Vpio.Abi.Network;
using Vpio.Hypervisor;
using Vpio.Hypervisor.Devices.Network;
using Vpio.Hypervisor.Guests;
using Vpio.Jobs;
using Vpio.Tool.Accounting;
using Vpio.Tool.Jobs;
using Vpio.Tool.Run;
using Vpio.Tool.Traffic;

namespace Vpio.CGuest.Tests.Processes;

/// <summary>Is a guest that runs the program in C on a job of the test.</summary>
internal sealed class JobGuest
{
    /// <summary>How long anything may take that must come to pass.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly GuestJob _job;

    /// <summary>Adds the guest, and lays its job down; <see cref="Start"/> starts it.</summary>
    public JobGuest(ReferenceHypervisor hypervisor, SharedDevice device, Func<MacAddress, GuestJob> job)
    {
        Guest = hypervisor.AddGuest(new GuestCommand(CProgram.FileName, []));
        Mac = AddressOf(Guest.Id.Value);
        ((Nic)device.Device).SetMacAddress(Guest.Id, Mac);
        hypervisor.Assign(Guest, device);
        _job = job(Mac);
        End = new Domain0End(new JobMemory(Guest.Application, Guest), _job);
    }

    public Guest Guest { get; }

    public MacAddress Mac { get; }

    /// <summary>Gets domain 0's end of its job.</summary>
    public Domain0End End { get; }

    public GuestExit Exit => Guest.Process!.Exit!.Value;

    public static MacAddress AddressOf(int guest) => new(0x02UL | ((ulong)(byte)guest << 40));

    /// <summary>Makes a job that only has the device in turn, and says what it receives.</summary>
    public static GuestJob Listening(SharedDevice device, MacAddress mac) => new() { Device = device.Index, Mac = mac, Rate = FrameRate.Max, RingEntries = 64, Receives = true };

    /// <summary>Makes a frame by its number.</summary>
    public static byte[] Frame(MacAddress from, MacAddress to, int number)
    {
        byte[] frame = new byte[14 + (number * 7 % 1500)];
        for (int i = 14; i < frame.Length; i++)
            frame[i] = (byte)(number + (i * 31));
        NicFrame.SetSource(frame, from);
        NicFrame.SetDestination(frame, to);
        return frame;
    }

    /// <summary>Starts the program, and awaits that it is ready for the run to begin, and begins it.</summary>
    public void Start()
    {
        Guest.Process!.Start();
        Until(() => End.Activity != GuestActivity.Starting || Guest.Process.Exit is not null);
        End.Enter(JobPhase.Sending);
    }

    /// <summary>Ends the run for this guest.</summary>
    public GuestExit Finish()
    {
        End.Enter(JobPhase.Over);
        return AwaitEnd();
    }

    public GuestExit AwaitEnd()
    {
        Assert.That(Guest.Process!.Ended.Wait(Patience), $"the process of guest {Guest.Id} ends");
        return Exit;
    }

    /// <summary>Reads so many reports.</summary>
    public static ulong[] Read(ReportReader reports, int count)
    {
        List<ulong> digests = [];
        Until(() =>
        {
            for (uint left = reports.Look(); left > 0; left--)
                digests.Add(reports.Read());
            return digests.Count >= count || reports.IsBroken;
        });
        return [.. digests];
    }

    public static ulong[] DigestsOf(IEnumerable<byte[]> frames) => [.. frames.Select(frame => FrameDigest.Of(frame))];

    public static void Until(Func<bool> holds) => Assert.That(SpinWait.SpinUntil(holds, Patience), "it comes to that");
}
