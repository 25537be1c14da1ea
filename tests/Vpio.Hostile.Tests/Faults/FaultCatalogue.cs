using System.IO.MemoryMappedFiles;
using Vpio.Abi;
using Vpio.Hostile.Grounds;

namespace Vpio.Hostile.Tests.Faults;

/// <summary>Holds a fault for each check of the judge.</summary>
internal static class FaultCatalogue
{
    private static readonly DeviceIndex First = new(0);
    private static readonly List<MemoryMappedFile> Leaked = [];
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan UntilAProgramRuns = TimeSpan.FromSeconds(30);
    private static readonly List<IHypercallPort> Kept = [];
    private static readonly ManualResetEventSlim Over = new();
    private static readonly DomainId Stranger = new(0x777);

    public static IEnumerable<Fault> All =>
    [
        new("a hostile release is let through", "foreign-releases", "is over|ended|waited through") { HostilePort = (port, neighbours) => new ReleaseForAnybody(port, neighbours) },
        new("an argument is read twice", "torn-arguments", "is over|ended|waited through") { Calls = 10_000_000, HostilePort = (port, neighbours) => new ArgumentReadTwice(port, neighbours) },
        new("a grab returns what another owns", "random-calls", "in one generation") { HostilePort = (port, neighbours) => new GrantOfWhatIsOwned(port, neighbours) },
        new("a release of nobody succeeds", "foreign-releases", "given back twice|in one generation|no such device") { HostilePort = Answer((cmd, result) => cmd == (uint)DeviceOp.Release ? 0 : result) },
        new("a call answers what is no result", "random-calls", "no result of the ABI") { HostilePort = Answer((_, result) => result == (long)DeviceStatus.Busy ? -5 : result) },
        new("a call answers more than 32 bits", "random-calls", "no result of the ABI") { HostilePort = Answer((_, result) => result == (long)DeviceStatus.Busy ? 1L << 32 : result) },
        new("a call throws", "random-calls", "threw InvalidOperationException") { HostilePort = Answer((_, result) => result == (long)DeviceStatus.BadAddress ? throw new InvalidOperationException("out of order") : result) },
        new("a stopped guest is served", "random-calls", "was not refused") { HostilePort = Answer((_, result) => result == (long)DeviceStatus.Denied ? 0 : result) },
        new("a call never returns", "random-calls", "stands still|never returned") { Patience = Soon, HostilePort = Answer((_, result) => Block(result)) },
        new("a neighbour's memory is written", "scribbles", "memory was written to") { HostilePort = Intrude(Intruder.WriteMemory) },
        new("a neighbour's page is written", "scribbles", "a byte of its page was changed") { HostilePort = Intrude(Intruder.WriteReservedByteOfPage) },
        new("a neighbour is told of a device that it has not", "scribbles", "names a device that it has not|a byte of its page was changed") { HostilePort = Intrude(Intruder.RaiseForAnotherDevice) },
        new("a neighbour is told what there is not", "scribbles", "an event that there is not") { HostilePort = Intrude(Intruder.RaiseUnknownEvent) },
        new("a neighbour's registers are written", "scribbles", "registers were changed|rings were lost") { HostilePort = Intrude(Intruder.WriteRegister) },
        new("a neighbour's frames are refused", "scribbles", "were refused") { HostilePort = Intrude(Intruder.CountRefusedFrame) },
        new("a neighbour's device is turned off", "scribbles", "rings were lost|NicProtocolException|registers were changed") { HostilePort = Intrude(Intruder.TurnOff) },
        new("a waiter is forgotten", "grab-storm", "not granted the device|frames do not come") { Patience = Soon, NeighbourPort = port => new ForgottenWaiter(port) },
        new("a waiter is passed over", "grab-storm", "waited through") { NeighbourPort = port => new PassedOver(port) },
        new("a frame is lost", "random-calls", "lost or overtaken") { MakeWire = Wire((_, _) => { }) },
        new("frames come no more", "random-calls", "frames do not come|still missing") { Patience = Soon, MakeWire = () => new FaultyWire((frame, bring) => bring(frame.ToArray()), breaksAfter: 250) },
        new("a frame comes twice", "random-calls", "came twice") { MakeWire = Wire((frame, bring) => Twice(frame.ToArray(), bring)) },
        new("a frame is damaged", "random-calls", "damaged or forged") { MakeWire = Wire((frame, bring) => bring(Damaged(frame))) },
        new("a frame of a stranger is delivered", "random-calls", "foreign frame") { MakeWire = Wire((frame, bring) => bring(From(0x99, frame))) },
        new("a neighbour's frame reaches the hostile guest", "wild-descriptors", "in the hostile guest's memory|lost or overtaken") { MakeWire = Wire((frame, bring) => Astray(frame, bring)) },
        new("generations run backwards", "random-calls", "ran backwards") { WitnessPort = Page(FalsePagePort.Word((word, look) => look % 2 == 0 ? word : new StateWord(word.State, word.Owner, new Generation(word.Generation.Value / 2)))) },
        new("a stranger owns the device", "random-calls", "no right to it") { WitnessPort = Page(FalsePagePort.Word((word, _) => new StateWord(DeviceState.Owned, Stranger, word.Generation))) },
        new("a device is in a state that there is not", "random-calls", "which there is not") { WitnessPort = Page(FalsePagePort.Word((word, _) => word.WithoutOwner((DeviceState)9))) },
        new("a free device has an owner", "random-calls", "is free and names") { WitnessPort = Page(FalsePagePort.Word((word, _) => new StateWord(DeviceState.Free, new DomainId(2), word.Generation))) },
        new("a device goes offline", "random-calls", "went offline") { WitnessPort = Page(FalsePagePort.Word((word, _) => word.WithoutOwner(DeviceState.Offline))) },
        new("reserved bytes of a slot are not zero", "random-calls", "reserved bytes") { WitnessPort = Page((ref DevicePage page, int _) => DevicePage.WritableSlot(ref page, First).Reserved = 1) },
        new("the header of the device page changes", "random-calls", "header of the device page") { WitnessPort = Page((ref DevicePage page, int look) => page.Header.Epoch += (ulong)look) },
        new("a device is never free again", "random-calls", "when all its guests are gone") { WitnessPort = Page(FalsePagePort.Word((word, _) => word.State == DeviceState.Free ? word.With(DeviceState.Reclaiming) : word)) },
        new("somebody waits for ever", "random-calls", "3 wait for") { WitnessPort = Page((ref DevicePage page, int _) => DevicePage.WritableSlot(ref page, First).Waiters = 3) },
        new("grants are not counted", "random-calls", "counts 0 grants") { WitnessPort = Page((ref DevicePage page, int _) => DevicePage.WritableSlot(ref page, First).Grants = 0) },
        new("nobody is admitted afterwards", "random-calls", "the hypervisor threw") { BreaksAfter = 6 },
        new("files of guests stay open", "random-calls", "open before any guest came") { Removed = _ => Leaked.Add(MemoryMappedFile.CreateNew(null, 4096)) },
        new("memory of guests stays mapped", "removed-anywhere", "open before any guest came") { Calls = 300_000, Removed = guest => Kept.Add(guest.Port) },
        new("threads of guests never end", "random-calls", "open before any guest came") { Removed = _ => Linger() },
        new("a stop does not end a sleep", "odd-waits", "never returned") { Patience = Soon, HostilePort = Answer((cmd, result) => cmd == (uint)DeviceOp.Wait && result == (long)DeviceStatus.Denied ? Block((long)DeviceStatus.BadAddress) : result) },
    ];

