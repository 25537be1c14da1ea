using Vpio.Hypervisor.Scheduling;

namespace Vpio.Hypervisor.Tests.Scheduling;

/// <summary>Shows that the timer's thread is woken when it is due, as far as Linux tells.</summary>
[TestFixture]
[Platform("Linux")]
internal sealed class PromptThreadTests
{
    private const string LeastSlack = "1"; // Nanoseconds.
    private const string MoreSlack = "40000";

    [Test]
    public void ThreadsThatAskForItHaveNoSlack()
    {
        string before = string.Empty;
        string after = string.Empty;
        Thread thread = new(() =>
        {
            File.WriteAllText($"/proc/{OwnNumber()}/timerslack_ns", MoreSlack);
            before = SlackOf(OwnNumber());
            PromptThread.Become();
            after = SlackOf(OwnNumber());
        });
        thread.Start();
        thread.Join();
        Assert.That((before, after), Is.EqualTo((MoreSlack, LeastSlack)));
    }

    [Test]
    public void TheTimersThreadIsOne()
    {
        using ThreadAlarm alarm = new(new Clock(TimeProvider.System), () => { });
        Assert.That(
            () => Directory.GetDirectories("/proc/self/task").Select(Path.GetFileName).Where(number => NameOf(number!) == "vpio timer").Select(number => SlackOf(number!)),
            Has.Member(LeastSlack).After(10_000, 1));
    }

    private static string OwnNumber() => Path.GetFileName(new FileInfo("/proc/thread-self").ResolveLinkTarget(returnFinalTarget: false)!.FullName);

    private static string NameOf(string number) => ReadOrNothing($"/proc/self/task/{number}/comm");

    private static string SlackOf(string number) => ReadOrNothing($"/proc/{number}/timerslack_ns");

    // A thread may have ended meanwhile.
    private static string ReadOrNothing(string file)
    {
        try
        {
            return File.ReadAllText(file).Trim();
        }
        catch (IOException)
        {
            return string.Empty;
        }
    }
}
