using Vpio.Abi.Ownership;
using Vpio.GuestDriver;

/// <summary>Does jobs on a NIC that others want too: begins none that does not fit into what is left of the slice, gives back in time, and comes again.</summary>
internal sealed class Sharer(GuestDomain domain, GuestDevice device)
{
    private const int FramesOfAJob = 32;
    private const int MostTries = 4;

    // What a job is allowed to take. A driver measures its own; too much only means that the device is given back sooner.
    private static readonly TimeSpan JobTime = TimeSpan.FromMicroseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly byte[] _frame = FrameOf(domain.Id.Value);
    private int _jobs;

    public int JobsDone { get; private set; }

    public int Ownerships { get; private set; }

    public int GivenBackEarly { get; private set; }

    public void Do(int jobs)
    {
        _jobs = jobs;
        using NicTransmitter transmitter = new(domain, device);
        while (JobsDone < jobs || transmitter.UnconfirmedFrames > 0)
        {
            using DeviceLease lease = GrabPolitely();
            Ownerships++;
            Work(in lease, transmitter);
        }
    }

    // Tries a few times, waiting twice as long each time; then it stands in the queue, where nobody is forgotten.
    [Acquires(nameof(device))]
    private DeviceLease GrabPolitely()
    {
        TimeSpan pause = TimeSpan.FromMicroseconds(100);
        for (int tries = 0; tries < MostTries; tries++)
        {
            if (device.TryGrab(out DeviceLease lease) == GrabResult.Granted)
                return lease;
            Thread.Sleep(pause);
            pause *= 2;
        }

        return device.Grab();
    }

    private void Work([RequiresHeld] in DeviceLease lease, NicTransmitter transmitter)
    {
        // What a stop request left of the last job goes first.
        while (transmitter.WaitForDrain(in lease, Patience) && JobsDone < _jobs)
        {
            // Null while nobody waits: then there is no end to be in time for.
            if (lease.RemainingSlice < JobTime)
            {
                GivenBackEarly++;
                return;
            }

            for (int i = 0; i < FramesOfAJob; i++)
                transmitter.TrySend(in lease, _frame); // The ring is empty, and longer than a job.
            JobsDone++;
        }
    }

    private static byte[] FrameOf(ushort guest) => [0x02, 0, 0, 0, 0, 0x09, 0x02, 0, 0, 0, 0, (byte)guest, 0x88, 0xB5, .. "a part of a job"u8];
}
