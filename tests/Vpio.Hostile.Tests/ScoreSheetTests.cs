using System.Text.Json;
using Vpio.Abi;
using Vpio.Hostile.Scoring;

namespace Vpio.Hostile.Tests;

/// <summary>Holds what the score sheet says of an attack.</summary>
[TestFixture]
internal sealed class ScoreSheetTests
{
    private static readonly Score Harmless = new("scribbles", "in process", 1200, 34, new Dictionary<DeviceStatus, long> { [DeviceStatus.Ok] = 700, [DeviceStatus.Invalid] = 500 }, "ran to its end", 5, 6);
    private static readonly Score Harmful = Harmless with { Attack = "grab-storm", Effects = ["d2 waits", "d3 waits"] };

    [Test]
    public void TheTableHasALineForEachAttackAndASum()
    {
        string[] lines = new ScoreSheet([Harmless, Harmful]).ToTable().TrimEnd().Split('\n');
        Assert.That(lines[2], Does.Match(@"^\| scribbles +\| in process +\| +1,200 \| +34 \| none +\| ran to its end +\| Invalid 500 +\|"));
        Assert.That(lines[3], Does.Match(@"^\| grab-storm .*\| d2 waits; d3 waits \|"));
        Assert.That(lines[^1], Does.StartWith("2,400 hostile calls, 2 effects"));
    }

    [Test]
    public void TheJsonHasTheSame()
    {
        JsonElement sheet = JsonDocument.Parse(new ScoreSheet([Harmless, Harmful]).ToJson()).RootElement;
        Assert.That(sheet.GetProperty("calls").GetInt64(), Is.EqualTo(2400));
        Assert.That(sheet.GetProperty("effectCount").GetInt32(), Is.EqualTo(2));
        Assert.That(sheet.GetProperty("attacks")[0].GetProperty("answers").GetProperty("Invalid").GetInt64(), Is.EqualTo(500));
        Assert.That(sheet.GetProperty("attacks")[1].GetProperty("effects").GetArrayLength(), Is.EqualTo(2));
    }

    [Test]
    public void AnAttackIsCarriedOutByItsNameAndAnUnknownOneIsRefused()
    {
        Assert.That(ScoreCommand.Make().Parse(["foreign-releases", "--calls", "1000"]).Errors, Is.Empty);
        Assert.That(ScoreCommand.Make().Parse(["no-such-attack"]).Errors, Is.Not.Empty);
    }
}
