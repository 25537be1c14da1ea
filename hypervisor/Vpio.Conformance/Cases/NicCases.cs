using Vpio.Abi;
using Vpio.Abi.Network;

namespace Vpio.Conformance.Cases;

/// <summary>Has guests drive the network device by its registers and rings.</summary>
internal static class NicCases
{
    private const ulong Iova = 0x10_0000;
    private const ulong MappedBytes = 16 * 4096;
    private const uint Entries = 8;
    private const ulong TxRing = 0;
    private const ulong RxRing = 4096;
    private const ulong TxBuffer = 8192;
    private const ulong RxBuffer = 16384;
    private const ulong BufferBytes = 2048;
    private const uint FrameBytes = 64;

    public static IReadOnlyList<ConformanceCase> All { get; } =
    [
        new("the-owner-finds-the-device-by-its-identity-and-address", "nic.md, Registers", scene =>
        {
            Hand hand = scene.Guests(1)[0];
            hand.Take();
            Expect.Equal(hand.Register(NicRegister.Identity), NicRegister.IdentityValue, "the identity");
            Expect.Equal(hand.Register64(NicRegister.MacAddress), hand.Address.Value, "the address");
            Expect.Equal(hand.Register(NicRegister.MaxFrameBytes), NicRegister.MaxFrameBytesValue, "the longest frame");
            Expect.Equal(hand.Register(NicRegister.MaxRingEntries), NicRegister.MaxRingEntriesValue, "the longest ring");
        }),
        new("a-frame-goes-from-one-guest-to-another-byte-for-byte", "nic.md, Transmit, Receive", scene =>
        {
            Hand[] hands = Quiet(scene, 2);
            SetUp(hands[1]);
            Receive(hands[1]);
            hands[1].Release();
            SetUp(hands[0]);
            Send(hands[0], 0, hands[1].Address, hands[0].Address, FrameBytes);
            Expect.Soon(() => hands[0].Register(NicRegister.TxHead) == 1, "the device did not take the frame");
            Expect.Equal(hands[0].Register64(NicRegister.TxFrames), 1UL, "the frames sent");
            hands[0].Release();
            hands[1].Take();
            Expect.Soon(() => (Flags(hands[1], 0) & 1) != 0, "the frame did not arrive");
            Expect.Equal(hands[1].Guest.Read(GuestSpace.Memory, RxRing + 8, 4), FrameBytes, "its length");
            for (ulong at = 0; at < FrameBytes; at += 8)
                Expect.Equal(hands[1].Guest.Read(GuestSpace.Memory, RxBuffer + at, 8), hands[0].Guest.Read(GuestSpace.Memory, TxBuffer + at, 8), $"what arrived at byte {at}");
        }),
        new("no-guest-hears-what-is-for-another-or-from-itself", "nic.md, Who hears what", scene =>
        {
            Hand[] hands = Quiet(scene, 3);
            foreach (Hand hand in hands)
            {
                SetUp(hand);
                Receive(hand);
                hand.Release();
            }

            hands[0].Take();
            Send(hands[0], 0, hands[1].Address, hands[0].Address, FrameBytes);
            Expect.Soon(() => hands[0].Register(NicRegister.TxHead) == 1, "the device did not take the frame");
            hands[0].Release();
            hands[1].Take();
            Expect.Soon(() => hands[1].Register64(NicRegister.RxFrames) == 1, "the frame did not arrive where it was for");
            hands[1].Release();
            foreach (Hand other in (Hand[])[hands[0], hands[2]])
            {
                other.Take();
                Expect.Equal(other.Register64(NicRegister.RxFrames), 0UL, "the frames received by who was not meant");
                Expect.Equal(Flags(other, 0), 0UL, "the descriptor of who was not meant");
                other.Release();
            }
        }),
        new("a-frame-in-anothers-name-is-not-sent", "nic.md, Transmit", scene =>
        {
            Hand[] hands = Quiet(scene, 2);
            SetUp(hands[0]);
            Send(hands[0], 0, hands[1].Address, hands[1].Address, FrameBytes);
            Expect.Soon(() => hands[0].Register(NicRegister.TxHead) == 1, "the device did not take the frame");
            Expect.Equal(hands[0].Register64(NicRegister.TxErrors), 1UL, "the errors");
            Expect.Equal(hands[0].Register64(NicRegister.TxFrames), 0UL, "the frames sent");
        }),
        new("a-frame-of-a-bad-length-is-not-sent", "nic.md, Transmit", scene =>
        {
            Hand hand = scene.Guests(1)[0];
            SetUp(hand);
            uint[] lengths = [0, 13, 1515, uint.MaxValue];
            for (uint i = 0; i < lengths.Length; i++)
                Send(hand, i, MacAddress.Broadcast, hand.Address, lengths[i]);
            Expect.Soon(() => hand.Register(NicRegister.TxHead) == lengths.Length, "the device did not take the frames");
            Expect.Equal(hand.Register64(NicRegister.TxErrors), (ulong)lengths.Length, "the errors");
        }),
        new("a-buffer-that-is-not-mapped-is-not-read", "D2; nic.md, Transmit", scene =>
        {
            Hand hand = scene.Guests(1)[0];
            SetUp(hand);
            Post(hand, 0, Iova + MappedBytes, FrameBytes);
            Expect.Soon(() => hand.Register(NicRegister.TxHead) == 1, "the device did not take the frame");
            Expect.Equal(hand.Register64(NicRegister.TxErrors), 1UL, "the errors");
        }),
        new("a-buffer-over-the-end-of-a-mapping-is-not-read", "D2", scene =>
        {
            Hand hand = scene.Guests(1)[0];
            SetUp(hand);
            Post(hand, 0, Iova + MappedBytes - 8, FrameBytes);
            Expect.Soon(() => hand.Register(NicRegister.TxHead) == 1, "the device did not take the frame");
            Expect.Equal(hand.Register64(NicRegister.TxErrors), 1UL, "the errors");
        }),
        new("a-ring-of-a-bad-size-or-place-is-a-fault", "nic.md, Faults", scene =>
        {
            Hand hand = scene.Guests(1)[0];
            hand.Map(Iova, 0, MappedBytes);
            hand.Take();
            foreach ((ulong iova, uint entries) in ((ulong, uint)[])[(Iova, 0), (Iova, 1), (Iova, 3), (Iova, 8192), (Iova + 8, Entries)])
            {
                Enable(hand, iova, entries);
                Expect.Soon(() => (hand.Register(NicRegister.Status) & (uint)NicStatus.TxFault) != 0, $"no fault of a ring of {entries} at 0x{iova:x}");
                hand.Ring(NicRegister.Control, 0);
                Expect.Soon(() => (hand.Register(NicRegister.Status) & (uint)NicStatus.TxFault) == 0, "the fault stays when transmit is disabled");
            }
        }),
        new("a-ring-that-is-not-mapped-is-a-fault", "nic.md, Faults", scene =>
        {
            Hand hand = scene.Guests(1)[0];
            hand.Take();
            Enable(hand, Iova, Entries);
            hand.Ring(NicRegister.TxTail, 1);
            Expect.Soon(() => (hand.Register(NicRegister.Status) & (uint)NicStatus.TxFault) != 0, "no fault");
        }),
        new("a-tail-that-cannot-be-is-a-fault", "nic.md, Faults", scene =>
        {
            Hand hand = scene.Guests(1)[0];
            SetUp(hand);
            hand.Ring(NicRegister.TxTail, Entries + 1);
            Expect.Soon(() => (hand.Register(NicRegister.Status) & (uint)NicStatus.TxFault) != 0, "no fault");
            Expect.Equal(hand.Register64(NicRegister.TxFrames), 0UL, "the frames sent");
        }),
        new("a-doorbell-without-ownership-sends-nothing", "Rule 7", scene =>
        {
            Hand[] hands = Quiet(scene, 2);
            SetUp(hands[0]);
            hands[0].Release();
            hands[1].Take();
            Send(hands[0], 0, MacAddress.Broadcast, hands[0].Address, FrameBytes);
            SetUpMapped(hands[1]);
            Send(hands[1], 0, MacAddress.Broadcast, hands[1].Address, FrameBytes);
            Expect.Soon(() => hands[1].Register(NicRegister.TxHead) == 1, "the owner's frame was not taken");
            hands[1].Release();
            hands[0].Take();
            Expect.Equal(hands[0].Register64(NicRegister.TxFrames), 0UL, "the frames that a guest sent without owning the device");
        }),
        new("an-owner-finds-its-rings-as-it-left-them", "Rule 7; nic.md, Handing over", scene =>
        {
            Hand[] hands = Quiet(scene, 2);
            SetUp(hands[0]);
            Send(hands[0], 0, MacAddress.Broadcast, hands[0].Address, FrameBytes);
            Expect.Soon(() => hands[0].Register(NicRegister.TxHead) == 1, "the first frame was not taken");
            hands[0].Release();
            SetUp(hands[1]);
            hands[1].Release();
            hands[0].Take();
            Expect.Equal(hands[0].Register64(NicRegister.TxRingIova), Iova + TxRing, "the ring's address");
            Expect.Equal(hands[0].Register(NicRegister.TxHead), 1U, "the ring's head");
            Send(hands[0], 1, MacAddress.Broadcast, hands[0].Address, FrameBytes);
            Expect.Soon(() => hands[0].Register(NicRegister.TxHead) == 2, "the second frame was not taken");
        }),
        new("a-guest-sees-nothing-of-another-context", "Rule 7", scene =>
        {
            Hand[] hands = Quiet(scene, 2);
            SetUp(hands[0]);
            Send(hands[0], 0, MacAddress.Broadcast, hands[0].Address, FrameBytes);
            Expect.Soon(() => hands[0].Register(NicRegister.TxHead) == 1, "the frame was not taken");
            hands[0].Release();
            hands[1].Take();
            Expect.Equal(hands[1].Register64(NicRegister.TxRingIova), 0UL, "the ring's address of a guest that set none up");
            Expect.Equal(hands[1].Register64(NicRegister.TxFrames), 0UL, "the frames sent by a guest that sent none");
            Expect.Equal(hands[1].Register(NicRegister.Control), 0U, "the control register of a guest that wrote none");
        }),
        new("frames-wait-for-who-does-not-own-the-device", "nic.md, Parking", scene =>
        {
            Hand[] hands = Quiet(scene, 2);
            SetUp(hands[0]);
            for (uint i = 0; i < 3; i++)
                Send(hands[0], i, hands[1].Address, hands[0].Address, FrameBytes);
            Expect.Soon(() => hands[0].Register(NicRegister.TxHead) == 3, "the frames were not taken");
            Expect.Soon(() => (hands[1].Events & DeviceEvents.RxPending) != 0, "no RX_PENDING came");
            Expect.Soon(() => hands[1].Query().Answer.RxParked == 3, "the frames are not parked");
            hands[0].Release();
            SetUp(hands[1]);
            Receive(hands[1]);
            Expect.Soon(() => hands[1].Register(NicRegister.RxHead) == 3, "what was parked was not delivered");
        }),
        new("an-armed-interrupt-comes-once", "nic.md, Interrupts", scene =>
        {
            Hand hand = scene.Guests(1)[0];
            SetUp(hand);
            hand.TakeEvents();
            hand.SetRegister(NicRegister.InterruptArm, (uint)NicInterrupt.Tx);
            Send(hand, 0, MacAddress.Broadcast, hand.Address, FrameBytes);
            Expect.Soon(() => (hand.Events & DeviceEvents.Interrupt) != 0, "no INTERRUPT came");
            Expect.Equal(hand.Register(NicRegister.InterruptArm), 0U, "the arming after the interrupt");
            hand.TakeEvents();
            Send(hand, 1, MacAddress.Broadcast, hand.Address, FrameBytes);
            Expect.Soon(() => hand.Register(NicRegister.TxHead) == 2, "the second frame was not taken");
            Expect.Equal(hand.Events & DeviceEvents.Interrupt, DeviceEvents.None, "an INTERRUPT that was not armed");
        }),
    ];

