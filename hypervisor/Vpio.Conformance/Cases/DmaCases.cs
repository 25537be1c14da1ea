using Vpio.Abi;
using Vpio.Abi.Operations;

namespace Vpio.Conformance.Cases;

/// <summary>Has guests let devices into their memory.</summary>
internal static class DmaCases
{
    private const ulong Page = MapArgs.Granule;
    private const ulong Iova = 0x10_0000;
    private const ulong LastPage = ulong.MaxValue - Page + 1;

    public static IReadOnlyList<ConformanceCase> All { get; } =
    [
        new("memory-is-mapped-and-unmapped", "DMA", scene =>
        {
            Hand hand = scene.Guests(1)[0];
            Expect.Equal(hand.Map(Iova, 0, 2 * Page), DeviceStatus.Ok, "the answer to map");
            Expect.Equal(hand.Unmap(Iova, 2 * Page), DeviceStatus.Ok, "the answer to unmap");
            Expect.Equal(hand.Map(Iova, Page, Page, DmaAccess.Read), DeviceStatus.Ok, "the answer to map where nothing is any more");
        }),
        new("a-mapping-is-whole-pages-and-not-empty", "D1", scene =>
        {
            Hand hand = scene.Guests(1)[0];
            foreach ((ulong iova, ulong at, ulong length) in ((ulong, ulong, ulong)[])[(Iova + 1, 0, Page), (Iova, 8, Page), (Iova, 0, Page - 1), (Iova, 0, 0)])
                Expect.Equal(hand.Map(iova, at, length), DeviceStatus.Invalid, $"the answer to map 0x{iova:x}, 0x{at:x}, 0x{length:x}");
        }),
        new("a-mapping-is-for-something", "DMA", scene =>
        {
            Hand hand = scene.Guests(1)[0];
            Expect.Equal(hand.Map(Iova, 0, Page, DmaAccess.None), DeviceStatus.Invalid, "the answer to a mapping for no access");
        }),
        new("a-mapping-lies-within-the-guests-memory", "DMA", scene =>
        {
            Hand hand = scene.Guests(1)[0];
            ulong end = hand.Guest.MemoryBytes;
            Expect.Equal(hand.Map(Iova, end - Page, Page), DeviceStatus.Ok, "the answer to a mapping of the last page");
            Expect.Equal(hand.Map(2 * Iova, end, Page), DeviceStatus.Invalid, "the answer to a mapping behind the end");
            Expect.Equal(hand.Map(2 * Iova, end - Page, 2 * Page), DeviceStatus.Invalid, "the answer to a mapping over the end");
            Expect.Equal(hand.Map(2 * Iova, LastPage, Page), DeviceStatus.Invalid, "the answer to a mapping at the end of all addresses");
        }),
        new("a-mapping-does-not-wrap-around", "DMA", scene =>
        {
            Hand hand = scene.Guests(1)[0];
            Expect.Equal(hand.Map(LastPage, 0, 2 * Page), DeviceStatus.Invalid, "the answer to a mapping over the end of the device's addresses");
            Expect.Equal(hand.Map(Iova, Page, LastPage), DeviceStatus.Invalid, "the answer to a mapping of nearly all lengths");
        }),
        new("mappings-do-not-overlap", "DMA", scene =>
        {
            Hand hand = scene.Guests(1)[0];
            Expect.Equal(hand.Map(Iova, 0, 4 * Page), DeviceStatus.Ok, "the answer to the first");
            foreach (ulong at in (ulong[])[Iova, Iova + Page, Iova + (3 * Page)])
                Expect.Equal(hand.Map(at, 0, Page), DeviceStatus.Exists, $"the answer to another at 0x{at:x}");
            Expect.Equal(hand.Map(Iova - Page, 0, 2 * Page), DeviceStatus.Exists, "the answer to one that reaches into it");
            Expect.Equal(hand.Map(Iova + (4 * Page), 0, Page), DeviceStatus.Ok, "the answer to one right behind it");
        }),
        new("what-is-not-mapped-cannot-be-unmapped", "DMA", scene =>
        {
            Hand hand = scene.Guests(1)[0];
            Expect.Equal(hand.Unmap(Iova, Page), DeviceStatus.NotFound, "the answer to unmap where nothing is");
            hand.Map(Iova, 0, 2 * Page);
            Expect.Equal(hand.Unmap(Iova, Page), DeviceStatus.NotFound, "the answer to unmap of a part");
            Expect.Equal(hand.Unmap(Iova, 2 * Page), DeviceStatus.Ok, "the answer to unmap of all of it");
        }),
        new("a-guest-has-mappings-of-its-own", "DMA", scene =>
        {
            Hand[] hands = scene.Guests(2);
            Expect.Equal(hands[0].Map(Iova, 0, Page), DeviceStatus.Ok, "the answer to one guest");
            Expect.Equal(hands[1].Unmap(Iova, Page), DeviceStatus.NotFound, "the answer to unmap of what another mapped");
            Expect.Equal(hands[1].Map(Iova, 0, Page), DeviceStatus.Ok, "the answer to the same addresses of another");
        }),
    ];
}
