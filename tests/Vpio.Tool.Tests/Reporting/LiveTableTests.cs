using Spectre.Console;
using Vpio.Tool.Reporting;
using Vpio.Tool.Run;

namespace Vpio.Tool.Tests.Reporting;

internal sealed class LiveTableTests
{
    [TestCase(140, 40, 4)]
    [TestCase(80, 24, 4)]
    [TestCase(80, 24, 64)]
    [TestCase(60, 12, 64)]
    [TestCase(40, 9, 5)]
    public void TheTableFitsTheTerminal(int width, int height, int guests)
    {
        string[] lines = Draw(width, height, guests);
        Assert.That(lines, Has.Length.LessThan(height));
        Assert.That(lines.Max(line => line.Length), Is.LessThanOrEqualTo(width));
    }

    [TestCase(20, 24)]
    [TestCase(80, 5)]
    [TestCase(1, 1)]
    public void ATerminalWithoutRoomGetsPlainLines(int width, int height)
    {
        var output = new StringWriter();
        new LiveTable(Terminal(output, width, height), TimeSpan.FromSeconds(5)).During(show => show(Snapshots.Make(4)));
        Assert.That(output.ToString(), Does.StartWith("1.5 s: owned by d2"));
    }

    [Test]
    public void TheOwnerIsMarked()
    {
        string[] lines = Draw(140, 40, 4);
        Assert.That(lines.Single(line => line.StartsWith("d2 ", StringComparison.Ordinal)), Does.Contain("holds").And.Contain("*"));
        Assert.That(lines.Single(line => line.StartsWith("d1 ", StringComparison.Ordinal)), Does.Contain("waits").And.Not.Contain("*"));
        Assert.That(lines[0], Does.Contain("owned by d2 #412").And.Contain("1.5 of 5.0 s"));
    }

    [Test]
    public void KindsAndReplacementsAreShownWhereTheySaySomething()
    {
        RunSnapshot alike = Snapshots.Make(2);
        Assert.That(Draw(140, 40, alike)[4], Does.Not.Contain("kind").And.Not.Contain("replaced"));
        RunSnapshot mixed = alike with { Guests = [alike.Guests[0], alike.Guests[1] with { Kind = GuestKind.Process, Replacements = 17 }] };
        string[] lines = Draw(140, 40, mixed);
        Assert.That(lines[4], Does.Contain("kind").And.Contain("replaced"));
        Assert.That(lines.Single(line => line.StartsWith("d2 ", StringComparison.Ordinal)), Does.Contain("process").And.Contain("17"));
    }

    [Test]
    public void GuestsForWhomThereIsNoRoomAreCounted() =>
        Assert.That(Draw(80, 18, 64)[^1], Does.StartWith("and 54 guests more"));

    [Test]
    public void EightyColumnsShowWhatTheIssueAsksFor()
    {
        string header = string.Join('\n', Draw(80, 24, 4));
        foreach (string column in new[] { "state", "*", "slices", "sent", "received", "release", "forced" })
            Assert.That(header, Does.Contain(column));
    }

    private static string[] Draw(int width, int height, int guests) => Draw(width, height, Snapshots.Make(guests));

    private static string[] Draw(int width, int height, RunSnapshot run)
    {
        var output = new StringWriter();
        IAnsiConsole console = Terminal(output, width, height);
        console.Write(new LiveTable(console, TimeSpan.FromSeconds(5)).Draw(run));
        return output.ToString().TrimEnd('\r', '\n').Split('\n', StringSplitOptions.TrimEntries);
    }

    private static IAnsiConsole Terminal(StringWriter output, int width, int height)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(output) });
        console.Profile.Width = width;
        console.Profile.Height = height;
        return console;
    }
}
