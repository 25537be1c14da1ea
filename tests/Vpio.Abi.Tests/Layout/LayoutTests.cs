using System.Reflection;
using System.Runtime.CompilerServices;
using System.Xml.Linq;

namespace Vpio.Abi.Tests.Layout;

/// <summary>Holds the compiled structures against the table that was written by hand (docs/abi.md).</summary>
[TestFixture]
internal sealed class LayoutTests
{
    private const string ReadFirst = "A number that changes is a new version of the ABI: read \"Versions\" in docs/abi.md before you change either side.";

    private static readonly Assembly Abi = typeof(DevicePage).Assembly;

    private static readonly string[] Targets = ["net10.0", "netstandard2.0"];

    private static StructLayout[] Shared => LayoutTable.Shared;

    [Test]
    public void NoPublicStructEscapesTheTable([ValueSource(nameof(Targets))] string target)
    {
        string[] known = [.. Shared.Select(layout => layout.Name), .. LayoutTable.NotSharedMemory];
        Assert.That(CompiledLayout.Read(CompiledLayout.PathOf(target)).Keys, Is.EquivalentTo(known), "write its layout into the table by hand, from the specification");
    }

    [Test]
    public void EveryStructLiesAsTheTableSays([ValueSource(nameof(Targets))] string target, [ValueSource(nameof(Shared))] StructLayout layout)
    {
        var (sizeBytes, isExplicit, lines) = CompiledLayout.Read(CompiledLayout.PathOf(target))[layout.Name];
        Assert.That(isExplicit, "layout is explicit");
        Assert.That(sizeBytes, Is.EqualTo(layout.SizeBytes), ReadFirst);
        Assert.That(lines, Is.EqualTo(layout.CompiledLines), ReadFirst);
    }

    [Test]
    public void EveryByteBelongsToOneField([ValueSource(nameof(Shared))] StructLayout layout)
    {
        int covered = 0;
        foreach (FieldLayout field in layout.Fields)
        {
            Assert.That(field.Offset, Is.EqualTo(covered), $"{layout}.{field.Name} leaves a gap or overlaps");
            covered = field.End;
        }

        Assert.That(covered, Is.EqualTo(layout.SizeBytes), $"{layout} ends in padding that nobody named");
    }

    [Test]
    public void EveryFieldIsNaturallyAligned([ValueSource(nameof(Shared))] StructLayout layout)
    {
        foreach (FieldLayout field in layout.Fields)
            Assert.That(field.Offset % LayoutTable.AlignmentOf(field.Type), Is.Zero, $"{layout}.{field.Name}");
    }

    [Test]
    public void TheRuntimeGivesEveryStructItsSize([ValueSource(nameof(Shared))] StructLayout layout) =>
        Assert.That(SizeOf(TypeOf(layout)), Is.EqualTo(layout.SizeBytes));

    [Test]
    public void EveryStructStatesItsSizeOrIsAnArgument([ValueSource(nameof(Shared))] StructLayout layout)
    {
        Type type = TypeOf(layout);
        int? stated = (int?)type.GetField("Size", BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue();
        bool isArgument = typeof(Operations.IDeviceOpArgs).IsAssignableFrom(type);
        Assert.That(isArgument ? Operations.DeviceOpArgument.Size : stated, Is.EqualTo(layout.SizeBytes));
    }

    [Test]
    public void EveryOperationHasOneArgumentStruct()
    {
        IEnumerable<DeviceOp> operations = Abi.GetExportedTypes()
            .Where(type => type.IsValueType && typeof(Operations.IDeviceOpArgs).IsAssignableFrom(type))
            .Select(type => ((Operations.IDeviceOpArgs)Activator.CreateInstance(type)!).Operation);
        Assert.That(operations, Is.EquivalentTo(Enum.GetValues<DeviceOp>()));
    }

    [Test]
    public void EveryFieldSaysWhoWritesItOrThatItIsReserved([ValueSource(nameof(Shared))] StructLayout layout)
    {
        XElement[] members = [.. XDocument.Load(Path.ChangeExtension(Abi.Location, ".xml")).Descendants("member")];
        foreach (FieldInfo field in TypeOf(layout).GetFields(BindingFlags.Public | BindingFlags.Instance))
        {
            string id = $"F:{field.DeclaringType}.{field.Name}";
            string summary = members.Single(member => (string?)member.Attribute("name") == id).Element("summary")!.Value;
            Assert.That(summary, Does.Contain("[HV]").Or.Contain("[GST]").Or.StartWith("Reserved"), $"{id}: who writes it?");
            Assert.That(
                summary.Contains("Reserved", StringComparison.Ordinal), Is.EqualTo(field.Name.StartsWith("Reserved", StringComparison.Ordinal)), id);
        }
    }

    private static Type TypeOf(StructLayout layout) => Abi.GetExportedTypes().Single(type => type.Name == layout.Name);

    private static int SizeOf(Type type) =>
        (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(type).Invoke(null, null)!;
}
