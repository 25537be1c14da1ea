using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Vpio.Abi.Ownership;

namespace Vpio.Analyzers.Tests.Soundness;

/// <summary>What the analyzers find nothing wrong with, does nothing wrong when it runs.</summary>
/// <remarks>
/// Drivers are written at random, analysed with every rule on, and run with a device that looks at run time whether its rules are kept:
/// no touch, release or second grab at the wrong time, nothing held at the end, not after an exception either.
/// </remarks>
internal sealed class SoundnessTests
{
    private const int DriversAtOnce = 250;
    private const int Runs = 48;

    private static readonly string CheckedNic = ReadCheckedNic();

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(4)]
    [TestCase(5)]
    [TestCase(6)]
    [TestCase(7)]
    [TestCase(8)]
    public async Task ADriverThatIsAnalysedCleanBreaksNoRuleWhenItRuns(int seed)
    {
        Batch batch = await Batch.Make(seed);
        List<string> broken = [];
        int clean = 0;
        int breaking = 0;
        foreach (string driver in batch.Drivers)
        {
            string? rule = batch.Run(driver);
            bool isClean = !batch.IsReported(driver, except: null);
            clean += isClean ? 1 : 0;
            breaking += rule is null ? 0 : 1;
            if (isClean && rule is not null)
                broken.Add($"{rule}:\n{batch.TextOf(driver)}");
        }

        TestContext.Out.WriteLine($"seed {seed}: {batch.Drivers.Count} drivers, {clean} clean, {breaking} break a rule when run.");
        Assert.That(broken, Is.Empty, string.Join("\n", broken.Take(5)));
        Assert.That(clean, Is.GreaterThan(batch.Drivers.Count / 25), "Too few clean drivers show nothing.");
        Assert.That(breaking, Is.GreaterThan(batch.Drivers.Count / 4), "Too few wrong drivers show nothing.");
    }

    [TestCase("VPIO1001")]
    [TestCase("VPIO1002")]
    [TestCase("VPIO1003")]
    [TestCase("VPIO1004")]
    [TestCase("VPIO1005")]
    [TestCase("VPIO1006")]
    [TestCase("VPIO1007")]
    [TestCase("VPIO1008")]
    [TestCase("VPIO1009")]
    [TestCase("VPIO1010")]
    [TestCase("VPIO1024")]
    public async Task ARuleThatIsMissingIsMissed(string id)
    {
        for (int seed = 1; seed <= 8; seed++)
        {
            Batch batch = await Batch.Make(seed);
            if (batch.Drivers.Any(d => !batch.IsReported(d, except: id) && batch.Run(d) is not null))
                return;
        }

        Assert.Fail($"Without {id} no driver that breaks a rule passes for clean: these drivers do not test the rule.");
    }

    private static string ReadCheckedNic()
    {
        using StreamReader reader = new(typeof(SoundnessTests).Assembly.GetManifestResourceStream("CheckedNic.cs")!);
        return reader.ReadToEnd();
    }

    /// <summary>Some generated drivers, compiled, analysed and ready to run.</summary>
    private sealed class Batch(Dictionary<string, string> texts, ILookup<string, string> reported, Type driver, Type fate)
    {
        public IReadOnlyCollection<string> Drivers => texts.Keys;

        public bool IsReported(string driver, string? except) => reported[driver].Any(id => id != except);

        public static async Task<Batch> Make(int seed)
        {
            DriverGenerator generator = new(seed);
            Dictionary<string, string> texts = Enumerable.Range(0, DriversAtOnce).Select(i => $"D{i}").ToDictionary(n => n, generator.Write);
            SyntaxTree drivers = Parse("public partial class Driver\n{\n" + string.Concat(texts.Values) + "}\n");
            CSharpCompilation compilation = CSharpCompilation.Create(
                $"Drivers{seed}",
                [Parse(CheckedNic), drivers],
                Basic.Reference.Assemblies.Net100.References.All.Append<MetadataReference>(MetadataReference.CreateFromFile(typeof(RequiresHeldAttribute).Assembly.Location)),
                new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
            ImmutableArray<Diagnostic> found = await compilation.WithAnalyzers([new OwnershipAnalyzer()]).GetAnalyzerDiagnosticsAsync();
            Assert.That(found.Where(d => d.Id == "AD0001"), Is.Empty);
            using MemoryStream image = new();
            Microsoft.CodeAnalysis.Emit.EmitResult emitted = compilation.Emit(image);
            Assert.That(emitted.Success, Is.True, string.Join("\n", emitted.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Take(5)));
            Assembly assembly = Load(image);
            return new Batch(texts, found.Where(d => d.Location.SourceTree == drivers).ToLookup(d => MethodAt(drivers, d), d => d.Id), assembly.GetType("Driver")!, assembly.GetType("Fate")!);
        }

        public string TextOf(string name) => texts[name];

        // Runs the driver with many fates, and gives the first rule that it breaks.
        public string? Run(string name)
        {
            Random random = new(int.Parse(name[1..], System.Globalization.CultureInfo.InvariantCulture));
            Action<ulong> start = fate.GetMethod("Start")!.CreateDelegate<Action<ulong>>();
            MethodInfo method = driver.GetMethod(name)!;
            for (int run = 0; run < Runs; run++)
            {
                object instance = Activator.CreateInstance(driver)!;
                driver.GetMethod("SetFlag")!.Invoke(instance, [run % 3 == 0]);
                start((ulong)random.NextInt64());
                bool isOver = true;
                try
                {
                    method.Invoke(instance, [run % 2 == 0]);
                }
                catch (TargetInvocationException thrown)
                {
                    isOver = thrown.InnerException!.GetType().Name != "OutOfFate";
                }

                if ((string?)fate.GetProperty("Broken")!.GetValue(null) is { } broken)
                    return broken;
                if (isOver && (IsHeld(instance, "a") || IsHeld(instance, "b")))
                    return "held at the end";
            }

            return null;
        }

        private static bool IsHeld(object instance, string device)
        {
            object nic = instance.GetType().GetField(device)!.GetValue(instance)!;
            return (bool)nic.GetType().GetProperty("IsHeldAtEnd")!.GetValue(nic)!;
        }

        private static string MethodAt(SyntaxTree tree, Diagnostic diagnostic) =>
            tree.GetRoot().FindNode(diagnostic.Location.SourceSpan).AncestorsAndSelf().OfType<Microsoft.CodeAnalysis.CSharp.Syntax.MethodDeclarationSyntax>().First().Identifier.ValueText;

        private static SyntaxTree Parse(string text) => CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Latest));

        private static Assembly Load(MemoryStream image)
        {
            image.Position = 0;
            return new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(image);
        }
    }
}
