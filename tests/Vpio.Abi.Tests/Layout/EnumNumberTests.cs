namespace Vpio.Abi.Tests.Layout;

/// <summary>Holds every number that crosses the border by name against a table written by hand (docs/abi.md).</summary>
[TestFixture]
internal sealed class EnumNumberTests
{
    private static readonly Dictionary<string, string> Table = new()
    {
        ["ControlKind"] = "UInt32 None=0 Attach=1 Serve=2 Window=3 Kick=4",
        ["DeviceClass"] = "UInt32 None=0 Network=1",
        ["DeviceOp"] = "UInt32 Negotiate=0 GetState=1 Grab=2 Release=3 Cancel=4 Query=5 Map=6 Unmap=7 Wait=8",
        ["DeviceState"] = "Byte Free=0 Owned=1 Revoking=2 Reclaiming=3 Offline=4",
        ["DeviceStatus"] = "Int32 TimedOut=-110 NotSupported=-95 NoSuchOperation=-38 Invalid=-22 NoDevice=-19 Exists=-17 Busy=-16 "
            + "BadAddress=-14 Denied=-13 NoMemory=-12 NotFound=-2 NotOwner=-1 Ok=0 Queued=1",
        ["DeviceEvents"] = "UInt32 None=0 Granted=1 Revoke=2 RxPending=4 Reset=8 Removed=16 Interrupt=32",
        ["DmaAccess"] = "UInt32 None=0 Read=1 Write=2 ReadWrite=3",
        ["MachinePort"] = "UInt16 None=0 Call=22016 Kick=22020 Sleep=22024 End=22028",
        ["NicControl"] = "UInt32 None=0 TxEnable=1 RxEnable=2",
        ["NicInterrupt"] = "UInt32 None=0 Tx=1 Rx=2",
        ["NicStatus"] = "UInt32 None=0 LinkUp=1 TxRunning=2 RxRunning=4 TxFault=256 RxFault=512",
    };

    [Test]
    public void EveryPublicEnumHasTheNumbersOfTheTable()
    {
        Dictionary<string, string> declared = typeof(DeviceOp).Assembly.GetExportedTypes()
            .Where(type => type.IsEnum && type.Namespace != "Vpio.Abi.Ownership") // Read by analyzers, not exchanged with anybody.
            .ToDictionary(type => type.Name, Describe);
        Assert.That(declared, Is.EquivalentTo(Table));
    }

    [Test]
    public void TheVersionIsOnePointZeroOnHypercall47()
    {
        Assert.That(VpioVersion.HypercallNumber, Is.EqualTo(47));
        Assert.That(VpioVersion.Major, Is.EqualTo(1));
        Assert.That(VpioVersion.Minor, Is.Zero);
        Assert.That(VpioVersion.Features, Is.Zero);
    }

    [Test]
    public void TheConstantsOfTheOperationsAreThoseOfTheTable()
    {
        Assert.That(Operations.GrabArgs.Queue, Is.EqualTo(1));
        Assert.That(Operations.MapArgs.Granule, Is.EqualTo(4096));
        Assert.That(Operations.WaitArgs.Forever, Is.EqualTo(0xFFFF_FFFF_FFFF_FFFF));
        Assert.That(Operations.DeviceOpArgument.InputSize, Is.EqualTo(32));
    }

    private static string Describe(Type type)
    {
        IEnumerable<string> members = Enum.GetNames(type)
            .Select(name => (Name: name, Value: Convert.ToInt64(Enum.Parse(type, name))))
            .OrderBy(member => member.Value)
            .Select(member => $"{member.Name}={member.Value}");
        return $"{Enum.GetUnderlyingType(type).Name} {string.Join(' ', members)}";
    }
}
