using Vpio.Hypervisor.Scheduling;
using Vpio.Tool.Run;

namespace Vpio.Tool.Tests.Run;

internal sealed class CommandLineTests
{
    [Test]
    public void EveryOptionReachesTheRun()
    {
        RunOptions options = Accept("run", "--guests", "8", "--guest-kind", "inprocess,process,c", "--guest-program", "guest.out", "--respawn", "--duration", "2s", "--slice", "1ms", "--grace=100us",
            "--role", "rx", "--hog", "2", "--seed", "-7", "--json", "--policy", "detach", "--weights", "1,16,4", "--rate", "500", "--pcap", "in.pcap", "--pcap-out", "out.pcap");
        Assert.That(options, Is.EqualTo(new RunOptions
        {
            Guests = 8,
            Kinds = new GuestKinds("inprocess,process,c"),
            GuestProgram = "guest.out",
            Respawn = true,
            Duration = TimeSpan.FromSeconds(2),
            Slice = TimeSpan.FromMilliseconds(1),
            Grace = TimeSpan.FromMicroseconds(100),
            Policy = OverrunPolicy.Detach,
            Weights = new GuestWeights("1,16,4"),
            Role = RunRole.Rx,
            Hogs = 2,
            Seed = -7,
            Json = true,
            Rate = new FrameRate(500),
            Capture = "in.pcap",
            CaptureOut = "out.pcap",
        }));
    }

    [Test]
    public void WhatIsLeftOutTakesItsDefault() => Assert.That(Accept("run"), Is.EqualTo(new RunOptions()));

    [Test]
    public void TheRateMayBeUnlimited() => Assert.That(Accept("run", "--rate", "max").Rate, Is.EqualTo(FrameRate.Max));

    [TestCase("inprocess", GuestKind.InProcess, GuestKind.InProcess, GuestKind.InProcess)]
    [TestCase("process,c", GuestKind.Process, GuestKind.C, GuestKind.Process)]
    public void KindsRepeatOverTheGuests(string list, params GuestKind[] kinds)
    {
        GuestKinds accepted = Accept("run", "--guest-kind", list).Kinds;
        Assert.That(Enumerable.Range(0, kinds.Length).Select(accepted.Of), Is.EqualTo(kinds));
    }

    [Test]
    public void AProgramForGuestsMakesThemProcesses() => Assert.That(Accept("run", "--guest-program", "x").Kinds.Of(0), Is.EqualTo(GuestKind.Process));

    [TestCase("")]
    [TestCase("fly")]
    [TestCase("run fly")]
    [TestCase("run --fly")]
    [TestCase("run --guests")]
    [TestCase("run --guests 0")]
    [TestCase("run --guests 1025")]
    [TestCase("run --guests four")]
    [TestCase("run --guests 4 --guests 5")]
    [TestCase("run --guest-kind qemu")]
    [TestCase("run --guest-kind process,")]
    [TestCase("run --guest-kind inprocess --guest-program x")]
    [TestCase("guest fly")]
    [TestCase("run --guest-kind elephant")]
    [TestCase("run --duration 5")]
    [TestCase("run --duration 0s")]
    [TestCase("run --duration 2d")]
    [TestCase("run --slice 99us")]
    [TestCase("run --slice 2s")]
    [TestCase("run --grace 10")]
    [TestCase("run --grace 1m")]
    [TestCase("run --role both")]
    [TestCase("run --hog -1")]
    [TestCase("run --policy kill")]
    [TestCase("run --weights 0")]
    [TestCase("run --weights 17")]
    [TestCase("run --weights 1,,2")]
    [TestCase("run --weights 1,+2")]
    [TestCase("run --weights heavy")]
    [TestCase("run --seed x")]
    [TestCase("run --rate 0")]
    [TestCase("run --rate fast")]
    [TestCase("run --rate 99999999999")]
    [TestCase("run --pcap")]
    [TestCase("run --json yes")]
    public void WhatCannotBeUsedIsRefusedInOneSentence(string line)
    {
        (int code, string error) = Invoke(line.Split(' ', StringSplitOptions.RemoveEmptyEntries), _ => throw new AssertionException("It ran."));
        Assert.That(code, Is.EqualTo(ExitCode.Usage));
        Assert.That(error, Does.Match(@"^vpio: [^\n]*\.\r?\n$"));
    }

    [TestCase("5")]
    [TestCase("1000")]
    public void ABareNumberIsShownTheForm(string number)
    {
        (_, string error) = Invoke(["run", "--grace", number], _ => 0);
        Assert.That(error, Does.Contain("5ms"));
    }

    [Test]
    public void AnEmptyPathIsRefused()
    {
        (int code, string error) = Invoke(["run", "--pcap", ""], _ => 0);
        Assert.That(code, Is.EqualTo(ExitCode.Usage));
        Assert.That(error, Does.Contain("--pcap"));
    }

    [Test]
    public void HelpNamesEveryOption()
    {
        var output = new StringWriter();
        Assert.That(CommandLine.Invoke(["run", "--help"], _ => 99, output, new StringWriter()), Is.Zero);
        foreach (string option in new[] { "--guests", "--guest-kind", "--guest-program", "--respawn", "--duration", "--slice", "--grace", "--role", "--hog", "--seed", "--json", "--rate", "--pcap", "--pcap-out" })
            Assert.That(output.ToString(), Does.Contain(option));
    }

    [Test]
    public void TheRunsExitCodeIsTheCommands()
    {
        (int code, _) = Invoke(["run"], _ => 42);
        Assert.That(code, Is.EqualTo(42));
    }

    private static RunOptions Accept(params string[] line)
    {
        RunOptions? seen = null;
        (int code, string error) = Invoke(line, options =>
        {
            seen = options;
            return 0;
        });
        Assert.That(code, Is.Zero, error);
        return seen!;
    }

    private static (int Code, string Error) Invoke(string[] line, Func<RunOptions, int> run)
    {
        var error = new StringWriter();
        int code = CommandLine.Invoke(line, run, new StringWriter(), error);
        return (code, error.ToString());
    }
}
