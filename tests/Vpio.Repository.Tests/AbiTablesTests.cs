using System.Reflection;
using System.Runtime.InteropServices;
using Vpio.Abi;
using Vpio.Abi.Machines;
using Vpio.Abi.Network;
using Vpio.Abi.Operations;
using Vpio.Abi.Processes;

namespace Vpio.Repository.Tests;

/// <summary>Holds the tables of docs/abi.md and docs/nic.md to the types of Vpio.Abi. Where one fails, the two disagree: decide which is right, never only silence it.</summary>
[TestFixture]
internal sealed class AbiTablesTests
{
    private static readonly MarkdownPage Abi = MarkdownPage.Load("docs/abi.md");
    private static readonly MarkdownPage Guests = MarkdownPage.Load("docs/guests.md");
    private static readonly MarkdownPage Nic = MarkdownPage.Load("docs/nic.md");

    private static IEnumerable<TestCaseData> Structures =>
    [
        new TestCaseData("Device page header", typeof(DevicePageHeader)),
        new TestCaseData("Device slot", typeof(DeviceSlot)),
        new TestCaseData("Guest page header", typeof(GuestPageHeader)),
        new TestCaseData("Guest page fields", typeof(GuestPage)),
    ];

    private static IEnumerable<TestCaseData> ProcessStructures =>
    [
        new TestCaseData("Control socket", typeof(ControlMessage)),
        new TestCaseData("Call area", typeof(CallArea)),
        new TestCaseData("Call slot", typeof(CallSlot)),
    ];

    private static IEnumerable<TestCaseData> MachineStructures =>
    [
        new TestCaseData("Machine image", typeof(MachineImage)),
        new TestCaseData("Machine info", typeof(MachineInfo)),
    ];

    private static IEnumerable<Type> Arguments => typeof(IDeviceOpArgs).Assembly.GetTypes().Where(type => type.IsValueType && type.IsAssignableTo(typeof(IDeviceOpArgs)));

    [Test]
    public void TheOperationsAreThoseOfDeviceOp() =>
        Assert.That(AbiTables.Differences(Abi.TableUnder("Operations").Select(row => new[] { row[0], PascalOf(row[1]) }), AbiTables.ValuesOf<DeviceOp>()), Is.Empty);

    [TestCaseSource(nameof(Arguments))]
    public void AnOperationsFieldsAreThoseOfItsArgument(Type arguments)
    {
        DeviceOp operation = ((IDeviceOpArgs)Activator.CreateInstance(arguments)!).Operation;
        string[] row = Abi.TableUnder("Operations").Single(each => PascalOf(each[1]) == operation.ToString());
        Assert.That(AbiTables.ArgumentDifferences(row[2], arguments, offset => offset < DeviceOpArgument.InputSize), Is.Empty, "inputs");
        Assert.That(AbiTables.ArgumentDifferences(row[3], arguments, offset => offset >= DeviceOpArgument.InputSize), Is.Empty, "outputs");
    }

    [Test]
    public void TheResultsAreThoseOfDeviceStatus() =>
        Assert.That(AbiTables.Differences(Abi.TableUnder("Results"), AbiTables.ValuesOf<DeviceStatus>()), Is.Empty);

    [TestCaseSource(nameof(Structures))]
    public void APagesOffsetsAreThoseOfItsStructure(string heading, Type structure) =>
        Assert.That(AbiTables.LayoutDifferences(Abi.TableUnder(heading), structure), Is.Empty);

    [TestCaseSource(nameof(ProcessStructures))]
    public void WhatAProcessSharesHasTheOffsetsOfItsStructure(string heading, Type structure) =>
        Assert.That(AbiTables.LayoutDifferences(Guests.TableUnder(heading), structure), Is.Empty);

    [TestCaseSource(nameof(MachineStructures))]
    public void WhatAMachineIsToldHasTheOffsetsOfItsStructure(string heading, Type structure) =>
        Assert.That(AbiTables.LayoutDifferences(Guests.TableUnder(heading), structure), Is.Empty);

    [Test]
    public void ThePortsAreThoseOfMachinePort() =>
        Assert.That(AbiTables.Differences(Guests.TableUnder("Ports"), AbiTables.ValuesOf<MachinePort>()), Is.Empty);

    [Test]
    public void TheControlMessagesAreThoseOfControlKind() =>
        Assert.That(AbiTables.Differences(Guests.TableUnder("Control messages"), AbiTables.ValuesOf<ControlKind>()), Is.Empty);

