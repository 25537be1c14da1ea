using Vpio.Abi.Network;
using Vpio.GuestDriver;
using Vpio.Jobs;
using Vpio.Tool.Jobs;
using Vpio.Tool.Traffic;

namespace Vpio.Tool.Guests;

/// <summary>Lets a guest's program go through all of its code once before the run, on a device of its own whose grace nobody can miss.</summary>
/// <remarks>
/// The first pass through any code compiles it, which takes longer than a grace. It is the program itself that runs, on a job that is laid down and
/// followed here: the same hypercalls, the same rings, frames that come back from the far end of the wire.
/// </remarks>
internal static class Practice
{
    private const int Frames = 200;
    private const int FrameBytes = 60;
    private const int RingEntries = 32;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>Practises, if the job names a device for that.</summary>
    /// <param name="domain">The guest.</param>
    /// <param name="job">The job to come.</param>
    internal static void Run(GuestDomain domain, GuestJob job)
    {
        if (job.PracticeDevice is not { } device)
            return;
        GuestJob practice = job with
        {
            Device = device,
            PracticeDevice = null,
            Outgoing = Outgoing(job.Mac),
            Rate = job.Rate.IsMax ? job.Rate : TrafficPlan.DefaultRate, // A slow one would only take its time.
            IsHog = false,
            Receives = true,
            RingEntries = RingEntries,
        };
        JobMemory memory = JobMemory.Allocate(JobWriting.BytesFor(practice.Outgoing));
        var domain0 = new Domain0End(memory, practice);
        var director = new Thread(() => Direct(domain0)) { IsBackground = true, Name = "vpio practice" };
        director.Start();
        new GuestProgram(domain, new GuestEnd(memory)).Run();
        director.Join();
    }

    private static OutgoingFrames Outgoing(MacAddress mac)
    {
        byte[] frame = new byte[FrameBytes];
        NicFrame.SetDestination(frame, MacAddress.Broadcast);
        return new OutgoingFrames([frame]) { Repeats = true, Source = mac, Destinations = [MacAddress.Broadcast] };
    }

    private static void Direct(Domain0End domain0)
    {
        domain0.Enter(JobPhase.Sending);
        long received = 0;
        SpinWait.SpinUntil(() => (received += Drain(domain0)) >= Frames || domain0.Activity >= GuestActivity.Stopped, Limit);
        domain0.Enter(JobPhase.Settling);
        SpinWait.SpinUntil(() => domain0.HasSentAll || domain0.Activity >= GuestActivity.Stopped, Limit);
        domain0.Enter(JobPhase.Over);
    }

    private static uint Drain(Domain0End domain0)
    {
        for (uint left = domain0.Submitted.Look(); left > 0; left--)
            domain0.Submitted.Read();
        uint received = domain0.Received.Look();
        for (uint left = received; left > 0; left--)
            domain0.Received.Read();
        return received;
    }
}
