using System.Runtime.CompilerServices;
using Vpio.Abi;
using Vpio.Abi.Network;
using Vpio.Abi.Operations;

namespace Vpio.Conformance.Tests;

/// <summary>Holds the faults that are planted, each found by the case of its rule.</summary>
internal static class Plants
{
    private const ulong Events = 128;

    public static IReadOnlyList<Plant> All { get; } =
    [
        // The pages.
        Shows("a device page without its magic", "the-device-page-begins-with-magic-version-and-sizes", GuestSpaceKind.DevicePage, 0, _ => 0),
        Shows("a page size of 8192", "the-device-page-begins-with-magic-version-and-sizes", GuestSpaceKind.DevicePage, 16, _ => 8192),
        Shows("a guest page of another guest", "the-guest-page-begins-with-magic-version-and-domain-id", GuestSpaceKind.GuestPage, 8, id => id + 1),
        Shows("a reserved word that is not zero", "reserved-bytes-of-both-pages-are-zero", GuestSpaceKind.DevicePage, 40, _ => 1),
        Shows("another epoch in the guest page", "the-epoch-is-the-same-in-both-pages-and-the-answer", GuestSpaceKind.GuestPage, 16, epoch => epoch ^ 2),
        Shows("a slot without a class", "a-slot-with-a-device-shows-its-class-and-a-free-word", GuestSpaceKind.DevicePage, 64 + 28, _ => 0),
        Shows("an unused slot that is free", "an-unused-slot-is-offline-and-has-no-owner", GuestSpaceKind.DevicePage, 64 + (62 * 64), _ => 0),
        Shows("a word of the generation before", "the-word-shows-owner-and-generation-of-a-grab", GuestSpaceKind.DevicePage, 64, word => word - (1UL << 24)),
        Shows("grants that are not counted", "a-slot-counts-its-grants", GuestSpaceKind.DevicePage, 64 + 32, _ => 0),
        Shows("waiters that are not counted", "the-slot-counts-its-waiters", GuestSpaceKind.DevicePage, 64 + 24, _ => 0),
        Shows("no end of a slice", "the-slot-shows-the-end-of-a-slice-that-somebody-waits-for", GuestSpaceKind.DevicePage, 64 + 8, _ => 0),
        Shows("revocations that are not counted", "the-slot-counts-revocations-and-forced-stops", GuestSpaceKind.DevicePage, 64 + 48, _ => 0),
        new("a device page that guests can write", "a-guest-cannot-change-the-device-page") { DevicePageIsWritable = true },

        // Negotiation.
        Answers<NegotiateArgs>("no devices", "negotiate-answers-who-the-guest-is-and-how-many-devices-it-has", (ref args) => args.Devices = 0),
        Says("any major version", "another-major-version-is-not-supported", DeviceStatus.NotSupported, DeviceStatus.Ok),
        Answers<NegotiateArgs>("the minor version asked for", "the-lower-minor-version-is-in-force", (ref args) => args.AgreedMinor = args.Minor),
        Answers<NegotiateArgs>("every feature asked for", "unknown-features-are-ignored-and-none-is-on-that-was-not-asked-for", (ref args) => args.AgreedFeatures = args.Features),
        Answers<NegotiateArgs>("another epoch", "the-epoch-is-the-same-in-both-pages-and-the-answer", (ref args) => args.Epoch++),

        // Arguments.
        new("reserved bits that are ignored", "every-reserved-input-bit-alone-is-invalid") { Call = IgnoreReserved },
        new("outputs of calls that fail", "a-call-that-fails-writes-no-output") { Call = WriteAlways },
        Says("operations of every number", "no-operation-has-an-unknown-number", DeviceStatus.NoSuchOperation, DeviceStatus.Ok),
        Says("invalid for what is not there", "a-device-that-is-not-there-is-none", DeviceStatus.NoDevice, DeviceStatus.Invalid),
        Says("busy for what is not assigned", "a-device-that-is-not-assigned-is-none", DeviceStatus.NoDevice, DeviceStatus.Busy),
        Says("a result that is none", "no-answer-is-outside-of-the-closed-set", DeviceStatus.Invalid, (DeviceStatus)(-71)),

        // Ownership.
        Says("try again for what another owns", "a-grab-of-what-another-owns-is-busy", DeviceStatus.Busy, DeviceStatus.Queued),
        Says("a second ownership", "who-owns-the-device-owns-it-already", DeviceStatus.Exists, DeviceStatus.Ok),
        Shows("no GRANTED", "who-queues-is-granted-at-the-release", GuestSpaceKind.GuestPage, Events, events => events & ~(ulong)DeviceEvents.Granted),
        Answers<GrabArgs>("one generation for all", "every-grant-is-a-new-generation-and-they-only-grow", (ref args) => args.Generation = 7),
        new("a release in any generation", "a-release-in-another-generation-changes-nothing") { Call = ReleaseWhatIsHeld },
        Says("anybody's release", "nobody-releases-what-another-owns", DeviceStatus.NotOwner, DeviceStatus.Ok),
        Says("a second release", "a-release-happens-once", DeviceStatus.NotOwner, DeviceStatus.Ok),
        Skips("a cancel that does nothing", "who-cancels-waits-no-more-and-gets-no-grant", DeviceOp.Cancel),
        Says("a cancel of nothing", "who-does-not-wait-has-nothing-to-cancel", DeviceStatus.NotFound, DeviceStatus.Ok),
        Says("a cancel that hides the grant", "a-cancel-after-the-grant-says-so", DeviceStatus.Exists, DeviceStatus.Ok),
        new("get_state that names others", "get-state-hides-who-else-owns-the-device") { Call = NameTheOwner },
        Answers<QueryArgs>("another address", "query-describes-the-device-and-its-use", (ref args) => args.MacAddress++),
        Skips("a release that does nothing", "a-released-device-is-free", DeviceOp.Release),

        // Slice, grace, upcalls.
        Shows("owners that nobody asks", "an-owner-that-others-wait-for-is-asked-at-the-end-of-its-slice", GuestSpaceKind.DevicePage, 64, word => (word & 0xFF) == 2 ? word - 1 : word),
        Shows("no REVOKE", "an-owner-that-others-wait-for-is-asked-at-the-end-of-its-slice", GuestSpaceKind.GuestPage, Events, events => events & ~(ulong)DeviceEvents.Revoke),
        Shows("a revocation while nobody waits", "nobody-is-asked-while-nobody-waits", GuestSpaceKind.DevicePage, 64, word => (word & 0xFF) == 1 ? word + 1 : word),
        new("overruns that only cost the device", "an-owner-that-ignores-it-is-stopped-and-the-next-gets-the-device") { Omits = Omission.StoppingWhoOverruns },
        new("overruns that cost everything", "with-the-policy-detach-only-the-device-is-gone") { Omits = Omission.Detaching },
        Says("no quarantine", "who-loses-the-device-three-times-is-quarantined", DeviceStatus.Denied, DeviceStatus.Busy),
        Shows("no RESET", "with-the-policy-detach-only-the-device-is-gone", GuestSpaceKind.GuestPage, Events, events => events & ~(ulong)DeviceEvents.Reset),
        Shows("an empty selector", "an-event-sets-its-bit-the-selector-and-pending", GuestSpaceKind.GuestPage, 72, _ => 0),
        Shows("pending that is never set", "an-event-sets-its-bit-the-selector-and-pending", GuestSpaceKind.GuestPage, 64, _ => 0),
        Shows("a notify sequence that stands still", "an-unmasked-event-moves-the-notify-sequence-on", GuestSpaceKind.GuestPage, 68, _ => 5),
        new("a mask that nobody looks at", "a-masked-event-gathers-and-notifies-nobody") { Write = (space, at) => space.Kind != GuestSpaceKind.GuestPage || at != 65 },
        Skips("a wait that does not wait", "a-wait-for-no-time-or-some-is-over-then", DeviceOp.Wait),
        new("a wait that leaves the mask", "a-wait-unmasks-first") { Call = MaskAfterWait },
        new("waits that time out", "a-wait-ends-at-once-when-an-upcall-is-pending") { Call = WaitNoTime },

        // DMA.
        new("mappings of parts of pages", "a-mapping-is-whole-pages-and-not-empty") { Call = RoundToPages },
        new("mappings for nothing", "a-mapping-is-for-something") { Call = MapForReading },
        Says("mappings behind the end", "a-mapping-lies-within-the-guests-memory", DeviceStatus.Invalid, DeviceStatus.Ok),
        Says("mappings that wrap around", "a-mapping-does-not-wrap-around", DeviceStatus.Invalid, DeviceStatus.Ok),
        Says("mappings that overlap", "mappings-do-not-overlap", DeviceStatus.Exists, DeviceStatus.Ok),
        Says("an unmap of nothing", "what-is-not-mapped-cannot-be-unmapped", DeviceStatus.NotFound, DeviceStatus.Ok),
        Skips("an unmap that does nothing", "memory-is-mapped-and-unmapped", DeviceOp.Unmap),

        // The network device.
        Shows("another device", "the-owner-finds-the-device-by-its-identity-and-address", GuestSpaceKind.Registers, NicRegister.Identity, _ => 0x0002_0001),
        Shows("frames of another length", "a-frame-goes-from-one-guest-to-another-byte-for-byte", GuestSpaceKind.Memory, 4096 + 8, length => length + 1),
        Shows("frames with a byte of another", "a-frame-goes-from-one-guest-to-another-byte-for-byte", GuestSpaceKind.Memory, 16384 + 24, bytes => bytes ^ 1),
        Shows("frames for everybody", "no-guest-hears-what-is-for-another-or-from-itself", GuestSpaceKind.Registers, NicRegister.RxFrames, _ => 1),
        Shows("no errors", "a-frame-in-anothers-name-is-not-sent", GuestSpaceKind.Registers, NicRegister.TxErrors, _ => 0),
        Shows("errors of lengths that are not counted", "a-frame-of-a-bad-length-is-not-sent", GuestSpaceKind.Registers, NicRegister.TxErrors, _ => 0),
        Shows("buffers that are read unmapped", "a-buffer-that-is-not-mapped-is-not-read", GuestSpaceKind.Registers, NicRegister.TxErrors, _ => 0),
        Shows("rings of any size", "a-ring-of-a-bad-size-or-place-is-a-fault", GuestSpaceKind.Registers, NicRegister.Status, status => status & ~(ulong)NicStatus.TxFault),
        Shows("any tail", "a-tail-that-cannot-be-is-a-fault", GuestSpaceKind.Registers, NicRegister.Status, status => status & ~(ulong)NicStatus.TxFault),
        Shows("frames of who does not own the device", "a-doorbell-without-ownership-sends-nothing", GuestSpaceKind.Registers, NicRegister.TxFrames, frames => frames + 1),
        Shows("rings that are forgotten", "an-owner-finds-its-rings-as-it-left-them", GuestSpaceKind.Registers, NicRegister.TxRingIova, _ => 0),
        Shows("registers of another", "a-guest-sees-nothing-of-another-context", GuestSpaceKind.Registers, NicRegister.TxFrames, _ => 1),
        Answers<QueryArgs>("no parking", "frames-wait-for-who-does-not-own-the-device", (ref args) => args.RxParked = 0),
        Shows("no RX_PENDING", "frames-wait-for-who-does-not-own-the-device", GuestSpaceKind.GuestPage, Events, events => events & ~(ulong)DeviceEvents.RxPending),
        Shows("an interrupt that stays armed", "an-armed-interrupt-comes-once", GuestSpaceKind.Registers, NicRegister.InterruptArm, _ => 1),

        // Ends.
        new("stops that take nothing", "a-stopped-guest-gives-back-what-it-holds") { Omits = Omission.Stopping },
        new("stops that leave the queue as it is", "a-stopped-guest-leaves-the-queue") { Omits = Omission.Stopping },
        Says("calls of stopped guests", "every-call-of-a-stopped-guest-is-refused", DeviceStatus.Denied, DeviceStatus.Ok),
        new("sleeps that nobody ends", "a-stop-ends-a-sleep") { Omits = Omission.Stopping },
        new("guests that stay", "a-removed-guest-leaves-nothing-behind") { Omits = Omission.Removing },
        new("devices that stay", "an-unplug-takes-the-device-from-everybody-and-tells-them") { Omits = Omission.Unplugging },
        Shows("no REMOVED", "an-unplug-takes-the-device-from-everybody-and-tells-them", GuestSpaceKind.GuestPage, Events, events => events & ~(ulong)DeviceEvents.Removed),
        Answers<GrabArgs>("generations that begin anew", "generations-go-on-in-a-slot-that-gets-another-device", (ref args) => args.Generation = 1),
    ];

