using Vpio.Tool.Tests.Traffic;

namespace Vpio.Tool.Tests.Process;

/// <summary>Files that cannot be used end the command with code 2 and one sentence, before anything starts or is written.</summary>
internal sealed class BadFileTests : FolderFixture
{
    [Test]
    public void AMissingInputIsRefused() => AssertRefused(Place("missing.pcap"), Place("out.pcap"), "does not exist");

    [Test]
    public void ADirectoryIsRefused() => AssertRefused(Folder, Place("out.pcap"), "directory");

    [Test]
    public void AnEmptyInputIsRefused() => AssertRefused(Write([]), Place("out.pcap"), "empty");

    [Test]
    public void TextIsRefused() => AssertRefused(Write("this is no capture\n"u8.ToArray()), Place("out.pcap"), "not a pcap");

    [Test]
    public void GarbageIsRefused()
    {
        byte[] garbage = new byte[5000];
        new Random(3).NextBytes(garbage);
        AssertRefused(Write(garbage), Place("out.pcap"), "not a pcap");
    }

    [Test]
    public void ATruncatedInputIsRefused() => AssertRefused(Write(Capture()[..^1]), Place("out.pcap"), "record 3");

    [Test]
    public void AHeaderWithoutFramesIsRefused() => AssertRefused(Write(Capture()[..24]), Place("out.pcap"), "no frames");

    [Test]
    public void AnOutputInNoDirectoryIsRefused() => AssertRefused(Write(Capture()), Place("none/out.pcap"), "does not exist");

    [Test]
    public void AnOutputThatIsADirectoryIsRefused() => AssertRefused(Write(Capture()), Folder, "directory");

    [Test]
    public void AnOutputThatIsTheInputIsRefusedUnderAnyName()
    {
        byte[] capture = Capture();
        string input = Write(capture);
        AssertRefused(input, input, "input itself");
        AssertRefused(input, Path.Combine(Folder, ".", "in.capture"), "input itself");
        File.CreateSymbolicLink(Place("link"), input);
        AssertRefused(input, Place("link"), "input itself");
        AssertRefused(Place("link"), input, "input itself");
        Directory.CreateSymbolicLink(Place("dir"), Folder);
        AssertRefused(input, Place("dir/in.capture"), "input itself");
        Assert.That(File.ReadAllBytes(input), Is.EqualTo(capture));
    }

    [Test]
    public void AFullDiskIsSaidAndLeadsToCodeOne()
    {
        if (!File.Exists("/dev/full"))
            Assert.Ignore("There is no /dev/full here.");
        VpioProcess.Outcome outcome = VpioProcess.Run("run", "--json", "--pcap", Write(Capture()), "--pcap-out", "/dev/full");
        Assert.That(outcome.Code, Is.EqualTo(1));
        Assert.That(outcome.Error, Does.Match(@"^vpio: writing /dev/full failed [^\n]*\.\r?\n$"));
        Assert.That(outcome.Json.GetProperty("ok").GetBoolean(), Is.False);
    }

    [Test]
    public void ABrokenOutputLosesNoFramesOfTheSharing()
    {
        if (!File.Exists("/dev/full"))
            Assert.Ignore("There is no /dev/full here.");
        VpioProcess.Outcome outcome = VpioProcess.Run("run", "--json", "--duration", "1s", "--pcap-out", "/dev/full");
        Assert.That(outcome.Code, Is.EqualTo(1));
        Assert.That(outcome.Error, Does.StartWith("vpio: writing /dev/full failed"));
        Assert.That(outcome.Json.GetProperty("framesLost").GetInt64(), Is.Zero);
    }

    private static byte[] Capture() => CaptureBuilder.Classic(Enumerable.Range(0, 3).Select(i => Frames.Make(Frames.Mac(1), Frames.Mac(2), 60, i)));

    private void AssertRefused(string input, string output, string reason)
    {
        bool existed = File.Exists(output);
        VpioProcess.Outcome outcome = VpioProcess.Run("run", "--pcap", input, "--pcap-out", output);
        Assert.That(outcome.Code, Is.EqualTo(2));
        Assert.That(outcome.Output, Is.Empty);
        Assert.That(outcome.Error, Does.Match(@"^vpio: [^\n]*\.\r?\n$").And.Contain(reason));
        Assert.That(File.Exists(output), Is.EqualTo(existed));
    }

    private string Place(string name) => Path.Combine(Folder, name);

    private string Write(byte[] bytes)
    {
        string path = Place("in.capture");
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
