namespace Vpio.Fuzz.Tests;

/// <summary>Holds the promises on each input that is kept: what a fuzzer found to lead somewhere new, and what once broke something.</summary>
[TestFixture]
internal sealed class CorpusTests
{
    private static readonly string[] Names = [.. FuzzTargets.Names];

    [Test]
    public void NoKeptInputBreaksAPromise([ValueSource(nameof(Names))] string name)
    {
        IFuzzTarget target = FuzzTargets.Make(name);
        List<string> files = [.. Inputs.All(name)];
        Assert.That(files, Is.Not.Empty, "a target has a corpus");
        Assert.Multiple(() =>
        {
            foreach (string file in files)
                Assert.That(() => target.Run(File.ReadAllBytes(file)), Throws.Nothing, file);
        });
    }
}
