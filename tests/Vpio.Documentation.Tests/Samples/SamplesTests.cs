using Vpio.Documentation.Tests.CSharp;
using Vpio.Programs;
using Vpio.Repository.Tests;

namespace Vpio.Documentation.Tests.Samples;

/// <summary>Runs the samples, and holds what they print.</summary>
[TestFixture]
internal sealed class SamplesTests
{
    private const string Folder = "guest-driver/samples/";

    [TestCase("FirstDriver", "^1000 frames sent, 1000 on the wire, the device is Free\\.$")]
    [TestCase("Transmitter", "^20000 frames posted, 20000 on the wire, 0 lost\\.\nIt took \\d+ ownerships; the neighbour had the NIC \\d+ times meanwhile\\.$")]
    [TestCase("Receiver", "^2000 frames received, 0 out of order\\.\nThe NIC had parked \\d+ of them, and dropped 0\\.$")]
    [TestCase("TimeSharer", "^(d\\d: 200 jobs, 6400 frames, in \\d+ ownerships, \\d+ of them given back before they were asked for\\.\n){3}Stopped by force: 0\\.$")]
    [TestCase("OwnDevice", "^(#{41}\n)([ *#]{0,41}\n){7}(#{41}\n)121 points, 0 guests stopped by force\\.\n9 letters engraved; then the engraver was wanted elsewhere\\.$")]
    [TestCase("Tutorial", "^10000 frames received in order, in \\d+ ownerships\\.\nStopped by force: 0\\. The device is Free\\.$")]
    public void ASampleRunsAndSaysWhatCameOfIt(string name, string expected)
    {
        (int code, string said) = InstalledProgram.Execute("dotnet", [Path.Combine(AppContext.BaseDirectory, name + ".dll")]);
        Assert.That(code, Is.Zero, said);
        Assert.That(said.ReplaceLineEndings("\n").TrimEnd('\n'), Does.Match(expected));
    }

    [Test]
    public void EverySampleThatRunsIsRun()
    {
        IEnumerable<string> programs = Checkout.Files("/Program.cs").Where(path => path.StartsWith(Folder, StringComparison.Ordinal)).Select(path => path.Split('/')[^2]);
        IEnumerable<object?> cases = typeof(SamplesTests).GetMethod(nameof(ASampleRunsAndSaysWhatCameOfIt))!.GetCustomAttributes(false).OfType<TestCaseAttribute>().Select(each => each.Arguments[0]);
        Assert.That(cases, Is.EquivalentTo(programs));
    }

    // The attributes of the plotter and the lines of the contract file are not for show: without them nobody would be told.
    [TestCase("Program.cs", "if (!engraver.TryTake())\n        return;", "", "VPIO1017")]
    [TestCase("Program.cs", "if (!engraver.TryTake())\n        return;", "engraver.TryTake();", "VPIO1011")]
    [TestCase("Program.cs", "        if (engraver.Wanted)\n                break;\n", "", "VPIO1023")]
    [TestCase("Program.cs", "engraver.GiveBack();", "", "VPIO1009")]
    [TestCase("Program.cs", "!hold.IsWanted && ", "", "VPIO1023")]
    [TestCase("Program.cs", "using PlotterHold hold", "PlotterHold hold", "VPIO1009")]
    public async Task AMistakeWithADeviceOfOnesOwnIsReported(string file, string right, string wrong, string rule)
    {
        const string Sample = Folder + "OwnDevice/";
        string text = Checkout.Read(Sample + file).ReplaceLineEndings("\n");
        Assert.That(text, Does.Contain(right));
        string[] sources = [.. Checkout.Files(".cs").Where(path => path.StartsWith(Sample, StringComparison.Ordinal) && path != Sample + file), Folder + "VendorEngraver/Engraver.cs"];
        Assert.That(await Report(text), Is.Empty);
        Assert.That(await Report(text.Replace(right, wrong, StringComparison.Ordinal)), Has.Some.EndsWith(rule));

        async Task<IEnumerable<string>> Report(string program) => (await new AnalysedCode(program, [.. sources.Select(path => (path, Checkout.Read(path)))])
        {
            AdditionalFiles = [new TreeText(Sample + "Vpio.Ownership.txt")],
        }.Report()).Where(report => !report.EndsWith("Engraver.cs", StringComparison.Ordinal));
    }
}
