using System.Text.RegularExpressions;

namespace Vpio.Package.Tests;

/// <summary>References Vpio.Abi alone, from libraries for several frameworks that have a device of their own.</summary>
internal sealed partial class FrameworkTests
{
    // In the C# of .NET Standard, which is 7.3.
    private const string Plotter = """
        using Vpio.Abi.Ownership;

        namespace Plotting
        {
            public sealed class Plotter
            {
                private bool _held;

                [TryAcquires(true)]
                [NoOwnershipCheck("Here is where the hold begins.")]
                public bool TryGrab() { return _held = !_held; }

                [Releases, NoThrow]
                [NoOwnershipCheck("Here is where it ends.")]
                public void Release() { _held = false; }

                [RequiresHeld, NoThrow]
                public void DrawTo(int x, int y) { }
            }

            public static class Drawing
            {
                public static void Draw(Plotter plotter)
                {
                    if (!plotter.TryGrab())
                        return;
                    plotter.DrawTo(1, 1);
                    plotter.Release();
                }
            }
        }
        """;

    // The pages take C# 12.
    private const string Reader = """
        using Vpio.Abi;

        namespace Plotting
        {
            public static class Reader
            {
                public static bool IsHeld(in DevicePage page) => DeviceSlot.ReadState(in DevicePage.Slot(in page, new DeviceIndex(0))).IsHeld;
            }
        }
        """;

    private const string Mistake = """
        namespace Plotting
        {
            public static class Careless
            {
                public static void Draw(Plotter plotter)
                {
                    plotter.TryGrab();
                    plotter.DrawTo(1, 1);
                    plotter.Release();
                }
            }
        }
        """;

    [TestCase("netstandard2.0")]
    [TestCase("net8.0")]
    [TestCase("net10.0")]
    public void ALibraryWithTheAbiAloneIsCheckedForADeviceOfItsOwn(string framework)
    {
        AuthorsProject project = AuthorsProject.New($"library-{framework}", ["classlib", "-f", framework == "net8.0" ? "net10.0" : framework]);
        string file = $"library-{framework}.csproj";
        project.Write(file, project.Read(file).Replace("net10.0", framework)); // The SDK has no template for net8.0 any more.
        AddTheAbiOrSayWhyNot(project, framework);
        project.Write("Class1.cs", Plotter);
        Assert.That(project.Build("--no-restore"), Is.EqualTo((true, Array.Empty<Report>())));

        project.Write("Reader.cs", Reader);
        project.Write("Careless.cs", Mistake);
        (bool succeeded, Report[] reports) = project.Build("--no-restore", "-p:LangVersion=latest");
        Assert.That(succeeded, Is.False);
        Assert.That(reports.Select(report => $"{report}"), Is.EqualTo(new[] { "Careless.cs:7 error VPIO1011" }));
    }

    // The reference assemblies of another framework are a package that the SDK does not bring. Where it cannot be had, nothing can be compiled for that framework, and the test says so.
    private static void AddTheAbiOrSayWhyNot(AuthorsProject project, string framework)
    {
        (int code, string said) = PackedTree.Feed.Dotnet.Try(project.Folder, "dotnet", "add", "package", "Vpio.Abi");
        if (code != 0 && framework != "net10.0" && NotToBeHad().Match(said) is { Success: true } missing)
            Assert.Ignore($"Nothing was compiled for {framework}, whose reference assemblies cannot be restored here: {missing.Value}");
        Assert.That(code, Is.Zero, said);
    }

    [GeneratedRegex(@"NU(1101|1102|1301): (?!.*Vpio\.)[^\n]*")]
    private static partial Regex NotToBeHad();
}
