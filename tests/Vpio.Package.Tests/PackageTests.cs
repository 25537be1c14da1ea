using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Vpio.Package.Tests;

/// <summary>Packs this tree and uses the packages as somebody who has nothing else of it.</summary>
internal sealed class PackageTests
{
    private const string Driver = """
        using Vpio.Abi;
        using Vpio.Abi.Network;
        using Vpio.GuestDriver;
        using Vpio.Hypervisor;
        using Vpio.Hypervisor.Devices.Network;
        using Vpio.Hypervisor.Guests;

        using ReferenceHypervisor hypervisor = new(new HypervisorOptions { Slice = TimeSpan.FromMilliseconds(10) });
        Nic nic = new(new LoopbackWire());
        SharedDevice shared = hypervisor.AddDevice(nic);
        Guest guest = hypervisor.AddGuest();
        nic.SetMacAddress(guest.Id, new MacAddress(0x01_00_00_00_00_02));
        hypervisor.Assign(guest, shared);

        byte[] frame = new byte[64];
        frame.AsSpan(0, 6).Fill(0xff);
        frame[6] = 0x02;
        frame[11] = 0x01;

        using GuestDomain domain = GuestDomain.Attach(guest.Port);
        GuestDevice device = domain.GetDevice(shared.Index);
        using NicTransmitter transmitter = new(domain, device);
        using (DeviceLease lease = device.Grab())
        {
            for (int i = 0; i < 100; i++)
                transmitter.TrySend(in lease, frame);
            transmitter.Flush(in lease);
            transmitter.WaitForDrain(in lease, TimeSpan.FromSeconds(30));
        }

        Console.WriteLine($"sent {nic.GetCounters(guest.Id).TxFrames}, the device is {device.Hint.State}");
        """;

    private Feed _feed = null!;

    [OneTimeSetUp]
    public void Pack() => _feed = new Feed();

    [OneTimeTearDown]
    public void Remove() => _feed?.Dispose();

    [Test]
    public void ADriverOfThirtyLinesBuildsAndRunsInAFreshProject()
    {
        string folder = _feed.NewFolder("driver");
        _feed.Dotnet.Run(folder, "dotnet", "new", "console", "--no-restore");
        _feed.Dotnet.Run(folder, "dotnet", "add", "package", "Vpio.GuestDriver");
        _feed.Dotnet.Run(folder, "dotnet", "add", "package", "Vpio.Hypervisor");
        File.WriteAllText(Path.Combine(folder, "Program.cs"), Driver);
        Assert.That(_feed.Dotnet.Run(folder, "dotnet", "run").TrimEnd(), Does.EndWith("sent 100, the device is Free"));
    }

    [Test]
    public void ADriverThatTouchesWithoutAGrabDoesNotCompile()
    {
        string folder = _feed.NewFolder("untested-grab");
        _feed.Dotnet.Run(folder, "dotnet", "new", "classlib", "--no-restore");
        _feed.Dotnet.Run(folder, "dotnet", "add", "package", "Vpio.GuestDriver");
        File.WriteAllText(Path.Combine(folder, "Class1.cs"), """
            using Vpio.GuestDriver;

            public static class Careless
            {
                public static void Reset(GuestDevice device)
                {
                    device.TryGrab(out DeviceLease lease);
                    lease.Write32(0, 1);
                    lease.Release();
                }
            }
            """);
        (int code, string said) = _feed.Dotnet.Try(folder, "dotnet", "build");
        Assert.That(code, Is.Not.Zero, said);
        Assert.That(said, Does.Contain("error VPIO1011"));
    }

    [Test]
    public void ALibraryForNetStandardReadsThePageWithTheAbiAlone()
    {
        string folder = _feed.NewFolder("library");
        _feed.Dotnet.Run(folder, "dotnet", "new", "classlib", "-f", "netstandard2.0", "--no-restore");
        _feed.Dotnet.Run(folder, "dotnet", "add", "package", "Vpio.Abi");
        File.WriteAllText(Path.Combine(folder, "Class1.cs"), """
            using Vpio.Abi;

            public static class Reader
            {
                public static bool IsHeld(in DevicePage page) => DeviceSlot.ReadState(in DevicePage.Slot(in page, new DeviceIndex(0))).IsHeld;
            }
            """);
        _feed.Dotnet.Run(folder, "dotnet", "build", "-p:LangVersion=latest");
    }

    [Test]
    public void TheToolIsInstalledAndRuns()
    {
        string folder = _feed.NewFolder("tool");
        _feed.Dotnet.Run(folder, "dotnet", "tool", "install", "Vpio.Tool", "--tool-path", "bin");
        string vpio = Path.Combine(folder, "bin", "vpio");
        using JsonDocument run = JsonDocument.Parse(_feed.Dotnet.Run(folder, vpio, "run", "--duration", "200ms", "--json"));
        Assert.That(run.RootElement.ValueKind, Is.EqualTo(JsonValueKind.Object));
        using JsonDocument abi = JsonDocument.Parse(_feed.Dotnet.Run(folder, vpio, "abi", "--format", "json"));
        Assert.That(abi.RootElement.GetProperty("major").GetInt32(), Is.EqualTo(1));
    }

