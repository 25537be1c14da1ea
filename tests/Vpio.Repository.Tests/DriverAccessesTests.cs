using Vpio.Abi.Network;

namespace Vpio.Repository.Tests;

/// <summary>Holds the guest driver to the rules of access of docs/abi.md that no run can show.</summary>
[TestFixture]
internal sealed class DriverAccessesTests
{
    private const string Driver = "guest-driver/";

    private static readonly Dictionary<string, string> TypeOf = MarkdownPage.Load("docs/nic.md").TableUnder("Registers")
        .ToDictionary(row => row[1].Trim('`'), row => row[2]);

    [Test]
    public void TheDriverLoadsTheStateWordWithAcquireOnly()
    {
        Assert.That(DriverAccesses.PlainStateLoads(SourceTree.Whole, Driver), Is.Empty);
        Assert.That(SourceTree.Whole.Members("DeviceSlot", "ReadState").Single().ToString(), Does.Contain("Volatile.Read(ref "));
    }

    [Test]
    public void TheDriverAccessesEachRegisterAtItsWidth()
    {
        (string Place, string Register, bool IsExact)[] accesses = [.. DriverAccesses.RegisterAccesses(SourceTree.Whole, Driver, TypeOf)];
        Assert.That(accesses.Where(access => !access.IsExact).Select(access => access.Place), Is.Empty);
        string[] used = [nameof(NicRegister.Control), nameof(NicRegister.TxRingIova), nameof(NicRegister.TxRingEntries), nameof(NicRegister.TxTail), nameof(NicRegister.InterruptArm), nameof(NicRegister.Asleep)];
        Assert.That(used, Is.SubsetOf(accesses.Select(access => access.Register)), "the checker sees what the driver does");
    }

    [TestCase("_slot.State", ExpectedResult = 1)]
    [TestCase("nameof(DeviceSlot.State)", ExpectedResult = 0)]
    [TestCase("device.Slot.State", ExpectedResult = 1)]
    [TestCase("DevicePage.Slot(in page, index).State", ExpectedResult = 1)]
    [TestCase("DeviceSlot.ReadState(in _slot)", ExpectedResult = 0)]
    [TestCase("_holding.State", ExpectedResult = 0)]
    public int APlantedLoadIsJudged(string load) => DriverAccesses.PlainStateLoads(Planted($"_ = {load};"), Driver).Count();

    [TestCase("window.Read32(NicRegister.TxHead)", ExpectedResult = true)]
    [TestCase("lease.Write64(NicRegister.TxRingIova, 0)", ExpectedResult = true)]
    [TestCase("lease.Write64(registers.RingIova, 0)", ExpectedResult = true)]
    [TestCase("RingDoorbell(in lease, registers.Tail, 1)", ExpectedResult = true)]
    [TestCase("window.Read64(NicRegister.TxHead)", ExpectedResult = false)]
    [TestCase("lease.Write32(registers.RingIova, 0)", ExpectedResult = false)]
    [TestCase("RingDoorbell(in lease, NicRegister.TxFrames, 1)", ExpectedResult = false)]
    public bool APlantedAccessIsJudged(string access) => DriverAccesses.RegisterAccesses(Planted($"{access};"), Driver, TypeOf).Single().IsExact;

    private static SourceTree Planted(string statement) => new([("guest-driver/Planted.cs", $"class Planted {{ void Do() {{ {statement} }} }}")]);
}
