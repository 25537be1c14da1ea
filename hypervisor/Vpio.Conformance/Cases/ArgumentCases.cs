using System.Runtime.InteropServices;
using Vpio.Abi;
using Vpio.Abi.Operations;

namespace Vpio.Conformance.Cases;

/// <summary>Has guests make calls that are wrong.</summary>
internal static class ArgumentCases
{
    // The input bits that an operation gives a meaning, word by word.
    private static readonly (DeviceOp Operation, ulong[] Meant)[] Inputs =
    [
        (DeviceOp.Negotiate, [0xFFFF_FFFF, ulong.MaxValue, 0, 0]),
        (DeviceOp.GetState, [0xFFFF_FFFF, 0, 0, 0]),
        (DeviceOp.Grab, [0x1_FFFF_FFFF, 0, 0, 0]),
        (DeviceOp.Release, [0xFFFF_FFFF, ulong.MaxValue, 0, 0]),
        (DeviceOp.Cancel, [0xFFFF_FFFF, 0, 0, 0]),
        (DeviceOp.Query, [0xFFFF_FFFF, 0, 0, 0]),
        (DeviceOp.Map, [ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, 0x3]),
        (DeviceOp.Unmap, [ulong.MaxValue, ulong.MaxValue, 0, 0]),
        (DeviceOp.Wait, [ulong.MaxValue, 0, 0, 0]),
    ];

    public static IReadOnlyList<ConformanceCase> All { get; } =
    [
        new("every-reserved-input-bit-alone-is-invalid", "H1", scene =>
        {
            Hand hand = scene.Guests(1)[0];
            foreach ((DeviceOp operation, ulong[] meant) in Inputs)
            {
                for (int bit = 0; bit < DeviceOpArgument.InputSize * 8; bit++)
                {
                    if ((meant[bit / 64] >> (bit % 64) & 1) != 0)
                        continue;
                    DeviceOpArgument argument = default;
                    Words(ref argument)[bit / 64] = 1UL << (bit % 64);
                    Expect.Equal(hand.Call((uint)operation, ref argument), DeviceStatus.Invalid, $"the answer to {operation} with reserved bit {bit}");
                }
            }
        }),
        new("garbage-where-outputs-go-is-no-input", "G1, H1", scene =>
        {
            Hand hand = scene.Guests(1)[0];
            DeviceOpArgument argument = new() { Input0 = hand.Device.Value };
            Words(ref argument)[4..].Fill(0xEEEE_EEEE_EEEE_EEEE);
            Expect.Equal(hand.Call((uint)DeviceOp.Grab, ref argument), DeviceStatus.Ok, "the answer to a grab with garbage in its outputs");
            Expect.That(!Words(ref argument)[7..].ContainsAnyExcept(0UL), "unused output bytes are not written as zero");
        }),
        new("a-call-that-fails-writes-no-output", "H3", scene =>
        {
            Hand hand = scene.Guests(1)[0];
            DeviceOpArgument argument = default;
            Words(ref argument)[1] = 1;
            Words(ref argument)[4..].Fill(0xEEEE_EEEE_EEEE_EEEE);
            Expect.Equal(hand.Call((uint)DeviceOp.Release, ref argument), DeviceStatus.NotOwner, "the answer to a release of what is not held");
            Expect.That(!Words(ref argument)[4..].ContainsAnyExcept(0xEEEE_EEEE_EEEE_EEEEUL), "a call that failed wrote its outputs");
        }),
        new("no-operation-has-an-unknown-number", "Results, ENOSYS", scene =>
        {
            Hand hand = scene.Guests(1)[0];
            foreach (uint cmd in (uint[])[9, 10, 47, 255, 1 << 16, 1U << 31, uint.MaxValue])
            {
                DeviceOpArgument argument = default;
                Expect.Equal(hand.Call(cmd, ref argument), DeviceStatus.NoSuchOperation, $"the answer to operation {cmd}");
            }
        }),
        new("a-device-that-is-not-there-is-none", "Results, ENODEV", scene =>
        {
            Hand hand = scene.Guests(1)[0];
            foreach (uint index in (uint[])[1, 62, 63, 64, 255, 256, uint.MaxValue])
            {
                Hand other = new(hand.Guest, new DeviceIndex(index), default);
                Expect.Equal(other.Grab().Status, DeviceStatus.NoDevice, $"the answer to a grab of device {index}");
                Expect.Equal(other.Query().Status, DeviceStatus.NoDevice, $"the answer to a query of device {index}");
                Expect.Equal(other.GetState().Status, DeviceStatus.NoDevice, $"the answer to get_state of device {index}");
                Expect.Equal(other.Release(1), DeviceStatus.NoDevice, $"the answer to a release of device {index}");
                Expect.Equal(other.Cancel(), DeviceStatus.NoDevice, $"the answer to a cancel at device {index}");
            }
        }),
        new("a-device-that-is-not-assigned-is-none", "Results, ENODEV", scene =>
        {
            DeviceIndex device = scene.Nic();
            Hand stranger = scene.Stranger(device);
            Expect.Equal(stranger.Grab().Status, DeviceStatus.NoDevice, "the answer to a grab of another's device");
            Expect.Equal(stranger.Grab(queue: true).Status, DeviceStatus.NoDevice, "the answer to a queued grab of another's device");
            Expect.Equal(stranger.Query().Status, DeviceStatus.NoDevice, "the answer to a query of another's device");
            Expect.Equal(stranger.Negotiate().Answer.Devices, 0U, "the number of devices that negotiate answers");
        }),
        new("reserved-bits-come-before-the-device", "Results, order", scene =>
        {
            Hand hand = scene.Guests(1)[0];
            DeviceOpArgument argument = default;
            Words(ref argument)[0] = 63;
            Words(ref argument)[3] = 1;
            Expect.Equal(hand.Call((uint)DeviceOp.Query, ref argument), DeviceStatus.Invalid, "the answer to a query of no device with a reserved bit");
        }),
        new("no-answer-is-outside-of-the-closed-set", "H4", scene =>
        {
            Hand hand = scene.Guests(1)[0];
            Random random = new(8);
            for (int i = 0; i < 2000; i++)
            {
                DeviceOpArgument argument = default;
                random.NextBytes(MemoryMarshal.AsBytes(Words(ref argument)));
                for (int word = 0; word < 4; word++)
                    Words(ref argument)[word] &= random.Next(3) == 0 ? ulong.MaxValue : 7;
                uint cmd = (uint)random.Next(8); // Not wait, which may be for ever.
                DeviceStatus status = hand.Call(cmd, ref argument);
                Expect.That(Enum.IsDefined(status), $"operation {cmd} answered {(int)status}, which is no result");
            }
        }),
    ];

    // SAFETY: an argument is 16 words, and any words are one.
    private static Span<ulong> Words(ref DeviceOpArgument argument) => MemoryMarshal.Cast<DeviceOpArgument, ulong>(MemoryMarshal.CreateSpan(ref argument, 1));
}
