using System.Text.Json;
using Vpio.Abi.Network;
using Vpio.Hypervisor.Captures;
using Vpio.Tool.Tests.Traffic;
using Vpio.Tool.Traffic;

namespace Vpio.Tool.Tests.Process;

/// <summary>A replay carries every frame that the NIC can carry: byte for byte, in order for each source.</summary>
[NonParallelizable]
internal sealed class ReplayTests : FolderFixture
{
    private string Output => Path.Combine(Folder, "out.pcap");

    [TestCase("pcap", "tx", "inprocess")]
    [TestCase("pcapng", "tx", "inprocess")]
    [TestCase("pcap", "mixed", "inprocess")]
    [TestCase("pcapng", "rx", "inprocess")]
    [TestCase("pcap", "mixed", "process,inprocess", IncludePlatform = "Linux")]
    public void EveryFrameIsInTheOutputByteForByteInOrderOfItsSource(string format, string role, string kinds)
    {
        byte[][] frames = Conversation(1500);
        string input = Write(format == "pcap" ? CaptureBuilder.Classic(frames) : CaptureBuilder.Pcapng(frames));

        JsonElement run = Replay(0, input, "--role", role, "--guest-kind", kinds, "--slice", "1ms");
        Assert.That(run.GetProperty("ok").GetBoolean(), Is.True);
        Assert.That(Carried(), Is.EqualTo(BySource(frames)));
    }

    [Test]
    public void UnusualSourcesAreGuestsToo()
    {
        byte[][] frames = [Frames.Make(default, Frames.Mac(1)), Frames.Make(MacAddress.Broadcast, Frames.Mac(1)), Frames.Make(Frames.Mac(2), Frames.Mac(2))];
        JsonElement run = Replay(0, Write(CaptureBuilder.Classic(frames)), "--role", "mixed");
        Assert.That(run.GetProperty("guests").GetArrayLength(), Is.EqualTo(4));
        Assert.That(Carried(), Is.EqualTo(BySource(frames)));
    }

    [Test]
    public void SuperFramesAreCountedAndNamedAndLeadToCodeThree()
    {
        byte[][] frames = [Frames.Make(Frames.Mac(1), Frames.Mac(2), 60), Frames.Make(Frames.Mac(1), Frames.Mac(2), 2962), Frames.Make(Frames.Mac(1), Frames.Mac(2), 1514)];
        string input = Write(CaptureBuilder.Classic(frames));
        JsonElement run = Replay(3, input);
        Assert.That(run.GetProperty("ok").GetBoolean(), Is.True);
        JsonElement reason = run.GetProperty("notCarried").EnumerateArray().Single();
        Assert.That(reason.GetProperty("reason").GetString(), Is.EqualTo("tooLong"));
        Assert.That(reason.GetProperty("count").GetInt64(), Is.EqualTo(1));
        Assert.That(Carried(), Is.EqualTo(BySource([frames[0], frames[2]])));

        Assert.That(VpioProcess.Run("run", "--pcap", input).Output, Does.Contain($"record 2 (2962 bytes from {Frames.Mac(1)})"));
    }

    [Test]
    public void FramesForWhichTimeWasUpAreCounted()
    {
        JsonElement run = Replay(3, Write(CaptureBuilder.Classic(Conversation(1000))), "--rate", "10", "--duration", "300ms");
        Assert.That(run.GetProperty("ok").GetBoolean(), Is.True);
        JsonElement reason = run.GetProperty("notCarried").EnumerateArray().Single();
        Assert.That(reason.GetProperty("reason").GetString(), Is.EqualTo("timeWasUp"));
        Assert.That(reason.GetProperty("count").GetInt64() + run.GetProperty("framesSent").GetInt64(), Is.EqualTo(1000));
        Assert.That(Carried().Sum(source => source.Value.Length), Is.EqualTo(run.GetProperty("framesSent").GetInt64()));
    }

    [Test]
    public void HogsBesideAReplayAreStoppedAndTheReplayGoesOn()
    {
        byte[][] frames = Conversation(300);
        JsonElement run = Replay(0, Write(CaptureBuilder.Classic(frames)), "--hog", "1");
        Assert.That(run.GetProperty("forcedStops").GetInt64(), Is.EqualTo(1));
        Assert.That(Carried(), Is.EqualTo(BySource(frames)));
    }

    [Test]
    public void TheWireOfASampleRunIsRecorded()
    {
        VpioProcess.Outcome outcome = VpioProcess.Run("run", "--json", "--duration", "300ms", "--grace", "1s", "--pcap-out", Output);
        Assert.That(outcome.Code, Is.Zero, outcome.Error);
        Assert.That(Carried().Sum(source => source.Value.Length), Is.EqualTo(outcome.Json.GetProperty("framesSent").GetInt64()));
    }

    private static byte[][] Conversation(int frames)
    {
        var random = new Random(5);
        return [.. Enumerable.Range(0, frames).Select(i => Frames.Make(
            Frames.Mac(random.Next(5)), i % 20 == 0 ? MacAddress.Broadcast : Frames.Mac(random.Next(7)), random.Next(14, 1515), i))];
    }

    private JsonElement Replay(int code, string input, params string[] arguments)
    {
        VpioProcess.Outcome outcome = VpioProcess.Run(["run", "--json", "--grace", "1s", "--pcap", input, "--pcap-out", Output, .. arguments]);
        Assert.That(outcome.Code, Is.EqualTo(code), outcome.Error + outcome.Output);
        return outcome.Json;
    }

    private string Write(byte[] capture)
    {
        string path = Path.Combine(Folder, "in.capture");
        File.WriteAllBytes(path, capture);
        return path;
    }

    private Dictionary<string, string[]> Carried()
    {
        using CaptureReader reader = CaptureReader.Open(File.OpenRead(Output), Output);
        var frames = new List<byte[]>();
        while (reader.TryReadNext(out CapturedFrame frame))
            frames.Add(frame.Bytes.ToArray());
        return BySource(frames);
    }

    private static Dictionary<string, string[]> BySource(IEnumerable<byte[]> frames) => frames
        .GroupBy(frame => NicFrame.Source(frame).ToString())
        .ToDictionary(source => source.Key, source => source.Select(Convert.ToHexString).ToArray());
}
