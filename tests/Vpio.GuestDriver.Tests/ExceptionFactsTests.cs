using Vpio.Abi;

namespace Vpio.GuestDriver.Tests;

/// <summary>Holds what an exception tells a driver beside its message.</summary>
[TestFixture]
internal sealed class ExceptionFactsTests
{
    private static readonly StateWord Word = new(DeviceState.Owned, new DomainId(2), new Generation(9));

    [Test]
    public void ALostLeaseTellsItsDeviceItsGenerationAndTheWord()
    {
        LeaseLostException lost = new("Write32", new DeviceIndex(3), new Generation(8), Word);
        Assert.That((lost.Device, lost.Generation, lost.Word), Is.EqualTo((new DeviceIndex(3), new Generation(8), Word)));
        Assert.That(lost.Message, Does.Contain("device 3").And.Contains("#8").And.Contains(Word.ToString()));
    }

    [Test]
    public void ARemovedDeviceIsNamed()
    {
        DeviceRemovedException removed = new("Grab", new DeviceIndex(3), Word);
        Assert.That((removed.Device, removed.Word), Is.EqualTo((new DeviceIndex(3), Word)));
    }

    [Test]
    public void AFailedCallTellsItsOperationAndItsStatus()
    {
        DeviceCallException failed = new(DeviceOp.Map, DeviceStatus.NoMemory, "0x1000 bytes");
        Assert.That((failed.Operation, failed.Status), Is.EqualTo((DeviceOp.Map, DeviceStatus.NoMemory)));
        Assert.That(failed.Message, Does.Contain("Map of 0x1000 bytes").And.Contains("-12"));
    }

    [Test]
    public void AStoppedGuestIsNamed() => Assert.That(new GuestStoppedException("Grab", new DomainId(2)).Guest, Is.EqualTo(new DomainId(2)));

    [Test]
    public void ARestartTellsBothEpochs()
    {
        HypervisorRestartedException restarted = new(DeviceOp.Grab, new DomainId(2), agreed: 5, found: 6);
        Assert.That((restarted.AgreedEpoch, restarted.FoundEpoch), Is.EqualTo((5UL, 6UL)));
    }

    [Test]
    public void AProtocolFaultMayComeOfAnother()
    {
        InvalidOperationException cause = new();
        Assert.That(new NicProtocolException("TxHead 0x7", cause).InnerException, Is.SameAs(cause));
        Assert.That(new PageProtocolException("magic 0x0", cause).InnerException, Is.SameAs(cause));
        Assert.That(new NicProtocolException("TxHead 0x7").Message, Is.EqualTo("TxHead 0x7"));
        Assert.That((new NicProtocolException().Message, new PageProtocolException().Message), Is.EqualTo(
            ("The network device broke its specification.", "A shared page is not what the ABI says it is.")));
    }
}