    private static Hand[] Quiet(Scene scene, int count)
    {
        Hand[] hands = scene.Guests(count);
        scene.LetNobodyBeAsked(hands[0].Device);
        return hands;
    }

    private static void SetUp(Hand hand)
    {
        hand.Take();
        SetUpMapped(hand);
    }

    private static void SetUpMapped(Hand hand)
    {
        Expect.Equal(hand.Map(Iova, 0, MappedBytes), DeviceStatus.Ok, "the answer to map");
        Enable(hand, Iova + TxRing, Entries);
        Expect.Soon(() => (hand.Register(NicRegister.Status) & (uint)NicStatus.TxRunning) != 0, "transmit does not run");
    }

    private static void Enable(Hand hand, ulong iova, uint entries)
    {
        hand.SetRegister64(NicRegister.TxRingIova, iova);
        hand.SetRegister(NicRegister.TxRingEntries, entries);
        hand.SetRegister(NicRegister.TxTail, 0);
        hand.Ring(NicRegister.Control, (uint)NicControl.TxEnable);
    }

    private static void Receive(Hand hand)
    {
        for (ulong i = 0; i < 4; i++)
            Descriptor(hand, RxRing + (i * 16), Iova + RxBuffer + (i * BufferBytes), (uint)BufferBytes);
        hand.SetRegister64(NicRegister.RxRingIova, Iova + RxRing);
        hand.SetRegister(NicRegister.RxRingEntries, Entries);
        hand.SetRegister(NicRegister.RxTail, 4);
        hand.Ring(NicRegister.Control, (uint)(NicControl.TxEnable | NicControl.RxEnable));
        Expect.Soon(() => (hand.Register(NicRegister.Status) & (uint)NicStatus.RxRunning) != 0, "receive does not run");
    }