    [Test]
    public void TheStatesAreThoseOfDeviceState() =>
        Assert.That(AbiTables.Differences(Abi.TableUnder("States"), AbiTables.ValuesOf<DeviceState>()), Is.Empty);

    [Test]
    public void TheClassesAreThoseOfDeviceClass() =>
        Assert.That(AbiTables.Differences(Abi.TableUnder("Device classes"), AbiTables.ValuesOf<DeviceClass>()), Is.Empty);

    [Test]
    public void TheEventBitsAreThoseOfDeviceEvents() =>
        Assert.That(AbiTables.Differences(Abi.TableUnder("Events"), BitsOf<DeviceEvents>()), Is.Empty);

    [Test]
    public void TheRegistersAreThoseOfNicRegister()
    {
        IEnumerable<(long, string)> offsets = typeof(NicRegister).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.Name != nameof(NicRegister.WindowBytes) && !field.Name.EndsWith("Value", StringComparison.Ordinal))
            .Select(field => ((long)(uint)field.GetRawConstantValue()!, field.Name));
        Assert.That(AbiTables.Differences(Nic.TableUnder("Registers"), offsets), Is.Empty);
    }

    [Test]
    public void TheNicsBitsAreThoseOfItsEnumerations()
    {
        Assert.That(AbiTables.Differences(Nic.TableUnder("Control"), BitsOf<NicControl>()), Is.Empty);
        Assert.That(AbiTables.Differences(Nic.TableUnder("Status"), BitsOf<NicStatus>()), Is.Empty);
        Assert.That(AbiTables.Differences(Nic.TableUnder("Interrupts"), BitsOf<NicInterrupt>()), Is.Empty);
    }

    [Test]
    public void ADescriptorsOffsetsAreThoseOfItsStructure() =>
        Assert.That(AbiTables.LayoutDifferences(Nic.TableUnder("Descriptors"), typeof(NicDescriptor)), Is.Empty);

    [Test]
    public void APlantedTableIsJudgedByTheEnumeration()
    {
        (long, string)[] code = [(1, "One"), (2, "Two")];
        Assert.That(AbiTables.Differences([["1", "`One`"], ["0x2", "`Two`"]], code), Is.Empty);
        Assert.That(AbiTables.Differences([["1", "`One`"]], code), Has.Exactly(1).Items, "one is missing");
        Assert.That(AbiTables.Differences([["1", "`One`"], ["2", "`Two`"], ["3", "`Three`"]], code), Has.Exactly(1).Items, "one is invented");
        Assert.That(AbiTables.Differences([["1", "`One`"], ["3", "`Two`"]], code), Has.Exactly(2).Items, "one has another number");
    }

    [Test]
    public void APlantedLayoutIsJudgedByTheStructure()
    {
        Assert.That(AbiTables.LayoutDifferences([["0", "u32", "`First`"], ["4", "u16", "`Second`"], ["6", "u16", "reserved"]], typeof(Planted)), Is.Empty);
        Assert.That(AbiTables.LayoutDifferences([["0", "u32", "`First`"]], typeof(Planted)), Has.Exactly(1).Items, "one is missing");
        Assert.That(AbiTables.LayoutDifferences([["0", "u64", "`First`"], ["4", "u16", "`Second`"]], typeof(Planted)), Has.Exactly(2).Items, "one has another type");
        Assert.That(AbiTables.ArgumentDifferences("u32 `First` @0, u16 `Second` @4", typeof(Planted), _ => true), Is.Empty);
        Assert.That(AbiTables.ArgumentDifferences("u32 `First` @0, u16 `Second` @8", typeof(Planted), _ => true), Has.Exactly(2).Items, "one is elsewhere");
    }

    /// <summary>Numbers the bits of flags from 0, as the tables do; values of no bit or several are combinations and left out.</summary>
    private static IEnumerable<(long Number, string Name)> BitsOf<T>()
        where T : struct, Enum =>
        AbiTables.ValuesOf<T>().Where(value => long.PopCount(value.Number) == 1).Select(value => (long.TrailingZeroCount(value.Number), value.Name));

    private static string PascalOf(string name) =>
        string.Concat(name.Trim('`').Replace("DEVOP_", "", StringComparison.Ordinal).Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    [StructLayout(LayoutKind.Explicit, Size = 8)]
    private struct Planted
    {
        [FieldOffset(0)]
        public uint First;

        [FieldOffset(4)]
        public ushort Second;

        [FieldOffset(6)]
        public ushort Reserved0;
    }
}
