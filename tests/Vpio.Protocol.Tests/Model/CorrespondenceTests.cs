namespace Vpio.Protocol.Tests.Model;

/// <summary>Holds the model to the code: what it quotes is there, and every access to shared memory is modelled or left out for a reason.</summary>
[TestFixture]
internal sealed class CorrespondenceTests
{
    private const string Page = "| `A.cs` | `int n = TMemory.Load(ref _n);` | a hint |\n| `B.cs` | all | declares |\n";

    private const string Model = "/* C#: A.cs: Publish(next); -- with a note */";

    private const string Source = "Publish(next);\nint n = TMemory.Load(ref _n);\n";

    private static Correspondence Whole => new(
        File.ReadAllText(ModelChecker.PathOf("docs/model/ownership.pml")),
        File.ReadAllText(ModelChecker.PathOf("docs/model/README.md")),
        Directory.GetFiles(ModelChecker.PathOf("hypervisor/Vpio.Hypervisor/Ownership"), "*.cs").ToDictionary(path => Path.GetFileName(path), File.ReadAllText));

    [Test]
    public void EveryLineThatTheModelQuotesIsInTheSource() => Assert.That(Whole.Gone(), Is.Empty);

    [Test]
    public void EveryAccessToSharedMemoryIsModelledOrLeftOutForAReason() => Assert.That(Whole.NotModelled(), Is.Empty);

    [Test]
    public void TheModelQuotesMostOfTheProtocol() => Assert.That(Whole.Quoted, Has.Count.GreaterThan(60));

    [TestCase(Source, ExpectedResult = 0)]
    [TestCase(Source + "_marks.IsSet(guest)", ExpectedResult = 1)]
    [TestCase(Source + "if (!TryReplace(seen, next))", ExpectedResult = 1)]
    [TestCase(Source + "private bool TryReplace(StateWord seen, StateWord next)", ExpectedResult = 0)]
    [TestCase(Source + "// TMemory.Load(ref _n) in a comment", ExpectedResult = 0)]
    [TestCase(Source + "TMemory.Store(ref _n, 1);", ExpectedResult = 1)]
    public int APlantedAccessIsMissedInTheModel(string source) => Planted(Model, source).NotModelled().Count();

    [TestCase(Model, Source, ExpectedResult = 0)]
    [TestCase(Model + "/* C#: A.cs: Publish(other); */", Source, ExpectedResult = 1)]
    [TestCase(Model + "/* C#: C.cs: Publish(next); */", Source, ExpectedResult = 1)]
    [TestCase(Model, "Publish(next);\n", ExpectedResult = 1)]
    public int APlantedQuotationIsMissedInTheSource(string model, string source) => Planted(model, source).Gone().Count();

    private static Correspondence Planted(string model, string source) =>
        new(model, Page, new Dictionary<string, string> { ["A.cs"] = source, ["B.cs"] = "TMemory.Load(ref _b);" });
}
