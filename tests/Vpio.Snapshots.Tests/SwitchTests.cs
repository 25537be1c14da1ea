using System.Diagnostics;
using System.Reflection;

namespace Vpio.Snapshots.Tests;

/// <summary>Holds the one property that exchanges the stand-in for the package: what a project that wants snapshots then references.</summary>
internal sealed class SwitchTests
{
    [Test]
    public void ByDefaultTheStandInIsReferenced()
    {
        string items = ItemsWith("false");
        Assert.That(items, Does.Contain("Vpio.Snapshots.csproj").And.Not.Contain("Verify.NUnit"));
    }

    [Test]
    public void TheSwitchReferencesThePinnedPackageAndNotTheStandIn()
    {
        string items = ItemsWith("true");
        Assert.That(items, Does.Contain("\"Verify.NUnit\"").And.Contain("\"32.0.1\"").And.Not.Contain("Vpio.Snapshots.csproj\""));
    }

    private static string ItemsWith(string useVerify)
    {
        string project = typeof(SwitchTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(each => each.Key == "Project").Value!;
        ProcessStartInfo start = new("dotnet", ["msbuild", project, "-nologo", "-nodeReuse:false", "-getItem:ProjectReference", "-getItem:PackageReference", "-getItem:PackageVersion", $"-p:UseVerifyNUnit={useVerify}"])
        {
            RedirectStandardOutput = true,
        };
        using Process msbuild = Process.Start(start)!;
        string items = msbuild.StandardOutput.ReadToEnd();
        Assert.That(msbuild.WaitForExit(TimeSpan.FromMinutes(2)), "msbuild ended");
        Assert.That(msbuild.ExitCode, Is.Zero, items);
        return string.Join('\n', items.Split('\n').Where(line => line.Contains("\"Identity\"") || line.Contains("\"Version\"")));
    }
}