    private delegate void Falsify<TArgs>(ref TArgs args);

    private static Plant Shows(string name, string foundBy, GuestSpaceKind kind, ulong at, Func<ulong, ulong> instead) =>
        new(name, foundBy) { Read = (space, offset, value) => space.Kind == kind && offset == at ? instead(value) : value };

    private static Plant Says(string name, string foundBy, DeviceStatus when, DeviceStatus instead) => new(name, foundBy)
    {
        Call = (guest, cmd, ref argument) => guest.Call(cmd, ref argument) is var result && result == (long)when ? (long)instead : result,
    };

    private static Plant Skips(string name, string foundBy, DeviceOp operation) => new(name, foundBy)
    {
        Call = (guest, cmd, ref argument) => cmd == (uint)operation ? (long)DeviceStatus.Ok : guest.Call(cmd, ref argument),
    };

    private static Plant Answers<TArgs>(string name, string foundBy, Falsify<TArgs> falsify)
        where TArgs : unmanaged, IDeviceOpArgs => new(name, foundBy)
        {
            Call = (guest, cmd, ref argument) =>
            {
                long result = guest.Call(cmd, ref argument);
                if (cmd == (uint)default(TArgs).Operation && result >= 0)
                    falsify(ref Unsafe.As<DeviceOpArgument, TArgs>(ref argument));
                return result;
            },
        };

