using Vpio.Tool.Run;

namespace Vpio.Tool.Tests.Bench;

/// <summary>Holds that a refusal names the help of the very command that was typed.</summary>
[TestFixture]
internal sealed class BenchUsageTests
{
    [TestCase("bench exits --rounds 0", "See vpio bench exits --help.")]
    [TestCase("abi diff", "See vpio abi diff --help.")]
    [TestCase("run --guests 0", "See vpio run --help.")]
    [TestCase("fly", "See vpio run --help.")]
    public void ARefusalNamesTheHelpOfItsCommand(string line, string named)
    {
        using StringWriter error = new();
        int code = CommandLine.Invoke(line.Split(' '), _ => throw new InvalidOperationException("not a run"), TextWriter.Null, error);
        Assert.That(code, Is.EqualTo(ExitCode.Usage));
        Assert.That(error.ToString().TrimEnd(), Does.EndWith(named));
    }
}
