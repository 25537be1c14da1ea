using System.Text;

namespace Vpio.Snapshots.Tests;

/// <summary>Holds snapshots to what users of Verify.NUnit know: names of files, their format, and what a difference does.</summary>
internal sealed class SnapshotTests
{
    private string _folder = string.Empty;
    private string? _wasBuildServer;

    [SetUp]
    public void MakeFolder()
    {
        _folder = Directory.CreateTempSubdirectory("vpio-snapshots-").FullName;
        _wasBuildServer = Environment.GetEnvironmentVariable("CI");
        Environment.SetEnvironmentVariable("CI", "true");
    }

    [TearDown]
    public void RemoveFolder()
    {
        Environment.SetEnvironmentVariable("CI", _wasBuildServer);
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task ANewTextFailsAndIsReceivedAndNothingIsVerifiedByItself()
    {
        Exception refusal = await Refusal(() => Verify("hello"));
        Assert.That(Files(), Is.EqualTo(new[] { "SnapshotTests.ANewTextFailsAndIsReceivedAndNothingIsVerifiedByItself.received.txt" }));
        Assert.That(refusal.Message, Does.Contain("New:").And.Contain("To accept it: mv \""));
    }

    [Test]
    public async Task AnEqualTextPassesAndDropsWhatWasReceivedBefore()
    {
        Write("name.verified.txt", "one\r\ntwo");
        Write("name.received.txt", "old");
        await Verify("one\ntwo").UseFileName("name");
        Assert.That(Files(), Is.EqualTo(new[] { "name.verified.txt" }));
    }

    [Test]
    public async Task ADifferenceIsShownLineByLineWithWhatStandsAround()
    {
        Write("name.verified.txt", "a\nb\nc\nd\ne\nf\ng\nh\nold\ni");
        string message = (await Refusal(() => Verify("a\nb\nc\nd\ne\nf\ng\nh\nnew\ni").UseFileName("name"))).Message;
        Assert.That(message, Does.Contain("NotEqual:").And.Contain("-       old\n+     9 new\n     10 i\n"));
        Assert.That(message, Does.Contain("  ...\n      6 f\n").And.Not.Contain(" a\n"), "what is far from the difference is left out");
        Assert.That(Files(), Is.EqualTo(new[] { "name.received.txt", "name.verified.txt" }));
    }

    [TestCase("", "emptyString")]
    [TestCase(null, "null")]
    public async Task NoSnapshotIsEmpty(string? text, string kept)
    {
        await Verify(text).UseFileName("name").AutoVerify();
        Assert.That(Read("name.verified.txt"), Is.EqualTo(kept));
    }

    [Test]
    public async Task AFileIsUtf8WithItsMarkAndLineFeeds()
    {
        await Verify("ä\r\nb").UseFileName("name").AutoVerify();
        Assert.That(File.ReadAllBytes(Path.Combine(_folder, "name.verified.txt")), Is.EqualTo(new byte[] { 0xEF, 0xBB, 0xBF, 0xC3, 0xA4, 0x0A, 0x62 }));
    }

    [Test]
    public async Task NamesAreThoseOfTypeMethodAndParameters([Values("a/b")] string path, [Values(7)] int count)
    {
        await Verify("x").AutoVerify();
        await Verify("x").UseParameters("c:d").UseTypeName("Type").UseMethodName("Method").UseDirectory("sub").AutoVerify();
        Assert.That(Files(), Is.EqualTo(new[]
        {
            "SnapshotTests.NamesAreThoseOfTypeMethodAndParameters_path=a-b_count=7.verified.txt", "sub/Type.Method_path=c-d.verified.txt",
        }));
        Assert.That((path, count), Is.EqualTo(("a/b", 7)));
    }

    [Test]
    public async Task WhatDoesNotCountIsScrubbed()
    {
        await Verify("at 12:00\nkeep\ndrop").UseFileName("name").AutoVerify()
            .AddScrubber(text => text.Replace("12:00", "TIME"))
            .ScrubLinesWithReplace(line => line == "drop" ? null : line.ToUpperInvariant());
        Assert.That(Read("name.verified.txt"), Is.EqualTo("AT TIME\nKEEP"));
    }

    [Test]
    public async Task TheEndingIsTheCallers()
    {
        await Verifier.Verify("{}", "json", sourceFile: Path.Combine(_folder, "Test.cs")).UseFileName("name").AutoVerify();
        Assert.That(Files(), Is.EqualTo(new[] { "name.verified.json" }));
    }

    private SettingsTask Verify(string? text) => Verifier.Verify(text, sourceFile: Path.Combine(_folder, "Test.cs"));

    private static async Task<Exception> Refusal(Func<SettingsTask> verify)
    {
        try
        {
            await verify();
        }
        catch (VerifyException refusal)
        {
            return refusal;
        }

        throw new AssertionException("The text was taken as the verified one.");
    }

    private string[] Files() => [.. Directory.GetFiles(_folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(_folder, path)).Order(StringComparer.Ordinal)];

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text, new UTF8Encoding(true));

    private string Read(string name) => File.ReadAllText(Path.Combine(_folder, name));
}
