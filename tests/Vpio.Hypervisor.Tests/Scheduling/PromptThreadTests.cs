using System.Diagnostics;
using System.Runtime.InteropServices;
using Vpio.Hypervisor.Scheduling;

namespace Vpio.Hypervisor.Tests.Scheduling;

/// <summary>Shows that the timer's thread is woken when it is due, as far as Linux tells.</summary>
[TestFixture]
[Platform("Linux")]
internal sealed partial class PromptThreadTests
{
    private const string LeastSlack = "1"; // Nanoseconds.
    private const string MoreSlack = "40000";
    private const string Ordinary = "0"; // SCHED_OTHER.
    private const string RealTime = "1"; // SCHED_FIFO.

    [Test]
    public void ThreadsThatAskForItHaveNoSlack()
    {
        string before = string.Empty;
        string after = string.Empty;
        OnAThread(() =>
        {
            File.WriteAllText($"/proc/{OwnNumber()}/timerslack_ns", MoreSlack);
            before = SlackOf(OwnNumber());
            PromptThread.Become();
            after = SlackOf(OwnNumber());
        });
        Assert.That((before, after), Is.EqualTo((MoreSlack, LeastSlack)));
    }

    [Test]
    public void WithoutTheRightAThreadThatIsToBeFirstIsAnOrdinaryOneWithoutSlack()
    {
        (string Policy, string Slack) found = default;
        OnAThread(() =>
        {
            GiveUpTheRight();
            PromptThread.BecomeFirst();
            found = (PolicyOf(OwnNumber()), SlackOf(OwnNumber()));
        });
        Assert.That(found, Is.EqualTo((Ordinary, LeastSlack)));
    }

    [Test]
    public void WhatAThreadOfRealTimeStartsIsOrdinary()
    {
        string thread = string.Empty;
        string process = string.Empty;
        OnAThread(() =>
        {
            PromptThread.BecomeFirst();
            OnAThread(() => thread = PolicyOf(OwnNumber()));
            using Process cat = Process.Start(new ProcessStartInfo("/bin/cat", "/proc/self/stat") { RedirectStandardOutput = true })!;
            process = PolicyIn(cat.StandardOutput.ReadToEnd());
            cat.WaitForExit();
        });
        Assert.That((thread, process), Is.EqualTo((Ordinary, Ordinary)), "what comes out of the timer's work would go before all guests");
    }

    [Test]
    public void TheTimersThreadIsAsPromptAsThisProcessMayBe()
    {
        (string Policy, string Slack) may = default;
        OnAThread(() =>
        {
            PromptThread.BecomeFirst();
            may = (PolicyOf(OwnNumber()), SlackOf(OwnNumber()));
        });
        Assert.That(may.Policy == RealTime || may.Slack == LeastSlack);

        // It tells of itself: of others one learns less without rights.
        (string Policy, string Slack) isSo = default;
        using ManualResetEventSlim rang = new();
        Clock clock = new(TimeProvider.System);
        using ThreadAlarm alarm = new(clock, () =>
        {
            isSo = (PolicyOf(OwnNumber()), SlackOf(OwnNumber()));
            rang.Set();
        });
        alarm.Set(clock.NowNs);
        Assert.That(rang.Wait(TimeSpan.FromSeconds(30)));
        Assert.That(isSo, Is.EqualTo(may));
    }

    private static void OnAThread(Action act)
    {
        Thread thread = new(() => act());
        thread.Start();
        thread.Join();
    }

    // Rights are each thread's own.
    private static unsafe void GiveUpTheRight()
    {
        CapabilityHeader header = new() { Version = 0x20080522 };
        uint* sets = stackalloc uint[6]; // Effective, permitted and inheritable, of the first 32 and of the others: none.
        new Span<uint>(sets, 6).Clear();
        Assert.That(CapSet(header, sets), Is.Zero);
    }

    private static string OwnNumber() => Path.GetFileName(new FileInfo("/proc/thread-self").ResolveLinkTarget(returnFinalTarget: false)!.FullName);

    private static string SlackOf(string number) => File.ReadAllText($"/proc/{number}/timerslack_ns").Trim();

    // The 41st of the fields, of which the third comes after the name.
    private static string PolicyIn(string stat) => stat.Split(") ")[^1].Split(' ').ElementAtOrDefault(38) ?? string.Empty;

    private static string PolicyOf(string number) => PolicyIn(File.ReadAllText($"/proc/self/task/{number}/stat"));

    [LibraryImport("libc", EntryPoint = "capset")]
    private static unsafe partial int CapSet(in CapabilityHeader header, uint* sets);

    [StructLayout(LayoutKind.Sequential)]
    private struct CapabilityHeader
    {
        public uint Version;
        public int Thread;
    }
}
