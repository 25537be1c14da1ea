namespace Vpio.Abi.Description.Tests;

/// <summary>Freezes the ABI: layouts, numbers, the encoding of the state word, the kinds of types, the headers, and every format that <c>vpio abi</c> writes.</summary>
internal sealed class SnapshotTests
{
    private static readonly AbiDescription Abi = AbiReader.Read();

    private static IEnumerable<string> Structures => NamesOf(AbiKind.Structure);

    private static IEnumerable<string> Numbers => [.. NamesOf(AbiKind.Enumeration), .. NamesOf(AbiKind.Flags), .. NamesOf(AbiKind.Constants), .. NamesOf(AbiKind.Registers)];

    private static IEnumerable<string> Headers => CHeaders.Write(Abi).Select(file => file.FileName);

    [Test]
    public async Task LayoutOf([ValueSource(nameof(Structures))] string structure)
    {
        AbiType type = TypeNamed(structure);
        IEnumerable<string> lines = type.Fields.Select(field => $"{field.OffsetBytes,5} {field.SizeBytes,5}  {field.Type}[{field.Count}] {field.Name} ({field.CName}) {field.Writer}");
        await Verify([$"{type.Name}: struct {type.CName}, {type.SizeBytes} bytes", .. lines, .. Constants(type)]);
    }

    [Test]
    public async Task NumbersOf([ValueSource(nameof(Numbers))] string numbers)
    {
        AbiType type = TypeNamed(numbers);
        IEnumerable<string> registers = type.Fields.Select(field => $"{field.CName} = 0x{field.OffsetBytes:x3} {field.Type} {field.Writer}");
        await Verify([$"{type.Name}: {type.Kind} {type.Type}".TrimEnd(), .. Constants(type), .. registers]);
    }

    [Test]
    public async Task EncodingOfTheStateWord() => await Verify(
        from state in Enum.GetValues<DeviceState>()
        from owner in new[] { new DomainId(0), new DomainId(1), new DomainId(0x7FEF), DomainId.Invalid }
        from generation in new ulong[] { 0, 1, Generation.Mask }
        let word = new StateWord(state, owner, new Generation(generation))
        select $"{state} {owner} {generation} = 0x{word.Value:x16}{(word.IsHeld ? " held" : "")}");

    [Test]
    public async Task KindsOfTypes() => await Verify(TypeKinds.In(typeof(DevicePage).Assembly));

    [Test]
    public async Task Header([ValueSource(nameof(Headers))] string file) =>
        await Verifier.Verify(CHeaders.Write(Abi).Single(each => each.FileName == file).Text, "h").UseDirectory("Snapshots");

    [Test]
    public async Task Json() => await Verifier.Verify(AbiJson.Write(Abi), "json").UseDirectory("Snapshots");

    [Test]
    public async Task Markdown() => await Verifier.Verify(AbiTables.Markdown(Abi), "txt").UseDirectory("Snapshots");

    [Test]
    public async Task Table() => await Verifier.Verify(AbiTables.Text(Abi)).UseDirectory("Snapshots");

    private static async Task Verify(IEnumerable<string> lines) => await Verifier.Verify(string.Join("\n", lines)).UseDirectory("Snapshots");

    private static IEnumerable<string> Constants(AbiType type) => type.Constants.Select(constant => $"{constant.CName} = {constant.Value} ({constant.Type} {constant.Name})");

    private static IEnumerable<string> NamesOf(AbiKind kind) => Abi.Types().Where(type => type.Kind == kind).Select(type => type.Name);

    private static AbiType TypeNamed(string name) => Abi.Types().Single(type => type.Name == name);
}
