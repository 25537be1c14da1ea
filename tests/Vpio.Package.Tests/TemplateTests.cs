using System.IO.Compression;
using System.Xml.Linq;

namespace Vpio.Package.Tests;

/// <summary>Unfolds the template of Vpio.Templates as somebody does who has installed it.</summary>
internal sealed class TemplateTests
{
    private static Feed Feed => PackedTree.Feed;

    [OneTimeSetUp]
    public void Install() => Feed.Dotnet.Run(Feed.NewFolder("install"), "dotnet", "new", "install", "Vpio.Templates");

    [Test]
    public void ItIsInstalledInTheHomeOfTheTestAlone() =>
        Assert.That(Directory.GetFiles(Path.Combine(Feed.Home, ".templateengine", "packages")).Select(Path.GetFileName), Has.One.StartsWith("Vpio.Templates."));

    // The second name is none that C# could use for a namespace.
    [TestCase("MyDriver", "transmit", "The NIC sent 1000 frames, ownerships: 1; now it is Free.")]
    [TestCase("Nic", "receive", "The driver received 1000 of 1000 frames; now the NIC is Free.")]
    public void OneCommandMakesADriverThatRuns(string name, string role, string outcome)
    {
        string folder = Feed.NewFolder($"template-{role}");
        Feed.Dotnet.Run(folder, "dotnet", "new", "vpio-driver", "-n", name, "--role", role);
        string project = Path.Combine(folder, name);
        Feed.Dotnet.Run(project, "dotnet", "build", "--no-restore", "-warnaserror");
        Assert.That(Feed.Dotnet.Run(project, "dotnet", "run", "--no-build").TrimEnd(), Is.EqualTo(outcome));
    }

    [Test]
    public void OneLineTooMuchIsAnErrorAtTheNext()
    {
        AuthorsProject project = AuthorsProject.New("template-broken", ["vpio-driver"]);
        string[] lines = project.Read("TransmitDriver.cs").ReplaceLineEndings("\n").Split('\n');
        int touch = Array.FindIndex(lines, line => line.Contains("WaitForDrain"));
        Assert.That(touch, Is.Positive);
        project.Write("TransmitDriver.cs", string.Join('\n', lines[..touch].Append("            lease.Release();").Concat(lines[touch..])));
        (bool succeeded, Report[] reports) = project.Build();
        Assert.That(succeeded, Is.False);
        Assert.That(reports.Select(report => $"{report}"), Is.EqualTo(new[] { $"TransmitDriver.cs:{touch + 2} error VPIO1017" }));
        Assert.That(reports[0].Message, Does.Contain("'device'").And.Contain("was released before"));
    }

    [Test]
    public void AnUnfoldedProjectAsksForTheVersionThatWasPackedWithIt()
    {
        const string Version = "7.8.9-test";
        string packed = Feed.NewFolder("template-version");
        Feed.Dotnet.Run(Feed.Source, "dotnet", "pack", "guest-driver/Vpio.Templates", "-c", "Release", "-o", packed, $"-p:Version={Version}");
        using ZipArchive package = ZipFile.OpenRead(Path.Combine(packed, $"Vpio.Templates.{Version}.nupkg"));
        using Stream project = package.GetEntry("content/Driver/Vpio.Driver1.csproj")!.Open();
        Assert.That(
            XDocument.Load(project).Descendants("PackageReference").Select(each => $"{each.Attribute("Include")!.Value} {each.Attribute("Version")!.Value}"),
            Is.EqualTo(new[] { $"Vpio.GuestDriver {Version}", $"Vpio.Hypervisor {Version}" }));
    }
}
