using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Vpio.Package.Tests;

/// <summary>Looks into the packages of this tree, and makes them elsewhere.</summary>
internal sealed class PackageTests
{
    private static Feed Feed => PackedTree.Feed;

    [Test]
    public void TheToolIsInstalledAndRuns()
    {
        string folder = Feed.NewFolder("tool");
        Feed.Dotnet.Run(folder, "dotnet", "tool", "install", "Vpio.Tool", "--tool-path", "bin");
        string vpio = Path.Combine(folder, "bin", "vpio");
        using JsonDocument run = JsonDocument.Parse(Feed.Dotnet.Run(folder, vpio, "run", "--duration", "200ms", "--json"));
        Assert.That(run.RootElement.ValueKind, Is.EqualTo(JsonValueKind.Object));
        using JsonDocument abi = JsonDocument.Parse(Feed.Dotnet.Run(folder, vpio, "abi", "--format", "json"));
        Assert.That(abi.RootElement.GetProperty("major").GetInt32(), Is.EqualTo(1));
    }

    [TestCase("Vpio.Abi", "lib/net10.0/Vpio.Abi.xml", "lib/netstandard2.0/Vpio.Abi.xml", "include/vpio.h", "include/vpio_nic.h", "include/vpio_process.h", "include/vpio_machine.h", "include/vpio_layout.h", "build/Vpio.Abi.targets", "buildTransitive/Vpio.Abi.targets", "analyzers/dotnet/cs/Vpio.Analyzers.dll", "analyzers/dotnet/cs/Vpio.Analyzers.CodeFixes.dll")]
    [TestCase("Vpio.GuestDriver", "lib/net10.0/Vpio.GuestDriver.xml")]
    [TestCase("Vpio.Hypervisor", "lib/net10.0/Vpio.Hypervisor.xml")]
    [TestCase("Vpio.Conformance", "lib/net10.0/Vpio.Conformance.xml")]
    [TestCase("Vpio.Templates", "content/Driver/.template.config/template.json")]
    [TestCase("Vpio.Tool", "tools/net10.0/any/Vpio.Abi.xml")]
    public void APackageHoldsWhatItsReadersNeed(string id, params string[] files)
    {
        using ZipArchive package = Open($"{id}.*.nupkg");
        TestContext.Out.WriteLine($"{id}: {new FileInfo(PathOf($"{id}.*.nupkg")).Length:N0} bytes");
        Assert.That(package.Entries.Select(entry => entry.FullName), Is.SupersetOf(files.Concat(["PACKAGE.md", "icon.png"])));
        string nuspec = Text(package, $"{id}.nuspec");
        Assert.That(nuspec, Does.Contain("<license type=\"expression\">MIT</license>").And.Contain("<readme>PACKAGE.md</readme>").And.Contain("<icon>icon.png</icon>"));
        Assert.That(nuspec, Does.Match("<repository type=\"git\" url=\"https://github.com/example/vpio[^\"]*\".* commit=\"[0-9a-f]{40}\""));
    }

    [TestCase("Vpio.Abi", "lib/netstandard2.0/Vpio.Abi.pdb")]
    [TestCase("Vpio.GuestDriver", "lib/net10.0/Vpio.GuestDriver.pdb")]
    [TestCase("Vpio.Hypervisor", "lib/net10.0/Vpio.Hypervisor.pdb")]
    [TestCase("Vpio.Conformance", "lib/net10.0/Vpio.Conformance.pdb")]
    public void TheSymbolsKnowWhereTheirSourcesAre(string id, string symbols)
    {
        using ZipArchive package = Open($"{id}.*.snupkg");
        Assert.That(Text(package, symbols), Does.Contain("https://raw.githubusercontent.com/example/vpio/"));
    }

    [Test]
    public void ABuildElsewhereGivesTheSameAssembly()
    {
        string elsewhere = Feed.NewFolder("elsewhere");
        Feed.Dotnet.Run(elsewhere, "git", "clone", "-q", Feed.Source, "copy");
        string copy = Path.Combine(elsewhere, "copy");
        Feed.Dotnet.Run(copy, "git", "remote", "set-url", "origin", "https://github.com/example/vpio.git");
        Feed.Dotnet.Run(copy, "dotnet", "build", "abi/Vpio.Abi", "-c", "Release", "-f", "net10.0", "-p:ContinuousIntegrationBuild=true");
        using ZipArchive package = Open("Vpio.Abi.*.nupkg");
        using MemoryStream packed = new();
        using (Stream entry = package.GetEntry("lib/net10.0/Vpio.Abi.dll")!.Open())
            entry.CopyTo(packed);
        Assert.That(File.ReadAllBytes(Path.Combine(copy, "abi/Vpio.Abi/bin/Release/net10.0/Vpio.Abi.dll")), Is.EqualTo(packed.ToArray()));
    }

    [Test]
    public void AMemberThatOneFrameworkLacksIsNotPacked()
    {
        string elsewhere = Feed.NewFolder("planted");
        Feed.Dotnet.Run(elsewhere, "git", "clone", "-q", Feed.Source, "copy");
        string copy = Path.Combine(elsewhere, "copy");
        File.WriteAllText(Path.Combine(copy, "abi/Vpio.Abi/Planted.cs"), "namespace Vpio.Abi;\n\n/// <summary>Is planted.</summary>\npublic static class Planted\n{\n#if NETSTANDARD2_0\n    /// <summary>Is nowhere else.</summary>\n    public const int Only = 1;\n#endif\n}\n");

        // Without analyzers: the lists of public members would stop it before.
        (int code, string said) = Feed.Dotnet.Try(copy, "dotnet", "pack", "abi/Vpio.Abi", "-c", "Release", "-o", "out", "-p:RunAnalyzers=false");
        Assert.That(code, Is.Not.Zero);
        Assert.That(said, Does.Contain("CP0002"));
    }

    private static string PathOf(string pattern) => Directory.GetFiles(Feed.Packages, pattern).Single();

    private static ZipArchive Open(string pattern) => ZipFile.OpenRead(PathOf(pattern));

    private static string Text(ZipArchive package, string name)
    {
        using StreamReader reader = new(package.GetEntry(name)!.Open(), Encoding.Latin1);
        return reader.ReadToEnd();
    }
}
