using Vpio.Abi;
using Vpio.Abi.Operations;

namespace Vpio.Conformance.Cases;

/// <summary>Has guests negotiate.</summary>
internal static class NegotiationCases
{
    public static IReadOnlyList<ConformanceCase> All { get; } =
    [
        new("negotiate-answers-who-the-guest-is-and-how-many-devices-it-has", "Operations, negotiate", scene =>
        {
            Hand hand = scene.Guests(1)[0];
            (DeviceStatus status, NegotiateArgs answer) = hand.Negotiate();
            Expect.Equal(status, DeviceStatus.Ok, "the answer to negotiate");
            Expect.Equal(answer.DomainId, hand.Guest.Id.Value, "the domain id that negotiate answers");
            Expect.Equal(answer.Devices, 1U, "the number of devices that negotiate answers");
            Expect.Equal(answer.AgreedMajor, VpioVersion.Major, "the major version agreed on");
        }),
        new("another-major-version-is-not-supported", "V4", scene =>
        {
            Hand hand = scene.Guests(1)[0];
            Expect.Equal(hand.Negotiate(major: 0).Status, DeviceStatus.NotSupported, "the answer to major version 0");
            Expect.Equal(hand.Negotiate(major: VpioVersion.Major + 1).Status, DeviceStatus.NotSupported, "the answer to the next major version");
        }),
        new("the-lower-minor-version-is-in-force", "V5", scene =>
        {
            Hand hand = scene.Guests(1)[0];
            ulong offered = hand.Guest.Read(GuestSpace.DevicePage, 6, 2);
            Expect.Equal(hand.Negotiate(minor: ushort.MaxValue).Answer.AgreedMinor, (ushort)offered, "the minor version agreed on with a later guest");
            Expect.Equal(hand.Negotiate(minor: 0).Answer.AgreedMinor, (ushort)0, "the minor version agreed on with the first guest");
        }),
        new("unknown-features-are-ignored-and-none-is-on-that-was-not-asked-for", "F1, F2", scene =>
        {
            Hand hand = scene.Guests(1)[0];
            ulong offered = hand.Guest.Read(GuestSpace.DevicePage, 8, 8);
            (DeviceStatus status, NegotiateArgs answer) = hand.Negotiate(features: ulong.MaxValue);
            Expect.Equal(status, DeviceStatus.Ok, "the answer to a guest that asks for every feature");
            Expect.Equal(answer.AgreedFeatures, offered, "the features agreed on with it");
            Expect.Equal(hand.Negotiate(features: 0).Answer.AgreedFeatures, 0UL, "the features agreed on with a guest that asks for none");
        }),
        new("negotiating-again-takes-nothing-away", "V9", scene =>
        {
            Hand hand = scene.Guests(1)[0];
            hand.Take();
            hand.Negotiate();
            Expect.That(hand.Holds, "a guest that negotiated again holds its device no more");
        }),
        new("a-guest-that-never-negotiated-is-served", "V8", scene =>
        {
            Hand hand = scene.Guests(1)[0];
            Expect.Equal(hand.Release(hand.Take()), DeviceStatus.Ok, "the answer to its release");
        }),
    ];
}
