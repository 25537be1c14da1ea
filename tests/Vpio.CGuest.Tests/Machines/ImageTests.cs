using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Vpio.Abi;
using Vpio.Abi.Machines;
using Vpio.Hypervisor;
using Vpio.Hypervisor.Guests;
using Vpio.Programs;
using Vpio.Tool.Run;

namespace Vpio.CGuest.Tests.Machines;

/// <summary>Holds the image of the program in C, built as the tool builds it, to what the linker laid out (docs/guests.md, "Machine image").</summary>
internal sealed partial class ImageTests
{
    private const string Map = "vpio-machine.map";

    private static readonly CRecipe Recipe = CRecipe.Machine with { Options = [.. CRecipe.Machine.Options, $"-Wl,-Map={Map}"] };

    private string _cache = null!;

    [SetUp]
    public void MakeRoom()
    {
        InstalledProgram.Demand("gcc");
        _cache = Directory.CreateTempSubdirectory("vpio-image-").FullName;
    }

    [TearDown]
    public void Leave()
    {
        if (_cache is not null)
            Directory.Delete(_cache, recursive: true);
    }

    [Test]
    public void TheHeaderSaysWhatTheLinkerLaidOut()
    {
        string path = Build(Sources());
        Dictionary<string, ulong> symbols = SymbolsOf(path);
        byte[] image = File.ReadAllBytes(path);
        MachineImage header = MemoryMarshal.Read<MachineImage>(image);

        Assert.That((header.Magic, header.Major, header.Minor), Is.EqualTo((MachineImage.MagicValue, VpioVersion.Major, VpioVersion.Minor)));
        Assert.That(symbols["image_begin"], Is.EqualTo(MachineImage.LoadAddress));
        Assert.That(header.ImageBytes, Is.EqualTo(image.Length).And.EqualTo(symbols["image_end"] - MachineImage.LoadAddress));
        Assert.That(header.MemoryBytes, Is.EqualTo(symbols["memory_end"] - MachineImage.LoadAddress));
        Assert.That(header.Entry, Is.EqualTo(symbols["vpio_machine_entry"]).And.GreaterThanOrEqualTo(MachineImage.LoadAddress + MachineImage.Size));
        Assert.That(header.StackTop, Is.EqualTo(symbols["stack_end"]));
        Assert.That(header.UpcallHandler, Is.EqualTo(symbols["vpio_machine_upcall"]).And.Not.EqualTo(header.Entry));
        Assert.That(image[MachineImage.Size..], Has.Some.Not.Zero);
    }

    [Test]
    public void AHypervisorTakesTheImage()
    {
        UsableKvm.Demand();
        using ReferenceHypervisor hypervisor = new();
        Guest guest = hypervisor.AddGuest(new GuestImage(File.ReadAllBytes(Build(Sources()))));
        guest.Machine!.Start();

        // There is no job in its memory: it got as far as to look.
        Assert.That(guest.Machine.Ended.Wait(TimeSpan.FromSeconds(60)), "the guest ends");
        Assert.That(guest.Machine.Exit, Is.EqualTo(new MachineExit(2, null)));
    }

    [TestCase("int puts(const char *); int tell(void); int tell(void) { return puts(\"\"); }", "puts", TestName = "WhatNeedsALibraryIsNotLinked")]
    [TestCase("__attribute__((section(\"odd\"))) int lost = 5;", "odd", TestName = "WhatWouldLieBehindTheImageIsNotLinked")]
    public void WhatIsNotInTheImageIsNotLinked(string source, string name)
    {
        Dictionary<string, string> sources = Sources();
        sources["added.c"] = source + "\n";
        Assert.That(() => Build(sources), Throws.TypeOf<UsageException>().With.Message.Contains(name));
    }

    private string Build(Dictionary<string, string> sources) => new CProgram(Recipe, sources, _cache).Build();

    private static Dictionary<string, string> Sources()
    {
        string checkout = typeof(ImageTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(each => each.Key == "Checkout").Value!;
        string[] folders = [Path.Combine(checkout, "guest-driver/c"), Path.Combine(checkout, "abi/include")];
        return folders
            .SelectMany(folder => Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(file => (Name: Path.GetRelativePath(folder, file), File: file)))
            .Where(each => Path.GetExtension(each.Name) is (".c" or ".h" or ".ld") && Recipe.Needs(each.Name))
            .ToDictionary(each => each.Name, each => File.ReadAllText(each.File));
    }

    private static Dictionary<string, ulong> SymbolsOf(string image) =>
        SymbolOfMap().Matches(File.ReadAllText(Path.Combine(Path.GetDirectoryName(image)!, Map))).ToDictionary(
            match => match.Groups["name"].Value, match => ulong.Parse(match.Groups["address"].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"^ +0x(?<address>[0-9a-f]{16}) +(?<name>[a-z_]+)(?: = \.)?$", RegexOptions.Multiline)]
    private static partial Regex SymbolOfMap();
}
