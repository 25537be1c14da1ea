using System.Text.Json;
using Vpio.Programs;
using Vpio.Tool.Bench;
using Vpio.Tool.Run;

namespace Vpio.Tool.Tests.Bench;

/// <summary>Runs the papers' experiment for moments: that it measures, and what it prints and draws. How the figures come out is for a machine with nothing else to do.</summary>
[NonParallelizable]
internal sealed class ExitsTests : FolderFixture
{
    [Test]
    public void EveryWayIsMeasuredAndEmulationExitsForEachRegister()
    {
        DemandMachines();
        (int code, string output, string error) = Invoke("bench", "exits", "--rounds", "1", "--duration", "300ms", "--json");
        Assert.That((code, error), Is.EqualTo((ExitCode.Success, "")));
        JsonElement[] ways = [.. JsonDocument.Parse(output).RootElement.GetProperty("ways").EnumerateArray()];
        Assert.That(ways.Select(way => way.GetProperty("way").GetString()).Distinct(), Is.EqualTo(NicWay.All.Select(way => way.Name)));
        Assert.That(ways, Has.Length.EqualTo(NicWay.All.Count * NicTraffic.All.Count));
        Assert.That(ways.Select(way => Median(way, "framesPerSecond")), Has.All.Positive);
        Assert.That(ways.Select(way => Median(way, "cyclesPerFrame")), Has.All.Positive);
        foreach (JsonElement emulated in ways.Where(way => way.GetProperty("way").GetString() == NicWay.Emulated.Name))
            Assert.That(Median(emulated, "exitsPerFrame"), Is.GreaterThan(2), "more than two registers are touched for each frame");
        foreach (JsonElement shared in ways.Where(way => way.GetProperty("way").GetString() == NicWay.Shared.Name))
            Assert.That(Median(shared, "exitsPerFrame") - Median(shared, "kicksPerFrame"), Is.LessThan(2), "a turn takes some calls, and frames none, where emulation takes three exits for each");
        foreach (JsonElement exclusive in ways.Where(way => way.GetProperty("way").GetString() == NicWay.Exclusive.Name))
            Assert.That(Median(exclusive, "ofEmulationsExits"), Is.LessThan(0.6));
    }

    [Test]
    public void TheFiguresAreATableAndAPicture()
    {
        DemandMachines();
        string picture = Path.Combine(Folder, "exits.svg");
        (int code, string output, _) = Invoke("bench", "exits", "--rounds", "2", "--duration", "100ms", "--plot", picture);
        Assert.That(code, Is.EqualTo(ExitCode.Success));
        foreach (NicWay way in NicWay.All)
            Assert.That(output.Split('\n').Count(line => line.StartsWith($"| {way.Name} |", StringComparison.Ordinal)), Is.EqualTo(NicTraffic.All.Count));
        Assert.That(File.ReadAllText(picture), Does.StartWith("<?xml"));
    }

    [TestCase("bench")]
    [TestCase("bench fly")]
    [TestCase("bench exits --rounds 0")]
    [TestCase("bench exits --duration 1")]
    [TestCase("bench exits --kvm-descriptor x")]
    [TestCase("bench exits --kvm-descriptor 77")]
    public void WhatCannotBeUsedIsRefusedInOneSentence(string line)
    {
        (int code, string output, string error) = Invoke(line.Split(' '));
        Assert.That((code, output), Is.EqualTo((ExitCode.Usage, "")));
        Assert.That(error, Does.Match(@"^vpio: [^\n]*\.\r?\n$"));
    }

    [Test]
    public void AFigureIsTheMedianOfItsRounds()
    {
        Assert.That(Spread.Of([3, 1, 2]), Is.EqualTo(new Spread(2, 1, 3)));
        Assert.That(Spread.Of([4, 1, 2, 3]), Is.EqualTo(new Spread(2.5, 1, 4)));
    }

    private static void DemandMachines()
    {
        UsableKvm.Demand();
        InstalledProgram.Demand("gcc");
    }

    private static double Median(JsonElement way, string figure) => way.GetProperty(figure).GetProperty("median").GetDouble();

    private static (int Code, string Output, string Error) Invoke(params string[] line)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        return (CommandLine.Invoke(line, _ => ExitCode.Success, output, error), output.ToString(), error.ToString());
    }
}