    private static void Send(Hand hand, uint number, MacAddress destination, MacAddress source, uint length)
    {
        ulong at = TxBuffer + (number * 256UL);
        hand.Guest.Write(GuestSpace.Memory, at, 8, destination.Value | (source.Value << 48));
        hand.Guest.Write(GuestSpace.Memory, at + 8, 8, (source.Value >> 16) | (0x0008UL << 32) | ((ulong)number << 48));
        for (ulong i = 16; i < FrameBytes; i += 8)
            hand.Guest.Write(GuestSpace.Memory, at + i, 8, 0x0101_0101_0101_0101 * (i + number));
        Post(hand, number, Iova + at, length);
    }

    private static void Post(Hand hand, uint number, ulong iova, uint length)
    {
        Descriptor(hand, TxRing + (number * 16UL), iova, length);
        hand.Ring(NicRegister.TxTail, number + 1);
    }

    private static void Descriptor(Hand hand, ulong at, ulong iova, uint length)
    {
        hand.Guest.Write(GuestSpace.Memory, at, 8, iova);
        hand.Guest.Write(GuestSpace.Memory, at + 8, 8, length);
    }

    private static ulong Flags(Hand hand, ulong number) => hand.Guest.Read(GuestSpace.Memory, RxRing + (number * 16) + 12, 4);
}