    /// <summary>Gives back what the faults kept.</summary>
    public static void GiveBack()
    {
        Over.Set();
        Kept.Clear();
        Leaked.ForEach(file => file.Dispose());
        Leaked.Clear();
    }

    /// <summary>Gets the faults that only guests in processes of their own can show.</summary>
    public static IEnumerable<Fault> OfPrograms =>
    [
        new("the death of a guest is not noticed", "process-random-calls", "its guest is not stopped") { Patience = Soon, Calls = 100, MissesDeaths = true },
        new("an attack does not come to anything", "process-random-calls", "the attack itself failed: signal 6") { Calls = 100, Patience = UntilAProgramRuns, ProgramEnding = new ProgramEnding(null, 6, null) },
        new("a neighbour's frame reaches a hostile process", "process-wild-descriptors", "in the hostile guest's memory") { Patience = UntilAProgramRuns, MakeWire = Wire((frame, bring) => Astray(frame, bring)) },
    ];

    private static Func<IHypercallPort, IReadOnlyList<IGroundGuest>, IHypercallPort> Answer(Func<uint, long, long> answer) => (port, _) => new OtherAnswer(port, answer);

    private static Func<IHypercallPort, IReadOnlyList<IGroundGuest>, IHypercallPort> Intrude(Action<IHypercallPort> intrude) =>
        (port, neighbours) => new Intruder(port, neighbours, intrude);

    private static Func<IHypercallPort, IHypercallPort> Page(FalsePagePort.Change change) => port => new FalsePagePort(port, change);

    private static Func<FaultyWire> Wire(FaultyWire.Deed instead) => () => new FaultyWire(instead);

    private static long Block(long result)
    {
        if (result == (long)DeviceStatus.BadAddress)
            Thread.Sleep(Timeout.Infinite);
        return result;
    }

    private static void Linger() => new Thread(Over.Wait) { IsBackground = true, Name = "vpio nic" }.Start();

    private static void Twice(byte[] frame, Action<byte[]> bring)
    {
        bring(frame);
        bring(frame);
    }

    private static byte[] Damaged(Span<byte> frame)
    {
        frame[^1] ^= 1;
        return frame.ToArray();
    }

    private static byte[] From(byte stranger, Span<byte> frame)
    {
        frame[7] = stranger;
        return frame.ToArray();
    }

    /// <summary>Brings the frame to its receiver, and to whoever else there is.</summary>
    private static void Astray(Span<byte> frame, Action<byte[]> bring)
    {
        bring(frame.ToArray());
        for (byte guest = 1; guest < 10; guest++)
        {
            byte[] copy = frame.ToArray();
            if (copy[4] == guest)
                continue;
            copy[4] = guest;
            if (guest > 5)
                bring(copy);
        }
    }
}
