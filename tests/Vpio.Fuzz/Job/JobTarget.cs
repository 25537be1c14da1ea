namespace Vpio.Fuzz.Job;

/// <summary>Is what domain 0 of <c>vpio run</c> reads of a guest's application memory: its reports and what it says of itself, every word of it what the bytes say.</summary>
/// <param name="faults">What is to be broken, for tests of this target.</param>
internal sealed class JobTarget(JobFaults? faults = null) : IFuzzTarget
{
    private const int MostSteps = 300;

    /// <inheritdoc/>
    public ulong Run(ReadOnlySpan<byte> input)
    {
        InputReader reader = new(input);
        JobRun run = new(faults ?? JobFaults.None);
        for (int step = 0; step < MostSteps && !reader.IsAtEnd; step++)
            run.Step(ref reader);
        run.Close();
        return run.Course.Digest;
    }
}
