using Vpio.Simulation.Course;
using Vpio.Simulation.Load;

namespace Vpio.Simulation.Tests.Load;

/// <summary>Holds the loads to what they say of themselves, and a trace to its form.</summary>
internal sealed class LoadTests
{
    private const long GapNs = 1_000_000;
    private const long ServiceNs = 200_000;
    private const int Jobs = 50_000;

    private static IEnumerable<ILoadModel> Random => [new PoissonLoad(GapNs, ServiceNs), new BurstLoad(GapNs, ServiceNs)];

    [TestCaseSource(nameof(Random))]
    public void JobsComeInOrderAndOnAverageAsOftenAndAsLongAsAsked(object load)
    {
        Job[] jobs = Take((ILoadModel)load, seed: 7, Jobs);
        Assert.That(jobs.Select(job => job.AtNs), Is.Ordered);
        Assert.That(jobs[^1].AtNs / (double)Jobs, Is.EqualTo(GapNs).Within(8).Percent);
        Assert.That(jobs.Average(job => job.ServiceNs), Is.EqualTo(ServiceNs).Within(2).Percent);
    }

    [Test]
    public void BurstsComeInBurstsAndPoissonDoesNot()
    {
        Assert.That(Variation(new PoissonLoad(GapNs, ServiceNs)), Is.EqualTo(1).Within(5).Percent);
        Assert.That(Variation(new BurstLoad(GapNs, ServiceNs)), Is.GreaterThan(3));
    }

    [Test]
    public void TheSameSeedGivesTheSameJobsAndAnotherOthers()
    {
        PoissonLoad load = new(GapNs, ServiceNs);
        Job[] first = Take(load, seed: 1, 100);
        Assert.That(Take(load, seed: 1, 100), Is.EqualTo(first));
        Assert.That(Take(load, seed: 2, 100), Is.Not.EqualTo(first));
    }

    [Test]
    public void RandomNumbersAreThoseOfTheArticleOnEveryMachine()
    {
        Chance chance = new(seed: 1, stream: 0);
        Assert.That((ulong[])[chance.Next(), chance.Next(), chance.Next()], Is.EqualTo(new ulong[] { 0x910A_2DEC_8902_5CC1, 0xBEEB_8DA1_658E_EC67, 0xF893_A2EE_FB32_555E }));
    }

    [Test]
    public void AClosedLoadIsOneJobWithoutEnd() =>
        Assert.That(Take(new ClosedLoad(), seed: 1, 10), Has.Length.EqualTo(1).And.All.Property(nameof(Job.ServiceNs)).EqualTo(Job.Endless));

    [Test]
    public void ATraceGivesEachGuestItsJobs()
    {
        TraceLoad load = TraceFile.Read(new StringReader("time_us,guest,service_us\n0,1,10\n5.5, 3 ,20\n\n5.5,1,0.25\n"));
        Assert.That((load.Guests, load.LastNs), Is.EqualTo((3, 5500L)));
        Assert.That(Take(load, seed: 1, 10, guest: 1), Is.EqualTo(new Job[] { new(0, 10_000), new(5_500, 250) }));
        Assert.That(Take(load, seed: 1, 10, guest: 2), Is.Empty);
        Assert.That(Take(load, seed: 1, 10, guest: 3), Is.EqualTo(new Job[] { new(5_500, 20_000) }));
    }

    [TestCase("", 0, "without a job")]
    [TestCase("time_us,guest,service_us\n", 1, "without a job")]
    [TestCase("0,1\n", 1, "2 fields")]
    [TestCase("0,1,1\n0,1,1,1\n", 2, "4 fields")]
    [TestCase("0,1,1\nx,1,1\n", 2, "time_us \"x\"")]
    [TestCase("-1,1,1\n", 1, "time_us \"-1\"")]
    [TestCase("0,0,1\n", 1, "guest \"0\"")]
    [TestCase("0,1025,1\n", 1, "guest \"1025\"")]
    [TestCase("0,1,0\n", 1, "service_us \"0\"")]
    [TestCase("0,1,1e3\n", 1, "service_us \"1e3\"")]
    [TestCase("5,1,1\n4,1,1\n", 2, "sort the trace")]
    [TestCase("0,1,1\ntime_us,guest,service_us\n", 2, "time_us \"time_us\"")]
    public void ALineThatCannotBeUsedIsNamed(string text, int line, string reason)
    {
        TraceFormatException refused = Assert.Throws<TraceFormatException>(() => TraceFile.Read(new StringReader(text)))!;
        Assert.That(refused.Line, Is.EqualTo(line));
        Assert.That(refused.Message, Does.Contain(reason).And.EndsWith("."));
    }

    private static Job[] Take(ILoadModel load, long seed, int count, int guest = 1)
    {
        ILoadSource source = load.For(guest, new Chance(seed, guest));
        List<Job> jobs = [];
        for (long afterNs = 0; jobs.Count < count && source.TryNext(afterNs, out Job job); afterNs = job.AtNs)
            jobs.Add(job);
        return [.. jobs];
    }

    /// <summary>Computes the variance of the gaps between jobs over the square of their mean: 1 for a Poisson process.</summary>
    private static double Variation(ILoadModel load)
    {
        long[] times = [.. Take(load, seed: 3, Jobs).Select(job => job.AtNs)];
        double[] gaps = [.. times.Zip(times.Skip(1), (before, after) => (double)(after - before))];
        double mean = gaps.Average();
        return gaps.Average(gap => (gap - mean) * (gap - mean)) / (mean * mean);
    }
}