    private static long IgnoreReserved(ITestGuest guest, uint cmd, ref DeviceOpArgument argument)
    {
        argument.Input2 = cmd == (uint)DeviceOp.Map ? argument.Input2 : 0;
        argument.Input3 = cmd == (uint)DeviceOp.Map ? argument.Input3 : 0;
        return guest.Call(cmd, ref argument);
    }

    private static long WriteAlways(ITestGuest guest, uint cmd, ref DeviceOpArgument argument)
    {
        long result = guest.Call(cmd, ref argument);
        argument.Output = 0;
        return result;
    }

    private static long ReleaseWhatIsHeld(ITestGuest guest, uint cmd, ref DeviceOpArgument argument)
    {
        if (cmd == (uint)DeviceOp.Release)
            argument.Input1 = guest.Read(GuestSpace.DevicePage, 64, 8) >> 24;
        return guest.Call(cmd, ref argument);
    }

    private static long NameTheOwner(ITestGuest guest, uint cmd, ref DeviceOpArgument argument)
    {
        long result = guest.Call(cmd, ref argument);
        if (cmd == (uint)DeviceOp.GetState)
            Unsafe.As<DeviceOpArgument, GetStateArgs>(ref argument).State = guest.Read(GuestSpace.DevicePage, 64, 8);
        return result;
    }

    private static long MaskAfterWait(ITestGuest guest, uint cmd, ref DeviceOpArgument argument)
    {
        long result = guest.Call(cmd, ref argument);
        if (cmd == (uint)DeviceOp.Wait)
            guest.Write(GuestSpace.GuestPage, 65, 1, 1);
        return result;
    }

    private static long WaitNoTime(ITestGuest guest, uint cmd, ref DeviceOpArgument argument)
    {
        if (cmd != (uint)DeviceOp.Wait)
            return guest.Call(cmd, ref argument);
        return (long)DeviceStatus.TimedOut;
    }

    private static long RoundToPages(ITestGuest guest, uint cmd, ref DeviceOpArgument argument)
    {
        if (cmd == (uint)DeviceOp.Map)
        {
            argument.Input0 &= ~4095UL;
            argument.Input1 &= ~4095UL;
        }

        return guest.Call(cmd, ref argument);
    }

    private static long MapForReading(ITestGuest guest, uint cmd, ref DeviceOpArgument argument)
    {
        if (cmd == (uint)DeviceOp.Map)
            argument.Input3 |= 1;
        return guest.Call(cmd, ref argument);
    }
}