    [TestCase("Vpio.Abi", "lib/net10.0/Vpio.Abi.xml", "lib/netstandard2.0/Vpio.Abi.xml", "include/vpio.h", "include/vpio_nic.h", "include/vpio_layout.h", "analyzers/dotnet/cs/Vpio.Analyzers.dll", "analyzers/dotnet/cs/Vpio.Analyzers.CodeFixes.dll")]
    [TestCase("Vpio.GuestDriver", "lib/net10.0/Vpio.GuestDriver.xml")]
    [TestCase("Vpio.Hypervisor", "lib/net10.0/Vpio.Hypervisor.xml")]
    [TestCase("Vpio.Tool", "tools/net10.0/any/Vpio.Abi.xml")]
    public void APackageHoldsWhatItsReadersNeed(string id, params string[] files)
    {
        using ZipArchive package = Open($"{id}.*.nupkg");
        Assert.That(package.Entries.Select(entry => entry.FullName), Is.SupersetOf(files.Concat(["PACKAGE.md", "icon.png"])));
        string nuspec = Text(package, $"{id}.nuspec");
        Assert.That(nuspec, Does.Contain("<license type=\"expression\">MIT</license>").And.Contain("<readme>PACKAGE.md</readme>").And.Contain("<icon>icon.png</icon>"));
        Assert.That(nuspec, Does.Match("<repository type=\"git\" url=\"https://github.com/example/vpio[^\"]*\".* commit=\"[0-9a-f]{40}\""));
    }

    [TestCase("Vpio.Abi", "lib/netstandard2.0/Vpio.Abi.pdb")]
    [TestCase("Vpio.GuestDriver", "lib/net10.0/Vpio.GuestDriver.pdb")]
    [TestCase("Vpio.Hypervisor", "lib/net10.0/Vpio.Hypervisor.pdb")]
    public void TheSymbolsKnowWhereTheirSourcesAre(string id, string symbols)
    {
        using ZipArchive package = Open($"{id}.*.snupkg");
        Assert.That(Text(package, symbols), Does.Contain("https://raw.githubusercontent.com/example/vpio/"));
    }

    [Test]
    public void ABuildElsewhereGivesTheSameAssembly()
    {
        string elsewhere = _feed.NewFolder("elsewhere");
        _feed.Dotnet.Run(elsewhere, "git", "clone", "-q", _feed.Source, "copy");
        string copy = Path.Combine(elsewhere, "copy");
        _feed.Dotnet.Run(copy, "git", "remote", "set-url", "origin", "https://github.com/example/vpio.git");
        _feed.Dotnet.Run(copy, "dotnet", "build", "abi/Vpio.Abi", "-c", "Release", "-f", "net10.0", "-p:ContinuousIntegrationBuild=true");
        using ZipArchive package = Open("Vpio.Abi.*.nupkg");
        using MemoryStream packed = new();
        using (Stream entry = package.GetEntry("lib/net10.0/Vpio.Abi.dll")!.Open())
            entry.CopyTo(packed);
        Assert.That(File.ReadAllBytes(Path.Combine(copy, "abi/Vpio.Abi/bin/Release/net10.0/Vpio.Abi.dll")), Is.EqualTo(packed.ToArray()));
    }

    [Test]
    public void AMemberThatOneFrameworkLacksIsNotPacked()
    {
        string elsewhere = _feed.NewFolder("planted");
        _feed.Dotnet.Run(elsewhere, "git", "clone", "-q", _feed.Source, "copy");
        string copy = Path.Combine(elsewhere, "copy");
        File.WriteAllText(Path.Combine(copy, "abi/Vpio.Abi/Planted.cs"), "namespace Vpio.Abi;\n\n/// <summary>Is planted.</summary>\npublic static class Planted\n{\n#if NETSTANDARD2_0\n    /// <summary>Is nowhere else.</summary>\n    public const int Only = 1;\n#endif\n}\n");

        // Without analyzers: the lists of public members would stop it before.
        (int code, string said) = _feed.Dotnet.Try(copy, "dotnet", "pack", "abi/Vpio.Abi", "-c", "Release", "-o", "out", "-p:RunAnalyzers=false");
        Assert.That(code, Is.Not.Zero);
        Assert.That(said, Does.Contain("CP0002"));
    }

    private ZipArchive Open(string pattern) => ZipFile.OpenRead(Directory.GetFiles(_feed.Packages, pattern).Single());

    private static string Text(ZipArchive package, string name)
    {
        using StreamReader reader = new(package.GetEntry(name)!.Open(), Encoding.Latin1);
        return reader.ReadToEnd();
    }
}
