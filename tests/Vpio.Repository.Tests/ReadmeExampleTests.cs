namespace Vpio.Repository.Tests;

/// <summary>Holds the example of README.md to what compiles and runs.</summary>
[TestFixture]
internal sealed class ReadmeExampleTests
{
    private const int FrameBytes = 60;

    [Test]
    public void TheExampleRuns()
    {
        byte[] frame = new byte[FrameBytes];
        frame.AsSpan(0, 6).Fill(0xFF);
        frame[6] = 0x02;
        frame[11] = 0x01;
        Assert.That(ReadmeExample.Run(frame), Is.Positive);
    }

    [Test]
    public void TheReadmeShowsTheExampleAsItIsRun() =>
        Assert.That(Checkout.Read("README.md").ReplaceLineEndings("\n"), Does.Contain(Shown()));

    private static string Shown()
    {
        string source = Checkout.Read("tests/Vpio.Repository.Tests/ReadmeExample.cs").ReplaceLineEndings("\n");
        string[] lines = source.Split("// <README>\n")[1].Split("// </README>")[0].TrimEnd().Split('\n');
        return string.Join('\n', lines.Select(line => line.Length > 8 ? line[8..] : "")).TrimEnd();
    }
}
