using System.Text.Json;

namespace Vpio.Tool.Tests.Run;

/// <summary>Uses <c>vpio abi</c> and <c>vpio abi diff</c> as a person and a build do.</summary>
internal sealed class AbiCommandTests : FolderFixture
{
    [TestCase("table", "DeviceSlot (structure, 64 bytes)")]
    [TestCase("markdown", "### DeviceSlot (structure, 64 bytes)")]
    [TestCase("json", "\"name\": \"DeviceSlot\"")]
    public void AFormatGoesToStandardOutputOrIntoAFile(string format, string part)
    {
        (int code, string output, _) = Invoke("abi", "--format", format);
        Assert.That((code, output), Is.EqualTo((0, output)));
        Assert.That(output, Does.Contain(part));
        string path = Path.Combine(Folder, "out");
        Assert.That(Invoke("abi", "--format", format, "--output", path), Is.EqualTo((0, "", "")));
        Assert.That(File.ReadAllText(path), Is.EqualTo(output));
    }

    [Test]
    public void TheHeadersGoIntoADirectoryThatIsMade()
    {
        string include = Path.Combine(Folder, "new", "include");
        Assert.That(Invoke("abi", "--format", "c", "--output", include), Is.EqualTo((0, "", "")));
        Assert.That(Directory.GetFiles(include).Select(Path.GetFileName), Is.EquivalentTo(new[] { "vpio.h", "vpio_nic.h", "vpio_process.h", "vpio_machine.h", "vpio_layout.h" }));
    }

    [TestCase("abi --format c")]
    [TestCase("abi --format elephant")]
    [TestCase("abi --output /dev/null/x")]
    [TestCase("abi diff")]
    [TestCase("abi diff /nowhere.json")]
    [TestCase("abi diff /dev/null")]
    public void WhatCannotBeUsedIsRefusedInOneSentence(string line)
    {
        (int code, string output, string error) = Invoke(line.Split(' '));
        Assert.That((code, output), Is.EqualTo((2, "")));
        Assert.That(error, Does.StartWith("vpio: ").And.EndWith(".\n"));
    }

    [Test]
    public void ThisBuildIsTheSameAsItself()
    {
        Assert.That(Invoke("abi", "diff", Described(json => json)), Is.EqualTo((0, "same\n", "")));
    }

    [TestCase("\"DEVOP_grab\"", "\"DEVOP_take\"", 4, "source-breaking, and the version number does not tell")]
    [TestCase("\"sizeBytes\": 128", "\"sizeBytes\": 64", 5, "wire-breaking, and the version number does not tell")]
    [TestCase("\"features\": 0", "\"features\": 1", 6, "compatible, and the version number does not tell")]
    public void AChangeIsToldByTheLastLineAndTheExitCode(string was, string becomes, int code, string verdict)
    {
        string old = Described(json => json);
        string changed = Described(json => json.Replace(was, becomes, StringComparison.Ordinal));
        (int answer, string output, _) = Invoke("abi", "diff", old, changed);
        Assert.That(answer, Is.EqualTo(code), output);
        Assert.That(output, Does.EndWith(verdict + "\n"));
        using JsonDocument json = JsonDocument.Parse(Invoke("abi", "diff", old, changed, "--json").Output);
        Assert.That(verdict, Does.StartWith(json.RootElement.GetProperty("verdict").GetString()!));
        Assert.That(json.RootElement.GetProperty("changes").GetArrayLength(), Is.Positive);
    }

    private string Described(Func<string, string> change)
    {
        string path = Path.Combine(Folder, $"{Guid.NewGuid():N}.json");
        File.WriteAllText(path, change(Invoke("abi", "--format", "json").Output));
        return path;
    }

    private static (int Code, string Output, string Error) Invoke(params string[] arguments)
    {
        using StringWriter output = new() { NewLine = "\n" };
        using StringWriter error = new() { NewLine = "\n" };
        int code = CommandLine.Invoke(arguments, _ => throw new InvalidOperationException("not a run"), output, error);
        return (code, output.ToString(), error.ToString());
    }
}
