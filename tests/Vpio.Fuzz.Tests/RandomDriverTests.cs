using System.Runtime.ExceptionServices;

namespace Vpio.Fuzz.Tests;

/// <summary>Holds the promises on inputs made by chance, where no fuzzer is there: as many in each run, and the same.</summary>
[TestFixture]
internal sealed class RandomDriverTests
{
    private const int Seed = 20_26;

    private static readonly string[] Names = [.. FuzzTargets.Names];

    [Test]
    public void NoRandomInputBreaksAPromise([ValueSource(nameof(Names))] string name)
    {
        IFuzzTarget target = FuzzTargets.Make(name);
        RandomInputs inputs = new(Seed, Inputs.Corpus(name));
        for (int number = 0; number < 3000; number++)
            Run(target, name, inputs.Next(), number);
    }

    [Test]
    public void TheSameBytesGiveTheSameRun([ValueSource(nameof(Names))] string name)
    {
        IFuzzTarget target = FuzzTargets.Make(name);
        RandomInputs inputs = new(Seed + 1, Inputs.Corpus(name));
        HashSet<ulong> runs = [];
        for (int number = 0; number < 100; number++)
        {
            byte[] input = inputs.Next();
            ulong run = target.Run(input);
            Assert.That(target.Run(input), Is.EqualTo(run), Convert.ToHexString(input));
            runs.Add(run);
        }

        Assert.That(runs, Has.Count.GreaterThan(50), "runs of different bytes must differ, or the digest shows nothing");
    }

    private static void Run(IFuzzTarget target, string name, byte[] input, int number)
    {
        try
        {
            target.Run(input);
        }
        catch (Exception fault)
        {
            TestContext.Out.WriteLine($"Input {number} for {name}: {Convert.ToHexString(input)}");
            ExceptionDispatchInfo.Throw(fault);
        }
    }
}
