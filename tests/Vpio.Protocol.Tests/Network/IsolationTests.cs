namespace Vpio.Protocol.Tests.Network;

/// <summary>Holds that no guest ever reads another's frame, whatever becomes of rings, parkings, owners and guests.</summary>
/// <remarks>
/// Every frame is full of the mark of whom it is for, every buffer full of poison until the device writes there. A schedule drawn from a seed
/// takes turns, sends, stops, removes and resumes; whoever reads, and whoever does not own the device, has its whole memory looked through.
/// </remarks>
[TestFixture]
internal sealed class IsolationTests
{
    private const int Steps = 600;

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(4)]
    public void NoGuestEverReadsAnothersFrame(int seed)
    {
        using MarkedGuests guests = new(seed);
        for (int step = 0; step < Steps; step++)
        {
            guests.TakeStep();
            guests.LookThroughThoseWithoutTheDevice();
        }

        guests.EndWithEverythingRead();
        Assert.That(guests.FramesRead, Is.GreaterThan(Steps / 4), "too little was read to tell");
        Assert.That(guests.GroupFramesRead, Is.GreaterThan(Steps / 40));
        Assert.That(guests.Happened, Is.All.GreaterThan(0), "a turn that the schedule never took");
    }

    [Test]
    public void APlantedByteOfAnotherIsFound()
    {
        byte[] buffer = new byte[128];
        buffer.AsSpan().Fill(RawNic.Poison);
        Assert.That(MarkedFrame.Complaint(buffer, 0x12), Is.Null);
        MarkedFrame.Make(to: 0x12, from: 0x20, number: 5, 64).CopyTo(buffer, 0);
        Assert.That(MarkedFrame.Complaint(buffer, 0x12), Is.Null);
        Assert.That(MarkedFrame.Complaint(buffer, 0x14), Is.Not.Null, "another's frame");
        buffer[63] = 0x14;
        Assert.That(MarkedFrame.Complaint(buffer, 0x12), Is.Not.Null, "a byte of another's frame in its own");
        buffer[63] = 0x12;
        buffer[100] = 0x14;
        Assert.That(MarkedFrame.Complaint(buffer, 0x12), Is.Not.Null, "a byte behind the frame");
        MarkedFrame.Make(to: MarkedFrame.All, from: 0x12, number: 5, 64).CopyTo(buffer, 0);
        Assert.That(MarkedFrame.Complaint(buffer, 0x12), Is.Not.Null, "its own broadcast");
    }
}
