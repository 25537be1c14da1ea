using Vpio.Hypervisor.Devices.Network;
using Vpio.Hypervisor.Scheduling;

namespace Vpio.Hypervisor.Tests.Scheduling;

/// <summary>Shows that the threads of devices are kept to the processors that their options name.</summary>
[TestFixture]
[Platform("Linux")]
internal sealed class HardAffinityTests
{
    [Test]
    public void ANicsThreadIsKeptToItsProcessors()
    {
        int processor = Threads.Permitted()[^1];
        using ReferenceHypervisor hypervisor = new();
        hypervisor.AddDevice(new Nic(new LoopbackWire(), new NicOptions { HardAffinity = [processor] }));
        Assert.That(() => Threads.AllowedOf("vpio nic"), Has.Member($"{processor}").After(10_000, 1));
    }

    [Test]
    public void ANicWithoutAnyIsPutWhereTheSystemLikes()
    {
        using ReferenceHypervisor hypervisor = new();
        hypervisor.AddDevice(new Nic(new LoopbackWire()));
        Assert.That(() => Threads.AllowedOf("vpio nic"), Has.Member(Threads.AllowedOfThisProcess()).After(10_000, 1));
    }

    [Test]
    public void AProcessorThatTheProcessMayNotUseIsRefused([Values(-1, 1023, 1024, int.MaxValue)] int processor) =>
        Assert.That(() => new Nic(new LoopbackWire(), new NicOptions { HardAffinity = [processor] }), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("may not run"));

    [Test]
    public void AThreadThatIsKeptToOneProcessorMayNameAnotherAndStaysWhereItIs()
    {
        int[] permitted = Threads.Permitted();
        string allowed = string.Empty;
        Thread thread = new(() =>
        {
            HardAffinity.Keep([permitted[0]]);
            HardAffinity.Take([permitted[^1]], "processors");
            allowed = Threads.AllowedOfThisThread();
        });
        thread.Start();
        thread.Join();
        Assert.That(allowed, Is.EqualTo($"{permitted[0]}"));
    }

    [Test]
    public void NoProcessorAtAllIsRefused() =>
        Assert.That(() => new Nic(new LoopbackWire(), new NicOptions { HardAffinity = [] }), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("leave it null"));

    [Test]
    public void WhatTheCallerDoesToTheListAfterwardsIsNothing()
    {
        List<int> processors = [Threads.Permitted()[0]];
        Nic nic = new(new LoopbackWire(), new NicOptions { HardAffinity = processors });
        processors[0] = int.MaxValue;
        using ReferenceHypervisor hypervisor = new();
        hypervisor.AddDevice(nic);
        Assert.That(() => Threads.AllowedOf("vpio nic"), Has.Member($"{Threads.Permitted()[0]}").After(10_000, 1));
    }

    private static class Threads
    {
        private const string Allowed = "Cpus_allowed_list:";

        public static int[] Permitted() => [.. AllowedOfThisProcess().Split(',').SelectMany(Range)];

        public static string AllowedOfThisProcess() => AllowedIn("/proc/self/status");

        public static string AllowedOfThisThread() => AllowedIn("/proc/thread-self/status");

        public static string[] AllowedOf(string name) =>
            [.. Directory.GetDirectories("/proc/self/task").Where(thread => Name(thread) == name).Select(thread => AllowedIn(Path.Combine(thread, "status")))];

        private static IEnumerable<int> Range(string range)
        {
            int[] ends = [.. range.Split('-').Select(int.Parse)];
            return Enumerable.Range(ends[0], ends[^1] - ends[0] + 1);
        }

        private static string Name(string thread)
        {
            try
            {
                return File.ReadAllText(Path.Combine(thread, "comm")).Trim();
            }
            catch (IOException)
            {
                return string.Empty; // It ended meanwhile.
            }
        }

        private static string AllowedIn(string status) =>
            File.ReadLines(status).First(line => line.StartsWith(Allowed, StringComparison.Ordinal))[Allowed.Length..].Trim();
    }
}
